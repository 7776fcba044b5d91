import { bootstrapInterval, type Interval } from './bootstrap.ts';

export interface Forecast {
  /** Sorts as text in the order of time. Several forecasts may be of one period. */
  period: string;
  forecast: number;
  actual: number;
  /** What a forecast without thought would have said. */
  naive?: number | null;
}

export interface Measure {
  value: number | null;
  interval: Interval | null;
}

export interface ForecastAccuracy {
  forecasts: number;
  /** What the intervals rest on. */
  periods: number;
  /** Σ|F−A| ÷ Σ|A|. */
  wape: Measure;
  /** Σ(F−A) ÷ ΣA: above zero is too high. */
  bias: Measure;
  /** 1 − WAPE ÷ WAPE of the naive forecast, over the forecasts that have one. */
  skill: Measure & { forecasts: number };
  /** Mean of |F−A| ÷ |A|; null where an actual is 0. */
  mape: number | null;
}

/** Why MAPE stands last, to be shown beside it. */
export const MAPE_NOTE =
  'MAPE is undefined where an actual is 0 and punishes forecasts above the actual more than those below it.';

/** Σ of: A, |A|, F−A, |F−A|, |F−A| where there is a naive forecast N, |N−A|. */
type Sums = Float64Array;

function summed(forecasts: readonly Forecast[]): Sums {
  const sums = new Float64Array(6);
  for (const { forecast, actual, naive } of forecasts) {
    const miss = Math.abs(forecast - actual);
    sums[0]! += actual;
    sums[1]! += Math.abs(actual);
    sums[2]! += forecast - actual;
    sums[3]! += miss;
    if (naive == null) continue;
    sums[4]! += miss;
    sums[5]! += Math.abs(naive - actual);
  }
  return sums;
}

const wape = (sums: Sums) => sums[3]! / sums[1]!;
const bias = (sums: Sums) => sums[2]! / sums[0]!;
const skill = (sums: Sums) => 1 - sums[4]! / sums[5]!;

function total(periods: Sums[], chosen: ArrayLike<number>): Sums {
  const sums = new Float64Array(6);
  for (let at = 0; at < chosen.length; at += 1)
    for (let i = 0; i < 6; i += 1) sums[i]! += periods[chosen[at]!]![i]!;
  return sums;
}

/**
 * How good forecasts were: WAPE (the MAD/mean ratio of Kolassa & Schütz 2007, Foresight 6, 40–43), bias, skill
 * against a naive forecast and MAPE with its faults (Hyndman & Koehler 2006, "Another look at measures of
 * forecast accuracy", International Journal of Forecasting 22, 679–688). Intervals by drawing runs of about
 * ∛periods neighbouring periods anew (Künsch 1989), seeded; none with fewer than four periods.
 */
export function forecastAccuracy(forecasts: readonly Forecast[]): ForecastAccuracy {
  const byPeriod = new Map<string, Forecast[]>();
  for (const each of forecasts) {
    const found = byPeriod.get(each.period);
    if (found) found.push(each);
    else byPeriod.set(each.period, [each]);
  }
  const periods = [...byPeriod.keys()].sort().map((period) => summed(byPeriod.get(period)!));
  const all = periods.map((_, i) => i);
  const block = Math.max(1, Math.round(Math.cbrt(periods.length)));
  const measured = (of: (sums: Sums) => number): Measure => {
    const value = of(total(periods, all));
    if (!Number.isFinite(value)) return { value: null, interval: null };
    const drawn = (indexes: Int32Array) => of(total(periods, indexes));
    const enough = periods.length >= 4;
    return { value, interval: enough ? bootstrapInterval(periods.length, drawn, { block }) : null };
  };
  const defined = forecasts.length > 0 && forecasts.every(({ actual }) => actual !== 0);
  const shares = forecasts.map(({ forecast, actual }) => Math.abs((forecast - actual) / actual));
  return {
    forecasts: forecasts.length,
    periods: periods.length,
    wape: measured(wape),
    bias: measured(bias),
    skill: { ...measured(skill), forecasts: forecasts.filter(({ naive }) => naive != null).length },
    mape: defined ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null,
  };
}
