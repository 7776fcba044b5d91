import { requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import { addDays } from '../../metrics/span.ts';
import { filterValue } from '../../records/links.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { atLead, forecastSplits, type ForecastChoice } from './choice.ts';
import type { Accuracy } from './accuracy.ts';

/** A deal in a quarter's forecast, or in what was won of it. */
export interface BehindDeal {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  rep_name: string | null;
  quarter: string;
  /** By the quarter's end: won, lost, slipped, still open or removed. */
  became: string | null;
  /** As they stood then; of deals that were due. */
  category: string | null;
  stage: string | null;
  /** What was forecast or due, and what was won of it. */
  forecast: number;
  actual: number;
}

/** The deals behind a figure of the page, the one that says most first. */
export interface Behind {
  /** `forecast` and what was won of it, or what was open and `due`. */
  kind: 'forecast' | 'due';
  of: { dimension: string; value: string } | null;
  rows: BehindDeal[];
  /** Each deal once, however many quarters it was forecast for. */
  deals: number;
  forecast: number;
  actual: number;
  /** The asking and the figures that the same rows are downloaded by. */
  asking: Asking;
  measures: string[];
  by: string[];
}

const only = (dimension: string, value: string): Filter => ({
  dimension,
  not: false,
  kind: 'one of',
  values: [value],
});

/** The asking with more filters, in its address as well, so that downloads mean the same. */
function narrowed(asking: Asking, filters: Filter[], period: string | null): Asking {
  const search = new URLSearchParams(asking.search);
  const put = [...asking.filters, ...filters];
  for (const filter of filters) {
    if (filter.kind !== 'one of') continue;
    search.set(filter.dimension, filter.values.map(filterValue).join(','));
  }
  const replaced = new Set(filters.map(({ dimension }) => dimension));
  const kept = put.filter((filter) => filters.includes(filter) || !replaced.has(filter.dimension));
  return { ...asking, period, filters: kept, search };
}

/** The days of the quarters that are over, as a period; null where none is. */
export function quartersOver(warehouse: Warehouse, { leads }: Accuracy, weeks: number): string | null {
  const over = leads
    .find((lead) => lead.weeks === weeks)!
    .quarters.filter(({ actual }) => actual !== null)
    .map(({ quarter }) => warehouse.periods.find(({ period }) => period === quarter)!);
  const [first, last] = [over[0], over.at(-1)];
  return first && last ? `${first.starts_on}..${addDays(last.ends_on, -1)}` : null;
}

/** What `open` names: everything, a group as `region:West`, deals `due`, or those of a `category:commit`. */
function readOpen(open: string) {
  const [name, ...rest] = open.split(':') as [string, ...string[]];
  const value = rest.length > 0 ? rest.join(':') : null;
  if (name === 'all' && value === null) return { kind: 'forecast', of: null } as const;
  if (name === 'due' && value === null) return { kind: 'due', of: null } as const;
  if (name === 'category' && value !== null)
    return { kind: 'due', of: { dimension: 'forecast_category', value } } as const;
  if (value !== null && forecastSplits.some(({ id }) => id === name))
    return { kind: 'forecast', of: { dimension: name, value } } as const;
  throw new BadRequest('open', `"${open}" is no figure of the page.`, ['all', 'due', 'category:commit']);
}

/**
 * The deals behind a figure, at the chosen lead time and over the quarters that are over; they add up to it. Null
 * where none is over, and for what was submitted, which names no deals. Throws BadRequest for what is no figure.
 */
export async function forecastBehind(
  warehouse: Warehouse,
  { kind: { id, measure }, weeks, asking }: ForecastChoice,
  open: string,
  over: string | null,
  scope: Scope,
): Promise<Behind | null> {
  const { kind, of } = readOpen(open);
  if ((kind === 'forecast' && id === 'submitted') || over === null) return null;
  const filters = [atLead(weeks), ...(of ? [only(of.dimension, of.value)] : [])];
  if (kind === 'due') filters.push(only('is_due', 'true'));
  const own = narrowed(asking, filters, over);
  const measures =
    kind === 'forecast' ? [measure, 'forecast_actual', `${measure}_deals`] : ['due_amount', 'due_deals'];
  const asStood = kind === 'due' ? ['forecast_category', 'stage'] : [];
  const by = ['deal_id', 'deal_name', 'account_name', 'rep_name', 'fiscal_quarter', 'became', ...asStood];
  const { rows, totals } = await answer(warehouse, requestOf(own, { measures, by }), scope);
  const [forecast, counted] =
    kind === 'forecast' ? [measure, `${measure}_deals`] : ['due_amount', 'due_deals'];
  const weight = (row: BehindDeal) => Math.abs(row.forecast - row.actual);
  const found = rows
    .filter((row) => Number(row[counted]) > 0)
    .map((row): BehindDeal => ({
      deal_id: String(row.deal_id),
      deal_name: String(row.deal_name ?? row.deal_id),
      account_name: row.account_name as string | null,
      rep_name: row.rep_name as string | null,
      quarter: String(row.fiscal_quarter),
      became: row.became as string | null,
      category: (row.forecast_category ?? null) as string | null,
      stage: (row.stage ?? null) as string | null,
      forecast: Number(row[forecast] ?? 0),
      actual: Number(row.forecast_actual ?? 0),
    }))
    .toSorted((a, b) => weight(b) - weight(a));
  return {
    ...{ kind, of, rows: found, asking: own, measures, by },
    deals: Number(totals[counted] ?? 0),
    forecast: Number(totals[forecast] ?? 0),
    actual: Number(totals.forecast_actual ?? 0),
  };
}
