import type { Deal } from './deal.ts';
import type { World } from './world.ts';

export interface Stage {
  name: string;
  probability: number;
  /** As an opportunity shows it, and as its history does. */
  category: string;
  historyCategory: string;
}

export const STAGES: readonly Stage[] = [
  { name: 'Prospecting', probability: 10, category: 'Pipeline', historyCategory: 'Pipeline' },
  { name: 'Qualification', probability: 25, category: 'Pipeline', historyCategory: 'Pipeline' },
  { name: 'Proposal', probability: 50, category: 'Best Case', historyCategory: 'BestCase' },
  { name: 'Negotiation', probability: 75, category: 'Commit', historyCategory: 'Forecast' },
  { name: 'Closed Won', probability: 100, category: 'Closed', historyCategory: 'Closed' },
  { name: 'Closed Lost', probability: 0, category: 'Omitted', historyCategory: 'Omitted' },
];

export const COMMIT = 3;
export const WON = 4;
export const LOST = 5;

/** A deal as it stood from an instant on. Seconds are after local midnight; amounts are cents. */
export interface Moment {
  on: number;
  seconds: number;
  stage: number;
  amount: number;
  closesOn: number;
}

/** The moments of a deal up to today, in order. The last one is how the deal stands now. */
export function drawHistory(world: World, deal: Deal): Moment[] {
  const { random, today } = world;
  const cycle = deal.closesOn - deal.createdOn;
  const rosy = deal.place.region === world.settings.planted.forecast.region;
  const furthest = furthestStage(world, deal, rosy);
  const first = deal.type === 'renewal' || random.chance(0.15) ? 1 : 0;
  const guess = deal.amount * (0.75 + 0.6 * random.next());
  const committed = rosy ? 1 + world.settings.planted.forecast.amount_optimism : 1;
  const expected = expectations(world, deal);

  const moments: Moment[] = [];
  let stage = first;
  let amount = whole(guess);
  let step = 0; // of the expected close dates
  const note = (on: number): void => {
    moments.push({
      on,
      seconds: 30_600 + random.whole(0, 32_000),
      stage,
      amount,
      closesOn: expected[step]!.closesOn,
    });
  };
  note(deal.createdOn);
  const progress = [0, 0.14, 0.4, 0.7];
  for (let next = first + 1; next <= furthest; next++) {
    const on =
      deal.createdOn + Math.round(cycle * Math.min(0.97, progress[next]! * (0.85 + 0.3 * random.next())));
    while (step + 1 < expected.length && expected[step + 1]!.knownOn <= on) {
      step++;
      note(expected[step]!.knownOn);
    }
    stage = next;
    const revised = next === 2 && random.chance(0.6);
    if (revised) amount = whole((guess + deal.amount) / 2);
    if (next === COMMIT) amount = deal.outcome === 'open' ? deal.amount : whole(deal.amount * committed);
    note(on);
    // Saved as two changes in the same second, as happens when a flow updates the amount.
    if (random.chance(0.12)) {
      amount = whole(amount * 1.02);
      moments.push({ ...moments.at(-1)!, amount });
    }
  }
  while (step + 1 < expected.length) {
    step++;
    note(expected[step]!.knownOn);
  }
  for (let i = 1; i < moments.length; i++) later(moments[i]!, moments[i - 1]!);
  if (deal.outcome === 'open') {
    while (moments.length > 1 && moments.at(-1)!.on >= today) moments.pop();
    moments.at(-1)!.amount = deal.amount;
    return moments;
  }
  const seconds = deal.lateEvening ? 84_600 : 36_000 + random.whole(0, 28_000);
  const last: Moment = {
    on: deal.closesOn,
    seconds,
    stage: deal.outcome === 'won' ? WON : LOST,
    amount: deal.amount,
    closesOn: deal.closesOn,
  };
  while (moments.length > 1 && moments.at(-1)!.on >= deal.closesOn) moments.pop();
  moments.push(last);
  return moments;
}

function furthestStage(world: World, deal: Deal, rosy: boolean): number {
  const { random } = world;
  const { lost_deals_in_commit, elsewhere } = world.settings.planted.forecast;
  if (deal.outcome === 'won') return random.chance(0.82) ? COMMIT : 2;
  if (deal.outcome === 'open') return COMMIT;
  if (random.chance(rosy ? lost_deals_in_commit : elsewhere)) return COMMIT;
  return random.chance(0.6) ? 2 : 1;
}

/** The close dates that were expected in turn, and the days on which each was written down. */
function expectations(world: World, deal: Deal): { knownOn: number; closesOn: number }[] {
  const { random } = world;
  const pushes = random.weighted(deal.outcome === 'lost' ? [40, 32, 18, 10] : [62, 26, 9, 3]);
  const result = [{ knownOn: deal.closesOn, closesOn: deal.closesOn }];
  let closesOn = deal.closesOn;
  for (let n = 0; n < pushes; n++) {
    const earlier = closesOn - random.whole(12, 55);
    if (earlier < deal.createdOn + 10) break;
    result[0]!.knownOn = earlier - random.whole(0, 6);
    closesOn = earlier;
    result.unshift({ knownOn: deal.createdOn, closesOn });
  }
  if (pushes === 0 && random.chance(0.2)) result[0]!.closesOn += random.whole(3, 40);
  return result;
}

function later(moment: Moment, than: Moment): void {
  if (moment.on < than.on) moment.on = than.on;
  if (moment.on === than.on && moment.seconds < than.seconds)
    moment.seconds = Math.min(63_000, than.seconds + 60);
}

/** To the full currency unit, as people type. */
function whole(amount: number): number {
  return Math.max(100_00, Math.round(amount / 10_000) * 10_000);
}
