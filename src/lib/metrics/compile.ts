import { repSeen, unowned } from '../access/scope.ts';
import { BadRequest } from './badRequest.ts';
import type { Dimension, FactId, Measure } from './definition.ts';
import { amountColumn, dealParts, facts } from './facts.ts';
import { dimensionById, measureById, type Filter, type Request, type Scope } from './request.ts';
import type { Span } from './span.ts';

export type Parameters = Record<string, string | number | boolean | null>;

export interface Spans {
  now: Span | null;
  before: Span | null;
}

export interface Compiled {
  sql: string;
  parameters: Parameters;
}

/** Name of a measure's column for the period compared with, and for the change since. */
export const beforeId = (id: string) => `${id}_before`;
export const changeId = (id: string) => `${id}_change`;

function sqlOf(dimension: Dimension, of: FactId, hierarchy: Request['hierarchy']): string | undefined {
  const fact = of === 'deal_part' ? 'deal_line' : of;
  return (hierarchy === 'today' ? dimension.today?.[fact] : undefined) ?? dimension.sql[fact];
}

/** Values are bound, never written into the text. */
class Bindings {
  readonly values: Parameters = {};
  private count = 0;

  add(value: Parameters[string]): string {
    const name = `p${this.count}`;
    this.count += 1;
    this.values[name] = value;
    return `$${name}`;
  }
}

const cast = { text: 'varchar', date: 'date', number: 'double', boolean: 'boolean' };

function condition(filter: Filter, fact: FactId, hierarchy: Request['hierarchy'], bind: Bindings): string {
  const dimension = dimensionById.get(filter.dimension)!;
  const column = sqlOf(dimension, fact, hierarchy)!;
  const type = cast[dimension.type];
  let test: string;
  if (filter.kind === 'between') {
    const ends = [
      filter.from === null ? [] : [`${column} >= ${bind.add(filter.from)}::${type}`],
      filter.to === null ? [] : [`${column} <= ${bind.add(filter.to)}::${type}`],
    ].flat();
    test = ends.join(' and ') || 'true';
  } else {
    const named = filter.values.filter((value) => value !== '');
    const members = named.map((value) => `${bind.add(value)}::${type}`);
    const among = dimension.filterOnly
      ? members.map((member) => `list_contains(${column}, ${member})`)
      : members.length > 0
        ? [`${column} in (${members.join(', ')})`]
        : [];
    const unknown = filter.values.includes('') ? [`${column} is null`] : [];
    test = [...among, ...unknown].join(' or ') || 'false';
  }
  return filter.not ? `not coalesce(${test}, false)` : `(${test})`;
}

function within(span: Span, column: string, bind: Bindings): string {
  const ends = [
    span.from === null ? [] : [`${column} >= ${bind.add(span.from)}::date`],
    span.to === null ? [] : [`${column} < ${bind.add(span.to)}::date`],
  ].flat();
  return ends.length > 0 ? ends.join(' and ') : 'true';
}

const populations: Record<string, string> = {
  won: 'is_won',
  closed: 'is_closed',
  open: 'not is_closed',
  all: 'true',
};

/**
 * The rows that all of these templates count, where they count the same: what none counts needs no reading. Groups
 * without such a row are no part of the answer anyway.
 */
function populationOf(templates: string[], lifted: boolean): string {
  const named = new Set(
    templates.flatMap((sql) => [...sql.matchAll(/\{(won|closed|open|all)\b/g)].map(([, name]) => name!)),
  );
  const [only, another] = named;
  if (only === undefined || another !== undefined || (lifted && only !== 'closed')) return 'true';
  return populations[only]!;
}

/** Days of either span; those between two that touch are none, and one stretch is quicker to look up than two. */
function withinEither(now: Span, before: Span, column: string, bind: Bindings): string {
  const whole: Span = { from: before.from, to: now.to, period: null };
  if (before.to !== null && before.to === now.from) return within(whole, column, bind);
  return `((${within(now, column, bind)}) or (${within(before, column, bind)}))`;
}

/** Fills a measure's template: which rows, and which columns in the chosen rate set. */
function fill(template: string, fact: FactId, request: Request, lifted: boolean, inSpan: string): string {
  return template
    .replace(/\{(won|closed|open|all)(?: and ([^}]+))?\}/g, (_, population: string, also?: string) => {
      const tests = [
        lifted && population !== 'closed' ? 'true' : populations[population]!,
        also ?? 'true',
        inSpan,
      ].filter((test) => test !== 'true');
      return tests.length > 0 ? `filter (where ${tests.join(' and ')})` : '';
    })
    .replace(/\{(discount|list|net|uplift|cost|given)\}/g, (_, name: string) =>
      amountColumn(
        fact,
        { list: 'list_amount', net: 'net_amount', cost: 'cost_amount' }[name] ?? name,
        request.rates,
      ),
    );
}

/** The fact that answers a measure: the first that has every dimension asked for. */
function factFor(measure: Measure, request: Request): FactId {
  const asked = [...request.by, ...request.filters.map((filter) => filter.dimension)].map((id) =>
    dimensionById.get(id)!,
  );
  const lineByLine =
    !measure.countsDeals && (request.rates === 'actual' || asked.some((dimension) => dimension.byLine));
  const candidates = (Object.keys(facts) as FactId[]).filter((fact) => measure.sql[fact] !== undefined);
  const fitting = candidates.filter((fact) =>
    asked.every((dimension) => sqlOf(dimension, fact, request.hierarchy)),
  );
  const best =
    (lineByLine && fitting.find((fact) => fact === 'deal_line' || fact === 'deal_part')) || fitting[0];
  if (best) return best;
  const missing = asked.find((dimension) =>
    candidates.every((fact) => !sqlOf(dimension, fact, request.hierarchy)),
  );
  throw new BadRequest(
    'measures',
    missing
      ? `"${measure.id}" is not known by "${missing.id}".`
      : `"${measure.id}" is not known by all of ${asked.map(({ id }) => id).join(', ')} at once.`,
  );
}

/** What of a fact the reader sees: rows that name no person are for those who see everything. */
function scopeCondition(scope: Scope, fact: FactId, bind: Bindings): string {
  const rep = sqlOf(dimensionById.get('rep_id')!, fact, 'as_closed');
  const { test, parameters } = rep ? repSeen(scope, rep) : unowned(scope);
  Object.assign(bind.values, parameters);
  return test;
}

function factQuery(
  fact: FactId,
  ids: string[],
  all: string[],
  request: Request,
  spans: Spans,
  scope: Scope,
  bind: Bindings,
) {
  const { table, date } = facts[fact];
  const lifted = request.filters.some((filter) => dimensionById.get(filter.dimension)?.decidesPopulation);
  const keys = request.by.map(
    (id, index) => `${sqlOf(dimensionById.get(id)!, fact, request.hierarchy)} as key${index}`,
  );
  const templates = ids.map((id) => measureById.get(id)!.sql[fact]!);
  const now = spans.now ? within(spans.now, date, bind) : 'true';
  const before = spans.before ? within(spans.before, date, bind) : null;
  const tests = [
    ...request.filters.map((filter) => condition(filter, fact, request.hierarchy, bind)),
    scopeCondition(scope, fact, bind),
    // A deal's parts are summed first, and even none of them give a total.
    fact === 'deal_part' ? 'true' : populationOf(templates, lifted),
    spans.now && spans.before ? withinEither(spans.now, spans.before, date, bind) : now,
  ].filter((test) => test !== 'true');
  const values = all.flatMap((id) => {
    const template = ids.includes(id) ? measureById.get(id)!.sql[fact]! : null;
    const value = (inSpan: string) => (template ? fill(template, fact, request, lifted, inSpan) : 'null');
    const current = `${value(before === null ? 'true' : now)} as "${id}"`;
    return spans.before ? [current, `${value(before ?? 'false')} as "${beforeId(id)}"`] : [current];
  });
  const where = tests.length > 0 ? `where ${tests.join(' and ')}` : '';
  const named = keys.map((_, index) => `key${index}`);
  // Keys are worked out below the grouping, so that a group's name and the grouping sets mean the same.
  const rows = `(select *${keys.length > 0 ? `, ${keys.join(', ')}` : ''} from ${table}) ${where}`;
  if (fact === 'deal_part')
    return `select ${[...named, 'is_total', ...values].join(', ')}
      from ${dealParts(rows, named, request.rates)} group by ${[...named, 'is_total'].join(', ')}`;
  const grouping = keys.length > 0 ? `group by grouping sets ((${named.join(', ')}), ())` : '';
  const isTotal = keys.length > 0 ? `grouping(key0) = 1` : 'true';
  return `select ${[...named, `${isTotal} as is_total`, ...values].join(', ')} from ${rows} ${grouping}`;
}

/**
 * Turns a request into one SQL statement with bound parameters. Rows come with `is_total` true for the one
 * that sums them all. Throws BadRequest for a measure that does not share a dimension asked for, by name.
 */
export function compile(request: Request, spans: Spans, scope: Scope): Compiled {
  const bind = new Bindings();
  const byFact = new Map<FactId, string[]>();
  for (const id of request.measures) {
    const fact = factFor(measureById.get(id)!, request);
    byFact.set(fact, [...(byFact.get(fact) ?? []), id]);
  }
  const queries = [...byFact].map(([fact, ids]) =>
    factQuery(fact, ids, request.measures, request, spans, scope, bind),
  );
  const keys = request.by.map((id, index) => `key${index} as "${id}"`);
  const names = request.measures.flatMap((id) => (spans.before ? [id, beforeId(id)] : [id]));
  const changes = spans.before
    ? request.measures.map((id) => `"${id}" - "${beforeId(id)}" as "${changeId(id)}"`)
    : [];
  const merged =
    queries.length === 1
      ? queries[0]!
      : `select ${[...request.by.map((_, index) => `key${index}`), 'is_total', ...names.map((name) => `max("${name}") as "${name}"`)].join(', ')}
         from (${queries.join(' union all ')}) group by ${[...request.by.map((_, index) => `key${index}`), 'is_total'].join(', ')}`;
  // A group in which nothing counts (only lost deals, when won ones are asked for) is no row of the answer.
  const counted = request.measures
    .flatMap((id) => (spans.before ? [id, beforeId(id)] : [id]).map((name) => ({ id, name })))
    .map(({ id, name }) =>
      measureById.get(id)!.format === 'count' ? `"${name}" > 0` : `"${name}" is not null`,
    )
    .join(' or ');
  const order = request.sort
    ? `"${request.sort.id}" ${request.sort.descending ? 'desc' : 'asc'} nulls last, `
    : '';
  const limit = request.limit === null ? '' : `limit ${request.limit + 1} offset ${request.offset}`;
  return {
    sql: `select ${[...keys, 'is_total', ...names.map((name) => `"${name}"`), ...changes].join(', ')}
      from (${merged})
      where is_total or ${counted}
      order by is_total desc, ${order}${[...request.by.map((_, index) => `key${index} nulls last`), '1'].join(', ')}
      ${limit}`,
    parameters: bind.values,
  };
}
