import { randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';

export interface Interval {
  low: number;
  high: number;
}

/** Draws of every bootstrap whose caller doesn't say otherwise. */
export const DRAWS = 2000;

/** The seed of every resampling: the same data always get the same interval. */
export const SEED = 20261116;

/**
 * Percentile interval (95%) of a statistic of `n` things drawn with replacement, in runs of `block` neighbours
 * (1: each by itself): Efron 1979, Ann. Statist. 7, 1–26; runs as in Künsch 1989, "The jackknife and the
 * bootstrap for general stationary observations", Ann. Statist. 17, 1217–1241. `statistic` is given the indexes
 * drawn; draws where it is not a number are left out. Null with fewer than two things, or with no usable draw.
 */
export function bootstrapInterval(
  n: number,
  statistic: (drawn: Int32Array) => number,
  { block = 1, draws = DRAWS, seed = SEED }: { block?: number; draws?: number; seed?: number } = {},
): Interval | null {
  if (n < 2) return null;
  const random = randomFrom(seed);
  const drawn = new Int32Array(n);
  const values: number[] = [];
  const starts = n - block + 1;
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = 0; at < n; at += block) {
      const start = Math.floor(random() * starts);
      for (let step = 0; step < block && at + step < n; step += 1) drawn[at + step] = start + step;
    }
    const value = statistic(drawn);
    if (Number.isFinite(value)) values.push(value);
  }
  // A statistic that most draws can't form has no interval worth the name.
  if (values.length < draws / 2) return null;
  return { low: sampleQuantile(values, 0.025), high: sampleQuantile(values, 0.975) };
}
