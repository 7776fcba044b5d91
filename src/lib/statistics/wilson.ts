import type { Interval } from './bootstrap.ts';

/** 97.5% quantile of the standard normal: intervals are 95%. */
const Z = 1.959963984540054;

/**
 * 95% interval of a share of `n` things of which `hits` are so, as fractions from 0 to 1: the score interval of
 * Wilson 1927, "Probable inference, the law of succession, and statistical inference", Journal of the American
 * Statistical Association 22, 209–212. Unlike the textbook interval it stays within 0 and 1, and has a width
 * where all or none are so. Null where there is nothing to take a share of. Throws RangeError on counts that
 * can't be.
 */
export function wilson(hits: number, n: number): Interval | null {
  if (!(hits >= 0 && hits <= n)) throw new RangeError(`${hits} of ${n} is no share.`);
  if (n === 0) return null;
  const share = hits / n;
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const middle = share + (Z * Z) / (2 * n);
  const scale = 1 + (Z * Z) / n;
  return {
    low: hits === 0 ? 0 : (middle - spread) / scale,
    high: hits === n ? 1 : (middle + spread) / scale,
  };
}
