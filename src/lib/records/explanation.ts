import type { Explanation } from '../design/doors.ts';
import { count, rate } from '../design/formats.ts';
import { compileFor } from '../metrics/answer.ts';
import { measureById, type Request, type Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** What a measure means, and the SQL that a request asks for it with. */
export function explanationOf(
  warehouse: Warehouse,
  id: string,
  request: Request,
  scope: Scope,
  basis: { n: number; coverage: number | null },
): Explanation {
  const { label, definition, sql, source } = measureById.get(id)!;
  return {
    id,
    title: label,
    definition,
    formula: Object.values(sql)[0],
    sql: compileFor(warehouse, request, scope).sql.replace(/\s+/g, ' '),
    n: count(basis.n, 'deal'),
    coverage: basis.coverage === null ? undefined : `list price known for ${rate(basis.coverage, 0)} of net`,
    source,
  };
}
