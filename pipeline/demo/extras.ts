import type { Deal } from './deal.ts';
import { cents } from './money.ts';
import type { DealExtras } from './salesforce.ts';
import type { World } from './world.ts';

/** What a deal's record says beyond its price, and who was on its team. */
export function drawExtras(world: World, deal: Deal): DealExtras {
  const { random, people, settings, today } = world;
  const { company } = settings;
  const novel = random.chance(deal.type === 'new' ? 0.5 : 0.2);
  const risky = random.chance(deal.account.segment.name === 'Enterprise' ? 0.5 : 0.25);
  const expert = random.chance(novel || risky ? 0.66 : 0.25);
  const asked = deal.type === 'new' || deal.type === 'cross_sell' ? random.chance(0.35) : false;
  const consumption = deal.lines.reduce(
    (sum, line) => sum + (line.product.offerModel === 'consumption' ? line.net : 0),
    0,
  );
  const customerValue = deal.valueRecorded
    ? Math.round((deal.net * (1.6 + 3 * random.next())) / 10_000) * 10_000
    : 0;
  const region = deal.account.region.name;
  const start = deal.createdOn;
  const team: DealExtras['team'] = [{ person: deal.owner, role: deal.owner.title, joinedOn: start }];
  const join = (role: string, after: number): void => {
    const person = people.choose(random, role, region, Math.min(deal.closesOn, today));
    const joinedOn = Math.min(start + Math.round((deal.closesOn - start) * after), today - 1);
    team.push({ person, role: person.title, joinedOn });
  };
  if (deal.type !== 'renewal' && random.chance(0.45)) join('technology_manager', 0.3);
  if (
    deal.type === 'renewal'
      ? !deal.wrongRole && random.chance(0.8)
      : deal.type === 'upsell' && random.chance(0.4)
  )
    team.push({
      person: deal.account.csm,
      role: deal.account.csm.title,
      joinedOn: Math.min(start + 3, today - 1),
    });
  if (deal.partnerLed) join('partner_manager', 0.1);
  if (deal.outcome === 'won' && deal.type === 'new' && random.chance(0.5))
    join('delivery_manager', 0.7 + 0.28 * random.next());
  if (
    deal.originalSeller &&
    deal.originalSeller !== deal.owner &&
    deal.type === 'upsell' &&
    random.chance(0.3)
  )
    team.push({ person: deal.originalSeller, role: deal.originalSeller.title, joinedOn: start });
  return {
    sellingModel: expert ? 'trusted_expert' : 'divide_and_optimize',
    novelty: novel ? 'high' : 'low',
    risk: risky ? 'high' : 'low',
    rfp: asked ? random.pick(RFP) : '',
    customerValue: customerValue > 0 ? cents(customerValue) : '',
    worth: customerValue,
    nextBest:
      deal.valueRecorded && random.chance(0.7)
        ? cents(Math.round(deal.net * (0.7 + 0.4 * random.next())))
        : '',
    lostReason: deal.outcome === 'lost' ? random.pick(company.lost_reasons) : '',
    committed: consumption > 0 ? cents(consumption) : '',
    proForma: consumption > 0 ? cents(Math.round(consumption * (1.1 + 0.9 * random.next()))) : '',
    leadSource: deal.partnerLed
      ? 'Partner referral'
      : deal.type === 'new'
        ? random.pick(company.lead_sources)
        : 'Existing customer',
    team,
  };
}

/** How far ahead of a request for proposal we were, worst first. */
const RFP = [
  'unknown',
  'unknown',
  'known_without_content',
  'known_without_content',
  'content_known',
  'shaped',
];
