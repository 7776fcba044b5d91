import { BadRequest } from './badRequest.ts';
import type { Dimension, Measure } from './definition.ts';
import { dimensions } from './dimensions.ts';
import { measures } from './measures.ts';
import { isDate } from './span.ts';

export type Filter = { dimension: string; not: boolean } & (
  { kind: 'one of'; values: string[] } | { kind: 'between'; from: string | null; to: string | null }
);

/** One request to the semantic layer, as asked: spans are resolved against the build's calendar later. */
export interface Request {
  measures: string[];
  by: string[];
  filters: Filter[];
  /** `2026-Q3`, `2026`, `2026-M08`, `2025-02-01..2026-01-31`, or null for all there is. */
  period: string | null;
  /** `previous`, `year_ago`, a span, or null. */
  compare: string | null;
  rates: 'plan' | 'actual';
  hierarchy: 'as_closed' | 'today';
  /** Who a deal counts for by rep: its owner, or those who share its revenue, by their splits. */
  credit: 'owner' | 'splits';
  sort: { id: string; descending: boolean } | null;
  limit: number | null;
  offset: number;
}

export { everything, type Scope } from '../access/scope.ts';

type Question = Pick<Request, 'measures'> & Partial<Request>;

/** A request for these measures over all there is, as booked and planned, but for what the question says. */
export const plainRequest = (question: Question): Request => ({
  by: [],
  filters: [],
  period: null,
  compare: null,
  rates: 'plan',
  hierarchy: 'as_closed',
  credit: 'owner',
  sort: null,
  limit: null,
  offset: 0,
  ...question,
});

export const measureById: ReadonlyMap<string, Measure> = new Map(
  measures.map((measure) => [measure.id, measure]),
);
export const dimensionById: ReadonlyMap<string, Dimension> = new Map(
  dimensions.map((dimension) => [dimension.id, dimension]),
);

const settings = new Set([
  'measures',
  'by',
  'period',
  'compare',
  'rates',
  'hierarchy',
  'credit',
  'sort',
  'limit',
  'offset',
  'format',
]);

const listed = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function known<Thing>(parameter: string, ids: string[], catalogue: ReadonlyMap<string, Thing>): string[] {
  for (const id of ids)
    if (!catalogue.has(id)) throw new BadRequest(parameter, `"${id}" is not known.`, [...catalogue.keys()]);
  return [...new Set(ids)];
}

function oneOf<Choice extends string>(search: URLSearchParams, parameter: string, choices: Choice[]): Choice {
  const value = search.get(parameter) ?? choices[0]!;
  if (!choices.includes(value as Choice))
    throw new BadRequest(parameter, `"${value}" is not one of the choices.`, choices);
  return value as Choice;
}

function wholeNumber(search: URLSearchParams, parameter: string): number | null {
  const text = search.get(parameter);
  if (text === null) return null;
  if (!/^\d{1,9}$/.test(text)) throw new BadRequest(parameter, `"${text}" is not a whole number.`);
  return Number(text);
}

/**
 * One filter from `name=value`: several values are joined by commas, a span is `FROM..TO`, and a name that
 * ends in `!` turns it round. A comma that belongs to a value is written `\,`; an empty value means unknown.
 */
function parseFilter(name: string, text: string): Filter {
  const not = name.endsWith('!');
  const dimension = dimensionById.get(not ? name.slice(0, -1) : name);
  if (!dimension)
    throw new BadRequest(name, `"${name}" is neither a dimension nor a setting.`, [
      ...settings,
      ...dimensionById.keys(),
    ]);
  const span = /^(.*?)\.\.(.*)$/.exec(text);
  if (span && dimension.type !== 'text') {
    const [from, to] = [span[1] || null, span[2] || null];
    for (const end of [from, to]) if (end !== null) checkValue(dimension, name, end);
    return { dimension: dimension.id, not, kind: 'between', from, to };
  }
  const values = text.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ','));
  for (const value of values) if (value !== '') checkValue(dimension, name, value);
  return { dimension: dimension.id, not, kind: 'one of', values };
}

function checkValue(dimension: Dimension, parameter: string, value: string): void {
  const fits = {
    text: () => true,
    date: () => isDate(value),
    number: () => /^-?\d{1,15}(\.\d{1,6})?$/.test(value),
    boolean: () => ['true', 'false'].includes(value),
  }[dimension.type]();
  const allowed = { text: [], date: ['2026-01-31'], number: ['2026'], boolean: ['true', 'false'] }[
    dimension.type
  ];
  if (!fits) throw new BadRequest(parameter, `"${value}" is not a ${dimension.type}.`, allowed);
}

/** The filters among a page's or a request's parameters. Throws BadRequest for a name that is not known. */
export function parseFilters(search: URLSearchParams, others: ReadonlySet<string> = settings): Filter[] {
  return [...search].flatMap(([name, text]) => (others.has(name) ? [] : [parseFilter(name, text)]));
}

/** Reads a request from URL parameters: the one grammar of the HTTP API, the command line and the pages. */
export function parseRequest(search: URLSearchParams): Request {
  const asked = known('measures', listed(search.get('measures')), measureById);
  if (asked.length === 0)
    throw new BadRequest('measures', 'Say which measures you want.', [...measureById.keys()]);
  const by = known('by', listed(search.get('by')), dimensionById);
  for (const id of by)
    if (dimensionById.get(id)?.filterOnly)
      throw new BadRequest('by', `"${id}" can only be filtered by: it would count a deal more than once.`);
  const sort = search.get('sort');
  const sortId = sort?.replace(/^-/, '');
  if (sortId && ![...asked, ...by].includes(sortId))
    throw new BadRequest('sort', `"${sortId}" is not among what is asked for.`, [...by, ...asked]);
  const compare = search.get('compare');
  if (
    compare !== null &&
    !['none', 'previous', 'year_ago'].includes(compare) &&
    !compare.includes('..') &&
    !/^\d{4}/.test(compare)
  )
    throw new BadRequest('compare', `"${compare}" is not a comparison.`, [
      'none',
      'previous',
      'year_ago',
      'FROM..TO',
    ]);
  return {
    measures: asked,
    by,
    filters: parseFilters(search),
    period: search.get('period'),
    compare: compare === 'none' ? null : compare,
    rates: oneOf(search, 'rates', ['plan', 'actual']),
    hierarchy: oneOf(search, 'hierarchy', ['as_closed', 'today']),
    credit: oneOf(search, 'credit', ['owner', 'splits']),
    sort: sortId ? { id: sortId, descending: sort!.startsWith('-') } : null,
    limit: wholeNumber(search, 'limit'),
    offset: wholeNumber(search, 'offset') ?? 0,
  };
}
