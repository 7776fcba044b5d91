import { twoSidedP } from './normal.ts';

/** Deals of one stratum at one value of x: how many, and how many of them succeeded. */
export interface Outcome {
  stratum: string;
  x: number;
  deals: number;
  won: number;
}

export interface SlopeWithin {
  /** Change of the success rate for one unit of x, within strata. */
  slope: number;
  error: number;
  df: number;
  /** The chance of as clear a trend where success does not depend on x within any stratum. */
  p: number;
  /** Deals in strata where both x and the outcome differ, which alone tell anything. */
  telling: number;
}

interface Sums {
  deals: number;
  won: number;
  x: number;
  xx: number;
  xWon: number;
}

function sumsOf(outcomes: readonly Outcome[]): Map<string, Sums> {
  const strata = new Map<string, Sums>();
  for (const { stratum, x, deals, won } of outcomes) {
    let sums = strata.get(stratum);
    if (!sums) strata.set(stratum, (sums = { deals: 0, won: 0, x: 0, xx: 0, xWon: 0 }));
    sums.deals += deals;
    sums.won += won;
    sums.x += deals * x;
    sums.xx += deals * x * x;
    sums.xWon += won * x;
  }
  return strata;
}

/**
 * How success goes with x within strata: one slope by least squares with a level for each stratum, its error robust
 * to unequal variances (White 1980, Econometrica 48, 817–838; each stratum's residuals widened by n ÷ (n − 1)), and the
 * test for a trend within strata (Mantel 1963, "Chi-square tests with one degree of freedom: extensions of the
 * Mantel-Haenszel procedure", JASA 58, 690–700). Null where no stratum has both outcomes at different x.
 */
export function slopeWithin(outcomes: readonly Outcome[]): SlopeWithin | null {
  const strata = sumsOf(outcomes);
  let along = 0;
  let spread = 0;
  let variance = 0;
  let telling = 0;
  let levels = 0;
  for (const { deals, won, x, xx, xWon } of strata.values()) {
    const own = xx - x ** 2 / deals;
    if (!(own > 1e-9 * xx)) continue;
    along += xWon - (x * won) / deals;
    spread += own;
    if (won === 0 || won === deals) continue;
    variance += (own * (won - won ** 2 / deals)) / (deals - 1);
    telling += deals;
    levels += 1;
  }
  if (!(spread > 0) || !(variance > 0)) return null;
  const slope = along / spread;
  let meat = 0;
  for (const { stratum, x, deals, won } of outcomes) {
    const own = strata.get(stratum)!;
    if (own.deals < 2) continue;
    const away = x - own.x / own.deals;
    const level = own.won / own.deals + slope * away;
    const left = won * (1 - level) ** 2 + (deals - won) * level ** 2;
    meat += (away ** 2 * left * own.deals) / (own.deals - 1);
  }
  return {
    slope,
    error: Math.sqrt(meat) / spread,
    df: Math.max(1, telling - levels - 1),
    p: twoSidedP(along / Math.sqrt(variance)),
    telling,
  };
}
