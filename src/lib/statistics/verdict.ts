import { criticalT } from './studentT.ts';

/** An estimate with its standard error and the degrees of freedom behind it, all in the outcome's unit. */
export interface Estimate {
  estimate: number;
  /** Null where the data don't say. */
  error: number | null;
  df: number;
}

export interface Judged extends Estimate {
  low: number | null;
  high: number | null;
  /** The smallest true effect that such data would find in 80 of 100 cases. */
  smallestDetectable: number | null;
  verdict: 'effect' | 'no effect larger than' | 'cannot tell';
  /** With "no effect larger than": how large, in magnitude. */
  largerThan: number | null;
}

/**
 * The 95% interval, the smallest effect the data could show and what can be said. "Cannot tell": the interval
 * includes zero and an effect as small as `minimumEffect` (the smallest worth acting on, ≥ 0) could have gone
 * unseen. Smallest detectable effect: (t of 5% two-sided + t of 80% power) × standard error, after Bloom 1995,
 * "Minimum detectable effects", Evaluation Review 19, 547–556, with t for his normal multipliers.
 */
export function judge({ estimate, error, df }: Estimate, minimumEffect = 0): Judged {
  if (error === null || !(df > 0) || !Number.isFinite(error))
    return {
      ...{ estimate, error: null, df: 0, low: null, high: null, smallestDetectable: null },
      verdict: 'cannot tell',
      largerThan: null,
    };
  const critical = criticalT(0.05, df);
  const low = estimate - critical * error;
  const high = estimate + critical * error;
  const smallestDetectable = (critical + criticalT(0.4, df)) * error;
  const judged = { estimate, error, df, low, high, smallestDetectable, largerThan: null };
  if (low > 0 || high < 0) return { ...judged, verdict: 'effect' };
  if (smallestDetectable > minimumEffect) return { ...judged, verdict: 'cannot tell' };
  return { ...judged, verdict: 'no effect larger than', largerThan: Math.max(-low, high) };
}
