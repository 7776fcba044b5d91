import { Bindings, type Parameters } from './conditions.ts';
import { groupedBy, type Part, partQueries, partsOf, type Spans } from './factQuery.ts';
import { measureById, type Request, type Scope } from './request.ts';

export type { Parameters, Spans };

export interface Compiled {
  sql: string;
  parameters: Parameters;
}

/** Name of a measure's column for the period compared with, and for the change since. */
export const beforeId = (id: string) => `${id}_before`;
export const changeId = (id: string) => `${id}_change`;

/** Brings the parts of an answer, and the period compared with, into one row a group. */
function merge(
  { by, measures }: Request,
  parts: Part[],
  queries: string[],
  compared: boolean,
  which: string[],
): string {
  const keys = [...by.map((_, index) => `key${index}`), ...which, 'is_total'];
  const values = measures.flatMap((id) => {
    const { fact } = parts.find(({ ids }) => ids.includes(id))!;
    // A count of no rows is 0, a sum of none is not known.
    const isCount = measureById.get(id)!.sql[fact]!.startsWith('count(');
    const value = (filter: string) =>
      isCount ? `coalesce(max("${id}") ${filter}, 0)` : `max("${id}") ${filter}`;
    return compared
      ? [
          `${value('filter (where not is_before)')} as "${id}"`,
          `${value('filter (where is_before)')} as "${beforeId(id)}"`,
        ]
      : [`${value('')} as "${id}"`];
  });
  const columns = [...keys, ...(compared ? ['is_before'] : []), ...measures.map((id) => `"${id}"`)];
  // A total there always is, even of nothing.
  const given = { is_total: 'true', is_before: 'false', grouped: String(groupedBy(by, [])) };
  const total = columns.map((name) => (given as Record<string, string>)[name] ?? 'null');
  return `select ${[...keys, ...values].join(', ')}
    from (${[...queries, `select ${total.join(', ')}`].join(' union all ')}) group by ${keys.join(', ')}`;
}

/**
 * Turns a request into one SQL statement with bound parameters. Rows come with `is_total` true for the one
 * that sums them all. Throws BadRequest for a measure that does not share a dimension asked for, by name. Several
 * `sets` of the request's keys are told from one reading, each row with `grouped` (see groupedBy).
 */
export function compile(
  request: Request,
  spans: Spans,
  scope: Scope,
  sets: string[][] = [request.by],
): Compiled {
  const bind = new Bindings();
  const compared = spans.before !== null && spans.now !== null;
  const parts = partsOf(request);
  const queries = parts.flatMap((part) => partQueries(part, request, sets, spans, scope, bind));
  const keys = request.by.map((id, index) => `key${index} as "${id}"`);
  const which = sets.length > 1 ? ['grouped'] : [];
  const names = request.measures.flatMap((id) => (compared ? [id, beforeId(id)] : [id]));
  const changes = compared
    ? request.measures.map((id) => `"${id}" - "${beforeId(id)}" as "${changeId(id)}"`)
    : [];
  const merged =
    queries.length === 1 && !compared ? queries[0]! : merge(request, parts, queries, compared, which);
  // A group in which nothing counts (only lost deals, when won ones are asked for) is no row of the answer.
  const counted = request.measures
    .flatMap((id) => (compared ? [id, beforeId(id)] : [id]).map((name) => ({ id, name })))
    .map(({ id, name }) =>
      measureById.get(id)!.format === 'count' ? `"${name}" > 0` : `"${name}" is not null`,
    )
    .join(' or ');
  const order = request.sort
    ? `"${request.sort.id}" ${request.sort.descending ? 'desc' : 'asc'} nulls last, `
    : '';
  const limit = request.limit === null ? '' : `limit ${request.limit + 1} offset ${request.offset}`;
  return {
    sql: `select ${[...keys, ...which, 'is_total', ...names.map((name) => `"${name}"`), ...changes].join(', ')}
      from (${merged})
      where is_total or ${counted}
      order by is_total desc, ${order}${[...request.by.map((_, index) => `key${index} nulls last`), '1'].join(', ')}
      ${limit}`,
    parameters: bind.values,
  };
}
