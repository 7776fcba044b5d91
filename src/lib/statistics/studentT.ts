import { incompleteBeta } from './gamma.ts';
import { twoSidedP } from './normal.ts';

/**
 * P(|T| > |t|) of Student's t with `df` degrees of freedom, which may be a fraction; Infinity is the normal
 * distribution. Abramowitz & Stegun 1964, 26.7.1 and 26.5.27.
 */
export function twoSidedT(t: number, df: number): number {
  if (df > 1e7) return twoSidedP(t);
  return incompleteBeta(df / (df + t * t), df / 2, 0.5);
}

/** The value that |T| exceeds with probability `p`: 0.05 and infinite degrees of freedom give 1.96. */
export function criticalT(p: number, df: number): number {
  let low = 0;
  let high = 2;
  while (twoSidedT(high, df) > p) {
    low = high;
    high *= 2;
    if (high > 1e12) return Number.POSITIVE_INFINITY;
  }
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i += 1) {
    const middle = (low + high) / 2;
    if (twoSidedT(middle, df) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
