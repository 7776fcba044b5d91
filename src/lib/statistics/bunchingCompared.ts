import { bunching, MINIMUM_SHARE, type BunchingOptions, type GivenRate } from './bunching.ts';
import { freedom } from './standOut.ts';
import { twoSidedT } from './studentT.ts';
import { judge, type Judged } from './verdict.ts';

export interface BunchingCompared {
  /** Excess at the number, as a share of the rates near, where it is the limit less where it is not. */
  difference: Judged;
  /** The excess of the others, as a share of theirs near. */
  elsewhere: Judged;
  p: number;
  /** Rates of the others near the number. */
  near: number;
}

/**
 * Whether discounts gather at a limit more among those whom it binds than among those with another limit, or none:
 * what both do, liking the number itself, cancels. Groups with different notches at the same place are the cleaner
 * counterfactual (Kleven 2016, Annual Review of Economics 8, 435–464, section 3; Best & Kleven 2018, Review of
 * Economic Studies 85, 157–193). Null where either can't be told.
 */
export function bunchingCompared(
  bound: readonly GivenRate[],
  others: readonly GivenRate[],
  limit: number,
  options: BunchingOptions,
): BunchingCompared | null {
  const here = bunching(bound, limit, options).bunching;
  const there = bunching(others, limit, options).bunching;
  if (!here || !there || here.share.error === null || there.share.error === null) return null;
  const [one, other] = [here.share, there.share];
  const [variance, otherVariance] = [one.error! ** 2, other.error! ** 2];
  const df = freedom(variance, one.df + 1, otherVariance, other.df + 1);
  const error = Math.sqrt(variance + otherVariance);
  const estimate = one.estimate - other.estimate;
  return {
    difference: judge({ estimate, error, df }, MINIMUM_SHARE),
    elsewhere: there.share,
    p: twoSidedT(estimate / error, df),
    near: there.near,
  };
}
