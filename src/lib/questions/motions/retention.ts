import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { criticalT } from '../../statistics/studentT.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { horizons, wholeQuarters, type Horizon } from './horizons.ts';

/** Customers at the start below which a retention rate is grey and not compared: ours. */
export const MINIMUM_CUSTOMERS = 10;

export const retentionMeasures = [
  'gross_retention_steady',
  'gross_retention_steady_error',
  'net_retention_steady',
  'net_retention_steady_error',
  'gross_retention',
  'net_retention',
  'logo_retention',
  'customers_start',
  'customers_kept',
  'recurring_start',
  'recurring_end',
];
const partMeasures = [
  'recurring_start',
  'recurring_new',
  'recurring_expansion',
  'recurring_price',
  'recurring_currency',
  'recurring_contraction',
  'recurring_churn',
  'recurring_end',
];

const headcounts = ['customers_start', 'customers_end', 'customers_kept'];

/** A rate with its 95% interval; null where the data don't say. */
export interface Kept {
  rate: number | null;
  interval: Interval | null;
}

export interface Retained {
  /** Gross and net leave out what exchange rates did to amounts that stood. */
  gross: Kept;
  net: Kept;
  /** The same with them. */
  withRates: { gross: number | null; net: number | null };
  logos: Kept;
  /** Customers who paid when the span began, and of them those who still do at its end. */
  customers: number;
  stayed: number;
}

export interface Retention {
  spans: { horizon: Horizon; retained: Retained }[];
  /** The year's way from start to end in its parts, or the quarter's where there is no year, and of how many. */
  bridge: { horizon: Horizon; parts: Record<string, number>; customers: number } | null;
  quarters: { period: string; gross: number | null; net: number | null }[];
}

export const numberIn = (row: AnswerRow, id: string): number | null => {
  const value = row[id];
  return value === null || value === undefined || value === '' || !Number.isFinite(Number(value))
    ? null
    : Number(value);
};

function kept(rate: number | null, error: number | null, n: number, highest: number): Kept {
  if (rate === null || error === null || n < MINIMUM_CUSTOMERS) return { rate, interval: null };
  const reach = criticalT(0.05, n - 1) * error;
  return { rate, interval: { low: Math.max(0, rate - reach), high: Math.min(highest, rate + reach) } };
}

/** Rates of a row with intervals: of amounts with customers as the sample, of customers by Wilson's method. */
export function retainedOf(row: AnswerRow): Retained {
  const customers = numberIn(row, 'customers_start') ?? 0;
  const stayed = numberIn(row, 'customers_kept') ?? 0;
  const logos = numberIn(row, 'logo_retention');
  const amounts = (id: string, highest: number) =>
    kept(numberIn(row, id), numberIn(row, `${id}_error`), customers, highest);
  return {
    gross: amounts('gross_retention_steady', 1),
    net: amounts('net_retention_steady', Infinity),
    withRates: { gross: numberIn(row, 'gross_retention'), net: numberIn(row, 'net_retention') },
    logos: {
      rate: logos,
      interval: logos === null || customers < MINIMUM_CUSTOMERS ? null : wilson(stayed, customers),
    },
    customers,
    stayed,
  };
}

/** Customers who paid at the start, at the end, or at both. */
function everyone(row: AnswerRow): number {
  const [start, end, both] = headcounts.map((id) => numberIn(row, id) ?? 0);
  return start! + end! - both!;
}

/**
 * What became of the customers who paid at the start, over a quarter, a year and three years that end with the last
 * whole quarter; quarter by quarter; and the parts of the change. Null where nothing recurs.
 */
export async function retention(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<Retention | null> {
  const ask = (measures: string[], period: string | null, by: string[] = []) =>
    answer(warehouse, requestOf(alone(asking), { measures, by, period }), scope);
  const all = horizons(warehouse, asking);
  const reached = all.filter(({ period }) => period !== null);
  const measures = [...new Set([...retentionMeasures, ...partMeasures, ...headcounts])];
  const [spans, course] = await Promise.all([
    Promise.all(reached.map(({ period }) => ask(measures, period))),
    ask(['gross_retention_steady', 'net_retention_steady', 'recurring_end'], null, ['fiscal_quarter']),
  ]);
  if (course.rows.length === 0) return null;
  const found = new Map(course.rows.map((row) => [row.fiscal_quarter, row]));
  const year = reached.findLastIndex(
    ({ quarters }, at) => quarters <= 4 && (numberIn(spans[at]!.totals, 'recurring_start') ?? 0) > 0,
  );
  return {
    spans: reached.map((horizon, at) => ({ horizon, retained: retainedOf(spans[at]!.totals) })),
    bridge:
      year < 0
        ? null
        : {
            horizon: reached[year]!,
            customers: everyone(spans[year]!.totals),
            parts: Object.fromEntries(partMeasures.map((id) => [id, numberIn(spans[year]!.totals, id) ?? 0])),
          },
    quarters: wholeQuarters(warehouse, asking)
      .slice(-12)
      .map(({ period }) => ({
        period,
        gross: numberIn(found.get(period) ?? {}, 'gross_retention_steady'),
        net: numberIn(found.get(period) ?? {}, 'net_retention_steady'),
      })),
  };
}

const labels: Record<string, string> = {
  recurring_start: 'At the start',
  recurring_new: 'New customers',
  recurring_expansion: 'Expansion',
  recurring_price: 'Price',
  recurring_currency: 'Exchange rates',
  recurring_contraction: 'Contraction',
  recurring_churn: 'Churn',
  recurring_end: 'At the end',
};

/** The bars of the way from the recurring amount at the start to the one at the end. */
export function retentionBars(parts: Record<string, number>) {
  return partMeasures.map((id) => ({
    id,
    label: labels[id]!,
    amount: parts[id]!,
    kind: id === 'recurring_start' || id === 'recurring_end' ? ('total' as const) : ('part' as const),
    alarm: id === 'recurring_churn' && parts[id]! < 0,
  }));
}
