import { survivors } from './falseDiscovery.ts';
import { criticalT, twoSidedT } from './studentT.ts';

/** A group's discount rate with what is needed to compare it: amounts in one currency, rates as fractions. */
export interface GroupRate {
  dimension: string;
  name: string;
  list: number;
  discount: number;
  /** Standard error of the rate, with deals as the sample. */
  error: number | null;
  deals: number;
  /** Deals of equal size that would say as much: (Σ list)² ÷ Σ list². */
  effective: number;
}

export interface Comparison extends GroupRate {
  rate: number;
  /** Rate of everyone else in the same dimension. */
  rest: number;
  /** rate − rest, and its 95% interval. */
  gap: number;
  low: number;
  high: number;
  p: number;
  /** Survives a false-discovery rate of 10% over all that was compared. */
  stands: boolean;
}

/** Ours: groups with fewer deals are shown but not compared. */
export const MINIMUM_DEALS = 10;

/** Ours: nor are groups whose few large deals weigh like fewer than these. */
const MINIMUM_EFFECTIVE = 5;

/** The false-discovery rate over all comparisons of a page. */
export const FALSE_DISCOVERY_RATE = 0.1;

/**
 * Degrees of freedom of a difference of two estimates whose variances are themselves estimated: Welch 1947,
 * "The generalization of Student's problem", Biometrika 34, 28–35, with Satterthwaite's approximation.
 */
export function freedom(variance: number, effective: number, restVariance: number, others: number): number {
  const spread = variance ** 2 / (effective - 1) + restVariance ** 2 / Math.max(1, others - 1);
  return (variance + restVariance) ** 2 / spread;
}

/** Effective deals of several groups taken together: their Σ list² add up. */
function effectiveOf(groups: readonly GroupRate[]): number {
  const list = groups.reduce((sum, group) => sum + group.list, 0);
  const squares = groups.reduce(
    (sum, group) => sum + (group.effective > 0 ? group.list ** 2 / group.effective : 0),
    0,
  );
  return squares > 0 ? list ** 2 / squares : 0;
}

/**
 * Compares each group with the rest of its dimension, and keeps those differences that survive a
 * false-discovery rate of 10% over all comparisons given. Association, not cause: no deal mix is taken out.
 */
export function standOut(groups: readonly GroupRate[]): Comparison[] {
  const compared = groups.flatMap((group): Comparison[] => {
    if (
      group.deals < MINIMUM_DEALS ||
      group.effective < MINIMUM_EFFECTIVE ||
      group.error === null ||
      !(group.list > 0)
    )
      return [];
    const others = groups.filter((other) => other.dimension === group.dimension && other !== group);
    const list = others.reduce((sum, other) => sum + other.list, 0);
    if (!(list > 0)) return [];
    const rest = others.reduce((sum, other) => sum + other.discount, 0) / list;
    const restVariance =
      others.reduce((sum, other) => sum + ((other.error ?? 0) * other.list) ** 2, 0) / list ** 2;
    const rate = group.discount / group.list;
    if (!(group.error ** 2 + restVariance > 0)) return [];
    const gap = rate - rest;
    const error = Math.sqrt(group.error ** 2 + restVariance);
    // A rate that rests on a few large deals is judged by how many it really rests on.
    const df = freedom(group.error ** 2, group.effective, restVariance, effectiveOf(others));
    const reach = criticalT(0.05, df) * error;
    const p = twoSidedT(gap / error, df);
    return [{ ...group, rate, rest, gap, low: gap - reach, high: gap + reach, p, stands: false }];
  });
  const kept = survivors(
    compared.map(({ p }) => p),
    FALSE_DISCOVERY_RATE,
  );
  return compared.map((comparison, index) => ({ ...comparison, stands: kept[index] ?? false }));
}
