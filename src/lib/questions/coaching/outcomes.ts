import type { RepQuarter } from './effectOf.ts';
import type { RepQuarterRow } from './repQuarterRows.ts';

/** The outcome of one rep's quarter, as it is and less what its mix alone would give; null where there is none. */
type Measured = Pick<RepQuarter, 'raw' | 'adjusted' | 'weight'> | null;

export interface Outcome {
  id: 'discount_rate' | 'win_rate' | 'forecast_bias' | 'programme_rate';
  /** "discount rate" */
  label: string;
  /** Which way is better for the company. */
  better: 'down' | 'up' | 'toward zero';
  of: (row: RepQuarterRow) => Measured;
  /** What deals like a rep's own are told apart by; null where the mix is not taken out. */
  mix: string | null;
}

/** A rate over list, resting on as many deals of equal size (Kish 1965, section 11.7). */
function rateOver(
  list: number | null,
  discount: number | null,
  expected: number | null,
  square: number | null,
): Measured {
  if (!list || list <= 0 || discount === null || !square) return null;
  return {
    raw: discount / list,
    adjusted: (discount - (expected ?? 0)) / list,
    weight: list ** 2 / square,
  };
}

const PRICE_MIX = 'deal type, segment and size';

const decided: Outcome = {
  id: 'discount_rate',
  label: 'discretionary discount rate',
  better: 'down',
  of: (row) => rateOver(row.decided_list, row.decided_discount, row.decided_expected, row.decided_square),
  mix: PRICE_MIX,
};

const whole: Outcome = {
  id: 'discount_rate',
  label: 'discount rate',
  better: 'down',
  of: (row) => rateOver(row.list, row.discount, row.expected, row.square),
  mix: PRICE_MIX,
};

export const winRate: Outcome = {
  id: 'win_rate',
  label: 'win rate',
  better: 'up',
  of: ({ won, closed, expected_won }) =>
    closed > 0 ? { raw: won / closed, adjusted: (won - (expected_won ?? 0)) / closed, weight: closed } : null,
  mix: 'deal type and segment',
};

/**
 * Forecast less actual over what the rep usually wins, which weighs it: a rep's own quarter may end with nothing won,
 * and Σ(forecast − actual) ÷ Σ actual is what the weighted mean comes to.
 */
export const forecastBias: Outcome = {
  id: 'forecast_bias',
  label: 'forecast bias',
  better: 'toward zero',
  of: ({ forecast, actual, usual_actual: usual }) => {
    if (forecast === null || actual === null || !usual || usual <= 0) return null;
    const bias = (forecast - actual) / usual;
    return { raw: bias, adjusted: bias, weight: usual };
  },
  mix: null,
};

/** Whether deals say what was forecast: without a single one in commit there is no forecast to be biased. */
export const forecastsKnown = (rows: readonly RepQuarterRow[]): boolean =>
  rows.some(({ in_commit }) => (in_commit ?? 0) > 0);

/** Coaching has no say in what a programme grants: an effect on it would be the method's, not coaching's. */
export const programmeRate: Outcome = {
  id: 'programme_rate',
  label: 'discounts by programme',
  better: 'down',
  of: (row) =>
    rateOver(row.programme_list, row.programme_discount, row.programme_expected, row.programme_square),
  mix: PRICE_MIX,
};

/** Ours: from this share of discount on that is known to be someone's decision, decisions are looked at alone. */
const MOSTLY_KNOWN = 0.5;

/** What a rep decides where the exports tell decisions from programmes, else all discount. */
export function discountRate(rows: readonly RepQuarterRow[]): Outcome {
  const sum = (pick: (row: RepQuarterRow) => number | null) =>
    rows.reduce((total, row) => total + (pick(row) ?? 0), 0);
  const known = sum((row) => row.decided_discount) + sum((row) => row.programme_discount);
  return known >= MOSTLY_KNOWN * sum((row) => row.discount) && sum((row) => row.decided_discount) > 0
    ? decided
    : whole;
}

/** One row for each rep's quarter that has the outcome. A rep whose manager isn't known stands alone. */
export function quartersOf(rows: readonly RepQuarterRow[], { of }: Outcome): RepQuarter[] {
  return rows.flatMap((row) => {
    const measured = of(row);
    const { rep, manager, quarter, first_coached: firstCoached } = row;
    return measured ? [{ rep, manager: manager ?? `rep ${rep}`, quarter, firstCoached, ...measured }] : [];
  });
}
