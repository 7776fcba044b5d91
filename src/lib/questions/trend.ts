import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { answer, type Answer } from '../metrics/answer.ts';
import type { Scope } from '../metrics/request.ts';
import type { Span } from '../metrics/span.ts';
import { MINIMUM_DEALS } from '../statistics/standOut.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface TrendQuarter {
  period: string;
  /** The day after its last. */
  ends_on: string;
  discount: number | null;
  discount_rate: number | null;
  /** Null where there is no year before, or where it holds too few deals to be compared with. */
  rate_before: number | null;
  /** Won deals of the quarter, and of the one a year before. */
  deals: number;
  deals_before: number;
  is_open: boolean;
}

/** Quarters shown: three years. */
const SHOWN = 12;

/** Discount spend and rate by fiscal quarter up to the newest export, each beside the year before. */
export async function trend(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<{ quarters: TrendQuarter[]; answered: Answer }> {
  const request = requestOf(alone(asking), {
    measures: ['discount', 'discount_rate', 'deals'],
    by: ['fiscal_quarter'],
    period: null,
  });
  const answered = await answer(warehouse, request, scope);
  const found = new Map(answered.rows.map((row) => [row.fiscal_quarter, row]));
  const { data_on: today } = warehouse.build;
  const all = warehouse.periods.filter(({ kind }) => kind === 'quarter');
  const sold = all.filter(({ period, starts_on }) => found.has(period) && starts_on <= today);
  const [first, last] = [sold[0], sold.at(-1)];
  if (!first || !last) return { quarters: [], answered };
  const reached = all.slice(all.indexOf(first), all.indexOf(last) + 1).slice(-SHOWN);
  const value = (period: string | undefined, id: string) => {
    const cell = period === undefined ? undefined : found.get(period)?.[id];
    return typeof cell === 'number' ? cell : null;
  };
  const quarters = reached.map((quarter): TrendQuarter => {
    const yearBefore = all[all.indexOf(quarter) - 4]?.period;
    const dealsBefore = value(yearBefore, 'deals') ?? 0;
    return {
      period: quarter.period,
      ends_on: quarter.ends_on,
      discount: value(quarter.period, 'discount'),
      // A quarter under way has not had its discounts yet: its spend is drawn so far, its rate is not.
      discount_rate: quarter.ends_on > today ? null : value(quarter.period, 'discount_rate'),
      rate_before: dealsBefore < MINIMUM_DEALS ? null : value(yearBefore, 'discount_rate'),
      deals: value(quarter.period, 'deals') ?? 0,
      deals_before: dealsBefore,
      is_open: quarter.ends_on > today,
    };
  });
  return { quarters, answered };
}

/** The quarters that were over by the end of what is asked about. */
export function quartersUpTo(quarters: readonly TrendQuarter[], span: Span | null): TrendQuarter[] {
  const end = span?.to ?? null;
  return quarters.filter(({ ends_on, is_open }) => !is_open && (end === null || ends_on <= end));
}
