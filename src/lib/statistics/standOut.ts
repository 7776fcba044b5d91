import { survivors } from './falseDiscovery.ts';
import { twoSidedP } from './normal.ts';

/** A group's discount rate with what is needed to compare it: amounts in one currency, rates as fractions. */
export interface GroupRate {
  dimension: string;
  name: string;
  list: number;
  discount: number;
  /** Standard error of the rate, with deals as the sample. */
  error: number | null;
  deals: number;
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

/** The false-discovery rate over all comparisons of a page. */
export const FALSE_DISCOVERY_RATE = 0.1;

/**
 * Compares each group with the rest of its dimension, and keeps those differences that survive a
 * false-discovery rate of 10% over all comparisons given. Association, not cause: no deal mix is taken out.
 */
export function standOut(groups: readonly GroupRate[]): Comparison[] {
  const compared = groups.flatMap((group): Comparison[] => {
    if (group.deals < MINIMUM_DEALS || group.error === null || !(group.list > 0)) return [];
    const others = groups.filter((other) => other.dimension === group.dimension && other !== group);
    const list = others.reduce((sum, other) => sum + other.list, 0);
    if (!(list > 0)) return [];
    const rest = others.reduce((sum, other) => sum + other.discount, 0) / list;
    const restVariance =
      others.reduce((sum, other) => sum + ((other.error ?? 0) * other.list) ** 2, 0) / list ** 2;
    // Rates within a stratum differ less than the rest as a whole: this is the stratified variance.
    const rate = group.discount / group.list;
    const error = Math.sqrt(group.error ** 2 + restVariance);
    if (!(error > 0)) return [];
    const gap = rate - rest;
    const p = twoSidedP(gap / error);
    return [
      { ...group, rate, rest, gap, low: gap - 1.96 * error, high: gap + 1.96 * error, p, stands: false },
    ];
  });
  const kept = survivors(
    compared.map(({ p }) => p),
    FALSE_DISCOVERY_RATE,
  );
  return compared.map((comparison, index) => ({ ...comparison, stands: kept[index] ?? false }));
}
