import { SEED } from './bootstrap.ts';
import type { ClusteredEstimate } from './clusteredError.ts';
import { twoSidedP } from './normal.ts';
import { normalFrom, randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';

const DRAWS = 1000;

/** Draws of the largest |estimate ÷ error| that noise alone gives, each cluster's score times its multiplier. */
function largestByChance(estimates: readonly ClusteredEstimate[], multiplier: () => number): Float64Array {
  const usable = estimates.filter(({ error }) => error !== null);
  const multipliers = new Float64Array(usable[0]?.scores.length ?? 0);
  return Float64Array.from({ length: usable.length > 0 ? DRAWS : 0 }, () => {
    for (let c = 0; c < multipliers.length; c += 1) multipliers[c] = multiplier();
    let largest = 0;
    for (const { scores, error } of usable) {
      let sum = 0;
      for (let c = 0; c < multipliers.length; c += 1) sum += multipliers[c]! * scores[c]!;
      largest = Math.max(largest, Math.abs(sum) / error!);
    }
    return largest;
  });
}

/**
 * The level that intervals must each be made at (0.05 for one alone) so that all hold at once with 95%: the
 * multiplier bootstrap of Callaway & Sant'Anna 2021 (Journal of Econometrics 225, 200–230, algorithm 1) with a
 * normal multiplier for each cluster.
 */
export function levelAtOnce(estimates: readonly ClusteredEstimate[]): number {
  const largest = largestByChance(estimates, normalFrom(randomFrom(SEED)));
  return largest.length > 0 ? twoSidedP(sampleQuantile(largest, 0.95)) : 0.05;
}

/**
 * The chance that estimates of nothing are as far from zero, relative to their errors, as the farthest of these:
 * clusters' scores with signs drawn anew, the wild bootstrap of scores of Kline & Santos 2012, "A score based
 * approach to wild bootstrap inference", Journal of Econometric Methods 1, 23–41.
 */
export function chanceOfFarthest(estimates: readonly ClusteredEstimate[]): number | null {
  const random = randomFrom(SEED);
  const largest = largestByChance(estimates, () => (random() < 0.5 ? -1 : 1));
  if (largest.length === 0) return null;
  const farthest = Math.max(
    ...estimates.map(({ estimate, error }) => (error === null ? 0 : Math.abs(estimate) / error)),
  );
  return (largest.filter((value) => value >= farthest).length + 1) / (largest.length + 1);
}
