import { survivors } from './falseDiscovery.ts';
import { FALSE_DISCOVERY_RATE, MINIMUM_DEALS } from './standOut.ts';
import { criticalT, twoSidedT } from './studentT.ts';

/** What a group forecast and what it won, with what is needed to judge it. Amounts in one currency. */
export interface GroupForecast {
  name: string;
  forecast: number;
  actual: number;
  /** Standard error of ln(forecast ÷ actual), with deals as the sample. */
  error: number | null;
  /** Deals that the forecast counted on or that were won. */
  deals: number;
  /** Deals of equal size that would say as much: (Σ size)² ÷ Σ size². */
  effective: number;
}

export interface JudgedForecast extends GroupForecast {
  /** forecast ÷ actual − 1: above zero is too high. Null where nothing was won. */
  bias: number | null;
  /** 95% interval of the bias; null below the minimum of deals. */
  low: number | null;
  high: number | null;
  p: number | null;
  /** Its interval leaves out zero, at a false-discovery rate of 10% over all groups given. */
  stands: boolean;
}

/** Ours: a forecast that rests on fewer equal deals than these is shown and not judged. */
const MINIMUM_EFFECTIVE = 5;

/**
 * Which groups forecast too much or too little. Tested is ln(F ÷ A) = 0, on whose scale a ratio's error is even
 * (Hedges, Gurevitch & Curtis 1999, "The meta-analysis of response ratios in experimental ecology", Ecology 80,
 * 1150–1156), with as many degrees of freedom as the deals it rests on, and a false-discovery rate over all groups
 * given (Benjamini & Hochberg 1995).
 */
export function judgeBias(groups: readonly GroupForecast[]): JudgedForecast[] {
  const judged = groups.map((group): JudgedForecast => {
    const { forecast, actual, error, deals, effective } = group;
    const bias = actual > 0 ? forecast / actual - 1 : null;
    const plain = { ...group, bias, low: null, high: null, p: null, stands: false };
    const weak = deals < MINIMUM_DEALS || effective < MINIMUM_EFFECTIVE;
    if (weak || bias === null || !(forecast > 0) || error === null || !(error > 0)) return plain;
    const log = Math.log(forecast / actual);
    const reach = criticalT(0.05, effective - 1) * error;
    const p = twoSidedT(log / error, effective - 1);
    return { ...plain, low: Math.exp(log - reach) - 1, high: Math.exp(log + reach) - 1, p };
  });
  const tested = judged.filter(({ p }) => p !== null);
  const kept = survivors(
    tested.map(({ p }) => p!),
    FALSE_DISCOVERY_RATE,
  );
  // With few groups the rate alone would let through what the 95% interval does not.
  const standing = new Set(tested.filter(({ low, high }, index) => kept[index] && (low! > 0 || high! < 0)));
  return judged.map((group) => ({ ...group, stands: standing.has(group) }));
}
