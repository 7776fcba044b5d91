import { answer, compileFor, type Answer } from '../metrics/answer.ts';
import type { Request, Scope } from '../metrics/request.ts';
import type { Parameters, Warehouse } from '../warehouse/warehouse.ts';

/** The request up to the last row asked for; the rows before the first are left out of its answer. */
const upToLast = (request: Request): Request => ({
  ...request,
  limit: request.limit === null ? null : request.offset + request.limit,
  offset: 0,
});

/**
 * The part of an answer's rows that `limit` and `offset` ask for. Totals are of everything asked for, on
 * every part the same.
 */
export async function answerSlice(warehouse: Warehouse, request: Request, scope: Scope): Promise<Answer> {
  const whole = await answer(warehouse, upToLast(request), scope);
  return request.by.length === 0 ? whole : { ...whole, rows: whole.rows.slice(request.offset) };
}

/** The SQL of the same rows without their totals, as files are written from. */
export function sliceQuery(
  warehouse: Warehouse,
  request: Request,
  scope: Scope,
): { sql: string; parameters: Parameters } {
  const { sql, parameters } = compileFor(warehouse, upToLast(request), scope);
  const rows = request.by.length === 0 ? '' : `where not is_total offset ${Number(request.offset)}`;
  return { sql: `select * exclude (is_total) from (${sql}) ${rows}`, parameters };
}

/** How many rows the answer has without `limit` and `offset`. */
export async function countRows(warehouse: Warehouse, request: Request, scope: Scope): Promise<number> {
  const { sql, parameters } = sliceQuery(
    warehouse,
    { ...request, limit: null, offset: 0, sort: null },
    scope,
  );
  return warehouse.remember(`count ${JSON.stringify([request, scope])}`, async () => {
    const [row] = await warehouse.rows<{ count: number }>(
      `select count(*) as count from (${sql})`,
      parameters,
    );
    return row?.count ?? 0;
  });
}
