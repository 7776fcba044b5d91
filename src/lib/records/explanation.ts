import type { Explanation } from '../design/doors.ts';
import { count, rate } from '../design/formats.ts';
import { compileFor } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
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

/**
 * What a figure of several parts is made of: what its first measure means, what each other one does, and the SQL of
 * every request. A request that the filters can't be told of is in no part, and left out.
 */
export function explanationOfParts(
  warehouse: Warehouse,
  requests: readonly [Request, ...Request[]],
  scope: Scope,
  basis: Basis,
): Explanation {
  const explained = requests.flatMap((request) => {
    try {
      return explanationOf(warehouse, request.measures[0]!, request, scope, basis);
    } catch (error) {
      if (error instanceof BadRequest) return [];
      throw error;
    }
  });
  const [first] = explained;
  if (!first) throw new Error('Nothing of the figure can be asked for.');
  const parts = new Set(requests.flatMap(({ measures }) => measures).filter((id) => id !== first.id));
  return {
    ...first,
    sql: explained.map(({ sql }) => sql).join('\n\n'),
    notes: [...parts].map((id) => {
      const { label, definition } = measureById.get(id)!;
      return `${label}: ${definition}`;
    }),
  };
}
