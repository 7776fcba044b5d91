import { SEED } from './bootstrap.ts';
import { randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';

/** A deal within a limit in dollars; days are counted from any one day. */
export interface DealUnderLimit {
  id: string;
  customer: string;
  rep: string;
  day: number;
  amount: number;
  limit: number;
}

/** Deals of one customer and rep, close together, that are over a limit as one. */
export interface SplitSet {
  deals: DealUnderLimit[];
  amount: number;
  limit: number;
}

export interface SplitDeals {
  sets: SplitSet[];
  /** How many sets chance alone gives: mean and the middle 95%. */
  byChance: { mean: number; low: number; high: number };
  /** The chance of so many or more. */
  p: number;
}

/** Days from a set's first deal to its last, as metrics say. */
export const SPLIT_DAYS = 30;
const MOST_DRAWS = 499;
const FEWEST_DRAWS = 199;
/** Deals that are looked at in all draws together, at most. */
const WORK = 4_000_000;

/** Sets among deals of one customer and rep, in the order of days: each begins with a deal in no set before. */
function setsAmong(deals: readonly DealUnderLimit[], found: (from: number, to: number) => void): void {
  for (let from = 0; from < deals.length; from += 1) {
    let amount = 0;
    let limit = 0;
    let to = from;
    for (; to < deals.length && deals[to]!.day - deals[from]!.day <= SPLIT_DAYS; to += 1) {
      amount += deals[to]!.amount;
      limit = Math.max(limit, deals[to]!.limit);
    }
    if (to - from < 2 || amount <= limit) continue;
    found(from, to);
    from = to - 1;
  }
}

/** Deals by customer and rep, those alone left out: no day could bring them together with another. */
function together(deals: readonly DealUnderLimit[]): DealUnderLimit[][] {
  const groups = new Map<string, DealUnderLimit[]>();
  for (const deal of deals) {
    const key = JSON.stringify([deal.customer, deal.rep]);
    const group = groups.get(key);
    if (group) group.push(deal);
    else groups.set(key, [deal]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

const byDay = (a: DealUnderLimit, b: DealUnderLimit) => a.day - b.day || (a.id < b.id ? -1 : 1);

/** Puts deals in the order of their days, in place: groups are small, and mostly in order. */
function putInOrder(deals: DealUnderLimit[]): DealUnderLimit[] {
  for (let at = 1; at < deals.length; at += 1) {
    const deal = deals[at]!;
    let before = at - 1;
    for (; before >= 0 && deals[before]!.day > deal.day; before -= 1) deals[before + 1] = deals[before]!;
    deals[before + 1] = deal;
  }
  return deals;
}

/** Whether all of a group together is over its lowest limit: else no days make a set of it. */
const canExceed = (group: readonly DealUnderLimit[]) =>
  group.reduce((sum, { amount }) => sum + amount, 0) > Math.min(...group.map(({ limit }) => limit));

/**
 * Deals of one customer and rep within 30 days, each within a limit that their sum exceeds, and how many such sets
 * would be there if nobody split: days are permuted among the deals of each rep, which keeps how the rep's deals come in
 * a rush and who buys how often (permutation test: Good 2005, "Permutation, Parametric, and Bootstrap Tests of
 * Hypotheses", 3rd ed., chapter 3; p counts the data themselves: Phipson & Smyth 2010, Statistical Applications in
 * Genetics and Molecular Biology 9, 39). Customers who buy in bursts for reasons of their own look the same.
 */
export function splitDeals(deals: readonly DealUnderLimit[]): SplitDeals {
  const groups = together(deals).map((group) => group.toSorted(byDay));
  const sets: SplitSet[] = [];
  for (const group of groups)
    setsAmong(group, (from, to) => {
      const own = group.slice(from, to);
      sets.push({
        deals: own,
        amount: own.reduce((sum, { amount }) => sum + amount, 0),
        limit: Math.max(...own.map(({ limit }) => limit)),
      });
    });
  const copies = groups.map((group) => group.map((deal) => ({ ...deal })));
  const moved = copies.flat();
  const able = copies.filter(canExceed);
  const ofRep = new Map<string, DealUnderLimit[]>();
  for (const deal of moved) {
    const own = ofRep.get(deal.rep);
    if (own) own.push(deal);
    else ofRep.set(deal.rep, [deal]);
  }
  const draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, Math.floor(WORK / Math.max(1, moved.length))));
  const random = randomFrom(SEED);
  const counts: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    for (const own of ofRep.values()) {
      const days = own.map((deal) => deal.day);
      for (let at = days.length - 1; at > 0; at -= 1) {
        const other = Math.floor(random() * (at + 1));
        [days[at], days[other]] = [days[other]!, days[at]!];
      }
      own.forEach((deal, at) => (deal.day = days[at]!));
    }
    let n = 0;
    for (const group of able) setsAmong(putInOrder(group), () => (n += 1));
    counts.push(n);
  }
  const asMany = counts.filter((n) => n >= sets.length).length;
  return {
    sets: sets.toSorted((a, b) => b.amount - a.amount),
    byChance: {
      mean: counts.reduce((sum, n) => sum + n, 0) / draws,
      low: sampleQuantile(counts, 0.025),
      high: sampleQuantile(counts, 0.975),
    },
    p: (1 + asMany) / (1 + draws),
  };
}
