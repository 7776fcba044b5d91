import { believed, spreadOf, type Spread } from './adaptiveShrinkage.ts';
import { twoSidedT } from './studentT.ts';

/** One unit's deals on one side of a split of time, summed: what they gave beyond what is expected of them. */
export interface SideSums {
  deals: number;
  /** Σ (rate − expected), every deal counted once, and the variance of its noise. */
  excess: number;
  variance: number;
  /** Σ list, Σ list², Σ list × (rate − expected). */
  list: number;
  squares: number;
  dollars: number;
}

export interface SplitUnit {
  unit: string;
  sides: readonly [SideSums, SideSums];
}

export interface PersistentUnit {
  unit: string;
  deals: number;
  list: number;
  /** What its deals gave beyond expectation in all, luck included, in money. */
  seen: number;
  /** The excess that is believed, as a fraction of list: shrunken, and 95% of where it may lie. */
  believed: number;
  low: number;
  high: number;
  /** The chance of as large a difference, every deal counted once, if the unit did not differ. */
  p: number;
}

/** What units' deals come to, as the estimator sees them; filled anew for every draw. */
export interface Seen {
  /** Mean excess of a unit's deals, and the variance of luck in it. */
  means: Float64Array;
  luck: Float64Array;
}

export interface Persistence extends Seen {
  spread: Spread;
  /** How much noisier than the model says the sides are, by how they differ. */
  scale: number;
}

/** A squared difference of sides counts for no more than that of three standard errors. */
const MOST = 9;
/** Ours: a model that says twice the noise there is, is the most that is corrected downwards. */
const LEAST_SCALE = 0.5;

/** How far sides of one unit differ, against what the model of noise says: the mean square, winsorised. */
function scaleOf(units: readonly SplitUnit[], one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < units.length; at += 1) {
    const [first, second] = units[at]!.sides;
    const difference = one[at]! / first.deals - other[at]! / second.deals;
    const variance = first.variance / first.deals ** 2 + second.variance / second.deals ** 2;
    sum += Math.min(MOST, difference ** 2 / variance);
  }
  return units.length > 0 ? Math.max(LEAST_SCALE, sum / units.length) : 1;
}

/** Ours: sides within two standard errors of each other are no further apart than luck often has them. */
const OFTEN_APART = 3;

/**
 * What lasts in units' excess. A unit's two sides of time agree but for luck, so that their difference says how much
 * of it there is (Kane & Staiger 2008, NBER working paper 14607, and Chetty, Friedman & Rockoff 2014, American Economic
 * Review 104, 2593–2632, take what lasts from how one year says another): over all units, and of each unit by half the
 * gap between its own sides where luck does not often make it as wide. Few deals have heavier tails than normal ones: their variance is that
 * of Student's t with two degrees of freedom a deal (ours). The rest is `spreadOf`.
 */
export function persistence(
  units: readonly SplitUnit[],
  one: Float64Array,
  other: Float64Array,
): Persistence {
  const scale = scaleOf(units, one, other);
  const means = new Float64Array(units.length);
  const luck = new Float64Array(units.length);
  for (let at = 0; at < units.length; at += 1) {
    const [first, second] = units[at]!.sides;
    const deals = first.deals + second.deals;
    means[at] = (one[at]! + other[at]!) / deals;
    const apart = one[at]! / first.deals - other[at]! / second.deals;
    const tails = deals / (deals - 1);
    const usual = (tails * scale * (first.variance + second.variance)) / deals ** 2;
    luck[at] = Math.max(usual, (apart / 2) ** 2 - OFTEN_APART * usual);
  }
  return { means, luck, scale, spread: spreadOf(means, luck) };
}

/** Ours, as in `benchmark.ts`: noise is judged with Student's t of two degrees of freedom a deal. */
const FREEDOM_A_DEAL = 2;

/** What is believed of each unit: its mean excess drawn to zero by the luck in it. */
export function believedOf(units: readonly SplitUnit[], found: Persistence): PersistentUnit[] {
  return units.map(({ unit, sides: [first, second] }, at): PersistentUnit => {
    const deals = first.deals + second.deals;
    const excess = found.means[at]!;
    const { mean, variance } = believed(found.spread, excess, found.luck[at]!);
    const reach = 1.96 * Math.sqrt(variance);
    // By the model's noise alone: what is told of each unit by itself is exact where nobody differs.
    const error = Math.sqrt(Math.max(1, found.scale) * (first.variance + second.variance)) / deals;
    return {
      ...{ unit, deals, believed: mean, low: mean - reach, high: mean + reach },
      list: first.list + second.list,
      seen: first.dollars + second.dollars,
      p: twoSidedT(excess / error, FREEDOM_A_DEAL * deals),
    };
  });
}
