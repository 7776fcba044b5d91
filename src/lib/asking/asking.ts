import { BadRequest } from '../metrics/badRequest.ts';
import { dimensionById, parseFilters, plainRequest, type Filter, type Request } from '../metrics/request.ts';
import { comparisonSpan, readSpan, type Span } from '../metrics/span.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { standardPeriod } from './standardPeriod.ts';

/** What the reader asks about, on any page: read from the URL, with the defaults for what it leaves out. */
export interface Asking {
  /** Null asks about all there is. */
  period: string | null;
  /** Null compares with nothing. */
  compare: string | null;
  rates: Request['rates'];
  hierarchy: Request['hierarchy'];
  credit: Request['credit'];
  filters: Filter[];
  span: Span | null;
  before: Span | null;
  /** The period is not over yet, by the day of the newest export. */
  isOpen: boolean;
  /** The URL's parameters as chosen, defaults left out. */
  search: URLSearchParams;
  /** The period that need not be named in the address. */
  standard?: string | null;
}

/** Parameters that a page keeps for itself: how it is laid out, not what is asked. */
const ofPages = [
  'by',
  'sort',
  'kinds',
  'page',
  'bridge',
  'basis',
  'budget',
  'bar',
  'approver',
  'show',
  'open',
  'weeks',
  'forecast',
  'unit',
  'against',
  'discounts',
  'concentrated',
  'expense',
  'at_stage',
  'band_from',
  'band_to',
  'cycle',
  'limit_of',
  'limit_rate',
  'limit_amount',
  'new_sales',
  'features',
  'late',
  'percentile',
  'lost',
  'anticipation',
  'outcome',
  'q',
  'whole',
  'limit',
  'offset',
  'measures',
  'format',
];
const ofAsking = ['period', 'compare', 'rates', 'hierarchy', 'credit'];
const settings = new Set([...ofPages, ...ofAsking]);

function choice<Value extends string>(
  search: URLSearchParams,
  name: string,
  choices: readonly Value[],
): Value {
  const value = search.get(name) ?? choices[0]!;
  if (!choices.includes(value as Value))
    throw new BadRequest(name, `"${value}" is not one of the choices.`, choices);
  return value as Value;
}

/**
 * Reads the asking from a page's URL. `period=all` asks about everything; `compare=none` compares with
 * nothing. A page whose question takes more than a quarter says its own standard period. Throws BadRequest
 * naming the parameter that can't be read.
 */
export async function readAsking(
  search: URLSearchParams,
  warehouse: Warehouse,
  ownStandard?: string,
): Promise<Asking> {
  const standard = ownStandard ?? (await standardPeriod(warehouse));
  const period = search.get('period') ?? standard;
  const span = period === null || period === 'all' ? null : readSpan(period, warehouse.periods, 'period');
  const isOpen = span?.to != null && span.to > warehouse.build.data_on;
  // A period under way is not compared with a whole one unless someone asks for it.
  const compare = search.get('compare') ?? (isOpen ? 'none' : 'previous');
  const compared = compare === 'none' || span === null ? null : compare;
  const open = span !== null && (span.from === null || span.to === null);
  const before =
    compared === null || span === null || open ? null : comparisonSpan(compared, span, warehouse.periods);
  return {
    period: span === null ? null : period,
    compare: before === null ? null : compared,
    rates: choice(search, 'rates', ['plan', 'actual']),
    hierarchy: choice(search, 'hierarchy', ['as_closed', 'today']),
    credit: choice(search, 'credit', ['owner', 'splits']),
    filters: parseFilters(search, settings),
    span,
    before,
    isOpen,
    search,
    standard,
  };
}

type Question = Pick<Request, 'measures'> & Partial<Request>;

/** A request to the semantic layer for what is asked; parts of `question` win over the asking's. */
export function requestOf(asking: Asking, question: Question): Request {
  const { period, compare, rates, hierarchy, credit, filters } = asking;
  return plainRequest({ period, compare, rates, hierarchy, credit, filters, ...question });
}

/** The same asking without its comparison. */
export const alone = (asking: Asking): Asking => ({ ...asking, compare: null, before: null });

/** The asking narrowed to values of a dimension; as it is where it says something of the dimension already. */
export function narrowedTo(asking: Asking, dimension: string, values: string[]): Asking {
  if (asking.filters.some((filter) => filter.dimension === dimension)) return asking;
  const search = new URLSearchParams(asking.search);
  search.set(dimension, values.join(','));
  return {
    ...asking,
    search,
    filters: [...asking.filters, { dimension, not: false, kind: 'one of', values }],
  };
}

/** Parameters of the asking alone, as they stand in the URL, to go along from page to page. */
export function askedSearch(asking: Asking): URLSearchParams {
  const kept = new URLSearchParams();
  for (const [name, value] of asking.search) if (!ofPages.includes(name)) kept.append(name, value);
  return kept;
}

/** A value as it stands in a list of values in an address. */
export const escaped = (value: string) => value.replaceAll(',', '\\,');

/**
 * The URL of the deals behind a figure: the asking, narrowed by further values. The period is written out, so
 * that the link means the same when another quarter has become the default.
 */
export function dealsHref(
  asking: Asking,
  narrower: Record<string, string | readonly string[] | null> = {},
): string {
  const search = askedSearch(asking);
  search.delete('compare');
  search.set('period', asking.period ?? 'all');
  for (const [name, value] of Object.entries(narrower)) {
    const values = value === null ? [] : [value].flat();
    if (name === 'period' && value !== null) search.set(name, values.join());
    else if (dimensionById.has(name)) search.set(name, values.map(escaped).join(','));
  }
  return `/deals?${search}`;
}

/** The URL that downloads what a request answers. */
export function downloadHref(
  asking: Asking,
  question: { measures: string[]; by?: string[] },
  format: string,
): string {
  const search = askedSearch(asking);
  if (asking.period !== null) search.set('period', asking.period);
  else search.delete('period');
  if (asking.compare !== null) search.set('compare', asking.compare);
  else search.delete('compare');
  search.set('measures', question.measures.join(','));
  if (question.by?.length) search.set('by', question.by.join(','));
  search.set('format', format);
  return `/api/query?${search}`;
}

const files = [
  ['csv', 'CSV'],
  ['xlsx', 'Excel'],
  ['parquet', 'Parquet'],
] as const;

/** The ways to take an answer away as a file. */
export function downloadDoors(
  asking: Asking,
  question: { measures: string[]; by?: string[] },
): { label: string; href: string }[] {
  return files.map(([format, label]) => ({ label, href: downloadHref(asking, question, format) }));
}
