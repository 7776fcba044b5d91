import { day, iso } from './calendar.ts';
import type { Deal } from './deal.ts';
import type { DealExtras } from './salesforce.ts';
import type { World } from './world.ts';

const BEHAVIOURS: [name: string, usual: number, onWon: number][] = [
  ['call_plan', 0.35, 0.1],
  ['value_conversation', 0.3, 0.2],
  ['insight_offered', 0.2, 0.1],
  ['outcome_quantified', 0.15, 0.15],
  ['ally_added', 0.2, 0.12],
];
const STEPS: [step: string, touched: number][] = [
  ['quote', 0.8],
  ['configure', 0.6],
  ['close', 0.95],
  ['book', 0.4],
  ['provision', 0.35],
  ['entitle', 0.25],
  ['credit', 0.15],
];
const PERSONAS = ['economic buyer', 'technical buyer', 'user', 'procurement'];

/** Opens what is known of some deals beyond their numbers: behaviours, meetings, touches, contacts, influences. */
export function openActivity(world: World): { deal(deal: Deal, extras: DealExtras): void } {
  const { folder, random, today, people, ids, traits } = world;
  const behaviours = folder.open('tables/behaviour', `rep_id deal_id name observed_on count`);
  const meetings = folder.open('tables/meeting', `deal_id held_on our_people their_people`);
  const touches = folder.open('tables/deal_touch', `deal_id step touched`);
  const contacts = folder.open('tables/contact_role', `deal_id contact_id persona is_ally added_on`);
  const influences = folder.open(
    'tables/deal_influence',
    `deal_id influence person_id role valid_from valid_to`,
  );
  const thirdStage = day('2025-02-01');

  return {
    deal(deal, extras) {
      const end = Math.min(deal.closesOn, today - 1);
      const within = (): number =>
        deal.createdOn + Math.floor(random.next() * Math.max(1, end - deal.createdOn));
      const won = deal.outcome === 'won';
      if (random.chance(0.25)) {
        const coached = end >= traits.get(deal.owner)!.coachedFrom ? 0.12 : 0;
        for (const [name, usual, onWon] of BEHAVIOURS)
          if (random.chance(usual + coached + (won ? onWon : 0)))
            behaviours.row(deal.owner.id, deal.id, name, iso(within()), random.whole(1, 3));
      }
      if (random.chance(0.2))
        for (const on of new Set([within(), within()]))
          meetings.row(
            deal.id,
            iso(on),
            random.whole(1, 1 + Math.min(4, extras.team.length)),
            random.whole(1, 4),
          );
      if (won && random.chance(0.3))
        for (const [step, touched] of STEPS)
          touches.row(deal.id, step, random.chance(deal.type === 'renewal' ? touched * 0.6 : touched));
      if (random.chance(0.25))
        PERSONAS.slice(0, random.whole(1, 4)).forEach((persona) =>
          contacts.row(deal.id, ids.contact(contacts.rows), persona, random.chance(0.25), iso(within())),
        );
      if (deal.type !== 'renewal' && random.chance(0.3)) influence(deal, end);
    },
  };

  /** Who owns cost of ownership and value: mostly as the stage asks, with the usual slips. */
  function influence(deal: Deal, end: number): void {
    const region = deal.account.region.name;
    const until = deal.outcome === 'open' ? '' : iso(deal.closesOn);
    const chance = random.next();
    const partner = deal.partnerLed && end >= thirdStage && chance > 0.35;
    const row = (name: string, role: string, from = deal.createdOn): void => {
      const person = role === 'account_manager' ? deal.owner : people.choose(random, role, region, end);
      if (until !== '' && iso(from) >= until) return;
      influences.row(deal.id, name, person.id, role, iso(from), until);
    };
    row('value_proposition', 'account_manager');
    if (chance < 0.12) return; // nobody answers for cost of ownership
    if (chance < 0.22) return row('tco', 'account_manager');
    row('tco', partner ? 'partner_manager' : 'technology_manager');
    if (chance > 0.92) row('tco', 'delivery_manager', deal.createdOn + 10);
    else if (deal.type === 'new')
      row('tco_post_sale', 'delivery_manager', Math.max(deal.createdOn, end - 20));
  }
}
