import { freedom, MINIMUM_DEALS } from './standOut.ts';
import type { Interval } from './bootstrap.ts';
import { judge, type Judged } from './verdict.ts';
import { twoSidedT } from './studentT.ts';

/** A rate that is a ratio of sums, with deals as the sample: fractions. */
export interface GroupRatio {
  rate: number;
  error: number;
  deals: number;
  /** Deals of equal size that would say as much. */
  effective: number;
}

/** `hits` of `n`. */
export interface GroupShare {
  hits: number;
  n: number;
}

export interface TwoGroups extends Judged {
  /** Two-sided; 1 where the data don't say. */
  p: number;
}

/** Ours: nor are groups compared whose few large deals weigh like fewer than these. */
export const MINIMUM_EFFECTIVE = 5;

/** Expected hits and misses on either side below which the normal approximation is not to be trusted (Cochran 1954). */
const MINIMUM_EXPECTED = 5;

const silent: TwoGroups = { ...judge({ estimate: 0, error: null, df: 0 }), p: 1 };

function judged(estimate: number, error: number, df: number, minimumEffect: number): TwoGroups {
  if (!(error > 0)) return silent;
  return { ...judge({ estimate, error, df }, minimumEffect), p: twoSidedT(estimate / error, df) };
}

/**
 * The first group's ratio less the second's, with Welch's degrees of freedom (Welch 1947, Biometrika 34, 28–35) from
 * the effective numbers of deals. `minimumEffect` is the smallest difference worth acting on, a fraction.
 */
export function ratioGap(one: GroupRatio, other: GroupRatio, minimumEffect: number): TwoGroups {
  if (Math.min(one.deals, other.deals) < MINIMUM_DEALS) return silent;
  if (!(Math.min(one.effective, other.effective) >= MINIMUM_EFFECTIVE)) return silent;
  const df = freedom(one.error ** 2, one.effective, other.error ** 2, other.effective);
  return judged(one.rate - other.rate, Math.hypot(one.error, other.error), df, minimumEffect);
}

/**
 * The first group's share less the second's, with the variances of both apart (Fleiss, Levin & Paik 2003, Statistical
 * Methods for Rates and Proportions, section 3.1).
 */
export function shareGap(one: GroupShare, other: GroupShare, minimumEffect: number): TwoGroups {
  if (Math.min(one.n, other.n) < MINIMUM_DEALS) return silent;
  const pooled = (one.hits + other.hits) / (one.n + other.n);
  if (Math.min(one.n, other.n) * Math.min(pooled, 1 - pooled) < MINIMUM_EXPECTED) return silent;
  const part = ({ hits, n }: GroupShare) => ((hits / n) * (1 - hits / n)) / (n - 1);
  const error = Math.sqrt(part(one) + part(other));
  return judged(one.hits / one.n - other.hits / other.n, error, one.n + other.n - 2, minimumEffect);
}

/**
 * How many times as often the first is so as the second, with its 95% interval from the logarithm (Katz, Baptista,
 * Azen & Pike 1978, "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34, 469–474).
 * Null where either has no hit.
 */
export function shareRatio(one: GroupShare, other: GroupShare): (Interval & { ratio: number }) | null {
  if (!(one.hits > 0 && other.hits > 0)) return null;
  const ratio = one.hits / one.n / (other.hits / other.n);
  const error = Math.sqrt(1 / one.hits - 1 / one.n + 1 / other.hits - 1 / other.n);
  const reach = Math.exp(1.959963984540054 * error);
  return { ratio, low: ratio / reach, high: ratio * reach };
}
