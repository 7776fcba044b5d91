import { believed } from './adaptiveShrinkage.ts';
import {
  believedOf,
  persistence,
  type PersistentUnit,
  type SideSums,
  type SplitUnit,
} from './persistentExcess.ts';
import { normalFrom, randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';
import { atOnce, type Steps } from './steps.ts';
import { SEED } from './bootstrap.ts';

/** Beyond what a unit's lasting excess counts. */
export interface Line {
  /** The percentile of units, 0–100, that others are held against; null: what is expected of them. */
  percentile: number | null;
  /** Excess beyond the line that is too small to act on, as a fraction of list. */
  least: number;
}

export interface UnitDollars extends PersistentUnit {
  /** Money that its lasting excess beyond the line comes to; never more than what was seen. */
  beyond: number;
}

/** What units' lasting excess comes to, and how the same sum comes out by chance and with its own noise. */
export interface ExcessDollars {
  units: UnitDollars[];
  /** Where the line lies, as a fraction of list. */
  line: number;
  sum: number;
  /** The sum where nothing lasts: the sides of different units put together. */
  byChance: Float64Array;
  /** Estimated − true sum in facts made from what is believed. */
  errors: Float64Array;
}

interface Sides {
  excess: [Float64Array, Float64Array];
  dollars: [Float64Array, Float64Array];
}

const sidesOf = (units: readonly SplitUnit[]): Sides => ({
  excess: [
    Float64Array.from(units, ({ sides }) => sides[0].excess),
    Float64Array.from(units, ({ sides }) => sides[1].excess),
  ],
  dollars: [
    Float64Array.from(units, ({ sides }) => sides[0].dollars),
    Float64Array.from(units, ({ sides }) => sides[1].dollars),
  ],
});

function beyond(excess: number, line: number, list: number, seen: number, least: number): number {
  const over = excess - line;
  return over >= least && over > 0 ? Math.min(over * list, Math.max(0, seen)) : 0;
}

const lineOf = (believedExcess: ArrayLike<number>, { percentile }: Line) =>
  percentile === null ? 0 : Math.max(0, sampleQuantile(believedExcess, percentile / 100));

/** From the sides to the sum: the estimator, as one function of the facts. */
function summed(units: readonly SplitUnit[], { excess, dollars }: Sides, by: Line) {
  const found = persistence(units, ...excess);
  const means = found.means.map((mean, at) => believed(found.spread, mean, found.luck[at]!).mean);
  const line = lineOf(means, by);
  let sum = 0;
  units.forEach(({ sides }, at) => {
    const seen = dollars[0][at]! + dollars[1][at]!;
    sum += beyond(means[at]!, line, sides[0].list + sides[1].list, seen, by.least);
  });
  return { found, means, line, sum };
}

/** Standard errors of a side's excess and of its dollars by the model, and how the two go together. */
interface Noise {
  excess: number;
  dollars: number;
  together: number;
}

const noiseOf = ({ deals, variance, list, squares }: SideSums): Noise => ({
  excess: Math.sqrt(variance),
  dollars: Math.sqrt((variance / deals) * squares),
  together: Math.min(1, list / Math.sqrt(deals * squares)),
});

/**
 * A random order, by Fisher and Yates; `whole`: a single cycle through all (Sattolo 1986, Information Processing
 * Letters 22, 315–317), in which nobody keeps their place.
 */
function shuffled(order: Int32Array, random: () => number, whole: boolean): void {
  for (let at = 0; at < order.length; at += 1) order[at] = at;
  for (let last = order.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (whole ? last : last + 1));
    const held = order[last]!;
    order[last] = order[at]!;
    order[at] = held;
  }
}

function* drawnByChance(
  units: readonly SplitUnit[],
  observed: Sides,
  by: Line,
  noise: Noise[][],
  draws: number,
): Steps<Float64Array> {
  const random = randomFrom(SEED);
  const n = units.length;
  const [order, partner] = [new Int32Array(n), new Int32Array(n)];
  const drawn: Sides = {
    excess: [new Float64Array(n), new Float64Array(n)],
    dollars: [new Float64Array(n), new Float64Array(n)],
  };
  const sums = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    shuffled(order, random, false);
    shuffled(partner, random, true);
    for (const side of [0, 1] as const) {
      const [from, to] = [observed.excess[side], drawn.excess[side]];
      const [money, given] = [observed.dollars[side], drawn.dollars[side]];
      for (let at = 0; at < n; at += 1) {
        const other = side === 0 ? order[at]! : partner[order[at]!]!;
        const [own, its] = [noise[side]![at]!, noise[side]![other]!];
        to[at] = (from[other]! / its.excess) * own.excess;
        given[at] = (money[other]! / its.dollars) * own.dollars;
      }
    }
    sums[draw] = summed(units, drawn, by).sum;
    yield;
  }
  return sums;
}

function* drawnErrors(
  units: readonly SplitUnit[],
  means: Float64Array,
  scale: number,
  by: Line,
  noise: Noise[][],
  draws: number,
): Steps<Float64Array> {
  const normal = normalFrom(randomFrom(SEED + 1));
  const n = units.length;
  const line = lineOf(means, by);
  let truth = 0;
  units.forEach(({ sides }, at) => {
    const list = sides[0].list + sides[1].list;
    truth += beyond(means[at]!, line, list, Infinity, by.least);
  });
  const spread = Math.sqrt(scale);
  const drawn: Sides = {
    excess: [new Float64Array(n), new Float64Array(n)],
    dollars: [new Float64Array(n), new Float64Array(n)],
  };
  const errors = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    for (const side of [0, 1] as const)
      for (let at = 0; at < n; at += 1) {
        const own = units[at]!.sides[side];
        const { excess, dollars, together } = noise[side]![at]!;
        const common = normal();
        const apart = together < 1 ? Math.sqrt(1 - together ** 2) * normal() : 0;
        drawn.excess[side][at] = own.deals * means[at]! + spread * excess * common;
        drawn.dollars[side][at] = own.list * means[at]! + spread * dollars * (together * common + apart);
      }
    errors[draw] = summed(units, drawn, by).sum - truth;
    yield;
  }
  return errors;
}

/** Ours: as many draws as make a tail of 1.5% steady, fewer where units are many. */
export const drawsFor = (units: number) => Math.max(99, Math.min(299, Math.floor(2e5 / Math.max(1, units))));

/** Ours: a page looks at so many units at most, those with most list; what lasts in the rest is not counted. */
export const MOST_UNITS = 2000;

/** The units with most list, in the order given, and how many are left out. */
export function largestUnits(units: readonly SplitUnit[]): { units: SplitUnit[]; left: number } {
  const listOf = ({ sides }: SplitUnit) => sides[0].list + sides[1].list;
  const least = units.map(listOf).toSorted((a, b) => b - a)[MOST_UNITS - 1] ?? 0;
  const kept = units.filter((unit) => listOf(unit) >= least);
  return { units: kept, left: units.length - kept.length };
}

/**
 * What the lasting excess of units comes to in money. Lasting is what one side of a split of time says of the other
 * (`persistence`); beside it the same sum with the sides of different units put together at random, which is what
 * chance alone makes of such deals (permutation: Fisher 1935; Phipson & Smyth 2010, Statistical Applications in
 * Genetics and Molecular Biology 9:39, for its p-value), and with noise drawn anew about what is believed (parametric
 * bootstrap: Davison & Hinkley 1997, "Bootstrap Methods and their Application", section 2.2). Units without deals on
 * both sides say nothing of what lasts and must be left out before. A step is a draw.
 */
export function* excessDollarSteps(
  units: readonly SplitUnit[],
  by: Line,
  draws = drawsFor(units.length),
): Steps<ExcessDollars> {
  const observed = sidesOf(units);
  const { found, means, line, sum } = summed(units, observed, by);
  const noise = [0, 1].map((side) => units.map(({ sides }) => noiseOf(sides[side]!)));
  return {
    units: believedOf(units, found).map((unit) => ({
      ...unit,
      beyond: beyond(unit.believed, line, unit.list, unit.seen, by.least),
    })),
    ...{ line, sum },
    byChance: yield* drawnByChance(units, observed, by, noise, draws),
    errors: yield* drawnErrors(units, means, found.scale, by, noise, draws),
  };
}

/** The same, all at once. */
export const excessDollars = (...asked: Parameters<typeof excessDollarSteps>): ExcessDollars =>
  atOnce(excessDollarSteps(...asked));

/** Ours, stricter than the interval: units differ in more than their number of deals, and may not be put together. */
const SURE = 0.985;

/** What chance exceeds in at most 1.5 of 100: an order statistic, exact where the facts are one draw more. */
function chanceLimit(byChance: Float64Array): number {
  const sorted = byChance.toSorted();
  return sorted[Math.min(sorted.length, Math.ceil(SURE * (sorted.length + 1))) - 1]!;
}

export interface DollarRange {
  /** Less what chance makes of such deals, and not below 0. */
  estimate: number;
  low: number;
  high: number;
  /** The chance of as large a sum where nothing lasts. */
  p: number;
  byChance: number;
}

/**
 * The sum of several such sums, less what chance alone would show, with its 95% interval: the basic bootstrap's
 * (Davison & Hinkley 1997, section 5.2.1), and in any case down to what chance doesn't exceed in 98.5 of 100.
 */
export function dollarRange(
  parts: readonly Pick<ExcessDollars, 'sum' | 'byChance' | 'errors'>[],
): DollarRange {
  const draws = Math.min(...parts.map(({ byChance }) => byChance.length));
  const total = (of: (part: (typeof parts)[number]) => number) =>
    parts.reduce((sum, part) => sum + of(part), 0);
  const drawn = (of: 'byChance' | 'errors') =>
    Float64Array.from({ length: draws }, (_, draw) => total((part) => part[of][draw]!));
  const [chance, errors] = [drawn('byChance'), drawn('errors')];
  const sum = total((part) => part.sum);
  const byChance = chance.reduce((all, one) => all + one, 0) / draws;
  const estimate = sum - byChance;
  const limit = chanceLimit(chance);
  const low = Math.min(estimate - sampleQuantile(errors, 0.975), sum - limit);
  return {
    estimate: Math.max(0, estimate),
    low: Math.min(low, Math.max(0, estimate)),
    high: Math.max(0, estimate, estimate - sampleQuantile(errors, 0.025), limit - byChance),
    p: (1 + chance.filter((one) => one >= sum).length) / (draws + 1),
    byChance,
  };
}
