import { lastBusinessDays, quarter, quarterStart } from './calendar.ts';
import { holder, type Account } from './customers.ts';
import type { Deal } from './deal.ts';
import { EFFECTS, noEffects, usualPoints, type Effects } from './discounts.ts';
import { chooseLines } from './lineChoice.ts';
import { price, priced, priceDiscretionary, type Line } from './lines.ts';
import { divide } from './money.ts';
import { placeOn, type Person } from './person.ts';
import type { DealType } from './settings.ts';
import type { Counters, Subscription } from './story.ts';
import { planRate, type World } from './world.ts';

/** Draws one deal that closes on a day (after today: still open), with owner, outcome, lines and prices. */
export function drawDeal(
  world: World,
  account: Account,
  type: DealType,
  closesOn: number,
  live: readonly Subscription[],
  counters: Counters,
): Deal {
  const { random, settings, today } = world;
  const { company, planted } = settings;
  const open = closesOn >= today;
  const asOf = open ? today - 1 : closesOn;
  const wrongRole = type === 'renewal' && random.chance(planted.renewals_wrong_role.share);
  const owner = ownerOf(account, type, asOf, wrongRole);
  const trait = world.traits.get(owner)!;
  const valueRecorded = random.chance(planted.value.share_of_deals);
  const shape = company.deal_types[type];

  // The factor is set so that the share won stays what the settings say, with and without value recorded.
  const { win_factor, share_of_deals } = planted.value;
  const value = (valueRecorded ? win_factor : 1) / (1 + (win_factor - 1) * share_of_deals);
  const role = wrongRole ? planted.renewals_wrong_role.win_change : 0;
  const win = Math.min(0.95, shape.win * (type === 'renewal' ? 1 : trait.skill * value) + role);
  const outcome = open ? 'open' : random.chance(win) ? 'won' : 'lost';

  const cycle = Math.max(6, Math.round(shape.cycle_days * Math.exp(0.5 * random.normal())));
  const createdOn = Math.min(closesOn - cycle, today - 1 - Math.floor(random.next() * 30));
  const place = placeOn(owner, asOf);
  const deal: Deal = {
    number: counters.deals,
    id: world.ids.deal(counters.deals),
    account,
    type,
    owner,
    place,
    originalSeller: type === 'new' ? undefined : holder(account.executives, firstSale(account, world)),
    createdOn,
    closesOn,
    lateEvening: !open && closesOn === quarterStart(quarter(closesOn) + 1) - 1 && random.chance(0.6),
    outcome,
    lines: chooseLines(world, account, type, asOf, closesOn, live),
    net: 0,
    amount: 0,
    partnerLed: random.chance(type === 'renewal' ? company.partner_led / 3 : company.partner_led * 1.3),
    valueRecorded,
    effects: effectsOf(world, account, owner, place.region, asOf, valueRecorded),
    wanted: 0,
    wrongRole: wrongRole && owner.role === 'account_executive',
  };
  counters.deals++;
  priceDeal(world, deal);
  // An early deal often has no lines yet: its amount is a guess.
  if (outcome !== 'won' && random.chance(0.05)) deal.lines = [];
  for (const line of deal.lines) line.number = counters.lines++;
  deal.amount = random.chance(0.01) ? deal.net + random.whole(-9, 12) * 10_000 : deal.net;
  if (deal.amount <= 0) deal.amount = deal.net;
  return deal;
}

function firstSale(account: Account, world: World): number {
  return account.fromBefore ? world.firstDay : account.customerSince;
}

/** Executives win new business and cross-sell; account managers renew and grow, as the company wants it. */
function ownerOf(account: Account, type: DealType, on: number, wrongRole: boolean): Person {
  if (type === 'new' || type === 'cross_sell' || wrongRole) return holder(account.executives, on);
  return holder(account.managers, on);
}

function effectsOf(
  world: World,
  account: Account,
  owner: Person,
  region: string,
  on: number,
  valueRecorded: boolean,
): Effects {
  const { planted, company } = world.settings;
  const trait = world.traits.get(owner)!;
  const q = quarter(on);
  const effects = noEffects();
  if (trait.leaking) effects.leakingRep = planted.leaking_reps.extra_points;
  if (region === planted.leaking_region.region) effects.leakingRegion = planted.leaking_region.extra_points;
  if (on >= lastBusinessDays(q, company.rush_business_days))
    effects.quarterEnd = planted.quarter_end.extra_points;
  if (account.unearned) effects.unearned = planted.unearned.extra_points;
  if (on >= trait.coachedFrom) effects.coaching = planted.coaching.effect_points;
  if (q === trait.badSpell) effects.badSpell = planted.coaching.bad_spell.extra_points;
  if (trait.weak) effects.weakRep = planted.coaching.weak.extra_points;
  if (valueRecorded) effects.value = planted.value.extra_points;
  return effects;
}

function priceDeal(world: World, deal: Deal): void {
  const { random, settings } = world;
  const { company, planted } = settings;
  const { account } = deal;
  const rate = planRate(settings, account.region.currency, deal.closesOn);
  let list = 0;
  for (const line of deal.lines) list += line.list;
  const listInUsd = (list / 1_000_000) * rate;
  const trait = world.traits.get(deal.owner)!;
  deal.wanted =
    usualPoints(company, company.deal_types[deal.type].discount, account.segment.discount, listInUsd) +
    trait.points +
    company.discounts.deal_spread * random.normal();
  for (const effect of EFFECTS) deal.wanted += deal.effects[effect];

  for (const line of deal.lines) {
    if (!priced(line)) continue;
    addRamp(world, deal, line);
    const programme = programmeRate(world, deal, line);
    const { none, uplift, line_spread, kind_unrecorded } = company.discounts;
    const chance = random.next();
    if (programme) {
      price(line, programme.rate * 10);
      line.kind = programme.kind;
    } else if (line.ramp === 'first_year_discount') {
      price(line, company.discounts.promotion.rate * 10);
      line.kind = 'promotion';
    } else if (chance < none) price(line, 0);
    else if (chance < none + uplift) price(line, -10 * random.whole(2, 9));
    else {
      priceDiscretionary(random, line, deal.wanted, line_spread, planted);
      line.reason = random.pick(REASONS);
    }
    if (random.chance(kind_unrecorded)) line.kind = '';
  }
  deal.net = deal.lines.reduce((sum, line) => sum + line.net, 0);
}

const REASONS = [
  'Competitive bid',
  'Budget',
  'Strategic customer',
  'Multi-year',
  'Bundle',
  'Goodwill',
  '',
  '',
];

function addRamp(world: World, deal: Deal, line: Line): void {
  const { random } = world;
  const { yearly_uplift_agreed } = world.settings.planted.billing;
  if (line.termMonths < 24 || line.termMonths % 12 !== 0 || line.product.offerModel !== 'subscription')
    return;
  if (deal.type !== 'upsell' && random.chance(yearly_uplift_agreed)) line.ramp = 'yearly_uplift';
}

interface Programme {
  kind: string;
  rate: number;
}

/** Discounts by rule: through a partner, for volume, for a sector, or a promotion running on the day. */
function programmeRate(world: World, deal: Deal, line: Line): Programme | undefined {
  const { random, settings } = world;
  const { channel, volume, programme, promotion } = settings.company.discounts;
  if (deal.partnerLed && random.chance(channel.share_of_lines))
    return { kind: 'channel', rate: channel.tiers[deal.account.partner % channel.tiers.length]! };
  if (
    promotion.families.includes(line.product.family) &&
    deal.type !== 'renewal' &&
    world.promotionOn(deal.closesOn)
  )
    if (random.chance(promotion.share_of_lines)) {
      const years = line.termMonths >= 24 && line.termMonths % 12 === 0;
      if (years && random.chance(settings.planted.billing.first_year_discount))
        line.ramp = 'first_year_discount';
      else if (line.ramp === 'first_year_discount') line.ramp = '';
      return { kind: 'promotion', rate: promotion.rate };
    }
  if (programme.industries.includes(deal.account.industry) && random.chance(programme.share_of_lines))
    return { kind: 'programme', rate: programme.rate };
  let step = 0;
  for (const [pieces, rate] of Object.entries(volume.steps))
    if (line.quantity >= Number(pieces) * 100) step = rate;
  if (step > 0 && line.product.offerModel === 'subscription' && random.chance(volume.share_of_lines))
    return { kind: 'volume', rate: step };
  return undefined;
}

/** Net in whole ticks, for comparing with list. */
export const netTicks = (line: Line): number => line.net * 100;

/** An amount in a deal's currency, in ticks, as US dollars at the plan rate of its close, in ticks. */
export function inDollars(world: World, deal: Deal, amount: number): number {
  return divide(amount * planRate(world.settings, deal.account.region.currency, deal.closesOn), 100);
}
