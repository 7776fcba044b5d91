/** Bins of one point, edges at the limit and whole points from it, so that no bin lies on both sides of it. */
export interface RateBins {
  /** The limit less this many points is the lowest edge. */
  below: number;
  bins: number;
  /** The bin that ends at the limit. */
  last: number;
  limit: number;
  /** Whether a bin holds its upper edge (the limit itself is allowed) or its lower one. */
  inclusive: boolean;
}

/** Kinds of round numbers, by step: each number is of the widest step that it is a multiple of. */
export const ROUND_STEPS = [10, 5, 2.5] as const;

/** Points on either side of a limit that the counterfactual is drawn from. */
const REACH = 20;

/** Rates are quotients of rounded amounts: a hundredth of a point is no other rate. */
const exact = (rate: number) => Math.round(rate * 100) / 100;

/** The bins around a limit; rates of 0 and below are no discount and stay out. */
export function binsAround(limit: number, inclusive: boolean, highest: number): RateBins {
  const below = Math.min(REACH, Math.floor(limit));
  const above = Math.min(REACH, Math.max(1, Math.ceil(Math.min(100, highest) - limit)));
  return { below, bins: below + above, last: below - 1, limit, inclusive };
}

/** The bin of a rate in points, or −1 where it lies outside. */
export function binOf({ below, bins, limit, inclusive }: RateBins, rate: number): number {
  const value = exact(rate);
  const from = exact(value - limit + below);
  const bin = inclusive ? Math.ceil(from) - 1 : Math.floor(from);
  return value > 0 && bin >= 0 && bin < bins ? bin : -1;
}

/** A bin's upper edge, in points. */
export const upperEdge = ({ below, limit }: RateBins, bin: number) => limit - below + bin + 1;

/** A round number: which of the steps (by place) it is a multiple of, and where. */
export interface RoundNumber {
  kind: number;
  value: number;
}

/** The number in a bin that is a multiple of the widest of the steps, or null. */
export function roundNumberIn(bins: RateBins, bin: number, steps: readonly number[]): RoundNumber | null {
  const high = upperEdge(bins, bin);
  for (const [kind, step] of steps.entries()) {
    const value = step * (bins.inclusive ? Math.floor(high / step) : Math.ceil((high - 1) / step));
    if (value > 0 && (bins.inclusive ? value > high - 1 : value < high)) return { kind, value };
  }
  return null;
}

/** The mean of a value by bin over as many points on either side of `at`, fewer where the bins end before. */
export function meanAround(bins: RateBins, values: Float64Array, at: number, points: number): number {
  const lowest = upperEdge(bins, 0) - 1;
  const half = Math.max(0.5, Math.min(points, at - lowest, lowest + bins.bins - at));
  let sum = 0;
  let wide = 0;
  for (let bin = 0; bin < bins.bins; bin += 1) {
    const from = lowest + bin;
    const part = Math.min(from + 1, at + half) - Math.max(from, at - half);
    if (part <= 0) continue;
    sum += part * values[bin]!;
    wide += part;
  }
  return wide > 0 ? sum / wide : Number.NaN;
}
