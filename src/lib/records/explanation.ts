import type { Explanation } from '../design/doors.ts';
import { count, rate } from '../design/formats.ts';
import { compileFor } from '../metrics/answer.ts';
import { formulaOf } from '../metrics/formula.ts';
import { measureById, type Request, type Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** What a figure counts: deals, unless it says another noun. */
export interface Basis {
  n: number;
  coverage: number | null;
  one?: string;
}

/** What a measure means, and the SQL that a request asks for it with. */
export function explanationOf(
  warehouse: Warehouse,
  id: string,
  request: Request,
  scope: Scope,
  basis: Basis,
): Explanation {
  const { label, definition, sql, source } = measureById.get(id)!;
  const asked = compileFor(warehouse, request, scope);
  const values = Object.entries(asked.parameters).map(
    ([name, value]) => `$${name} = ${JSON.stringify(value)}`,
  );
  return {
    id,
    title: label,
    definition,
    formula: formulaOf(Object.values(sql)[0]!),
    sql: [asked.sql.replace(/\s+/g, ' '), ...values].join('\n'),
    n: count(basis.n, basis.one ?? 'deal'),
    coverage: basis.coverage === null ? undefined : `list price known for ${rate(basis.coverage, 0)} of net`,
    source,
  };
}
