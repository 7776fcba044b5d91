import { unowned, type Scope } from '../access/scope.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A figure that the build holds already: what takes a method, or a maturity indicator's. */
export interface BuiltFigure {
  quarter: string;
  /** Null where the data can't tell. */
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
}

/**
 * Figures of the whole company by quarter, the latest first, as the build worked them out; of whoever does not see
 * everything none. Names are those of `core.method_figure` and of the maturity indicators' figures.
 */
export async function builtFigures(
  warehouse: Warehouse,
  names: readonly string[],
  scope: Scope,
): Promise<Map<string, BuiltFigure[]>> {
  const seen = unowned(scope);
  const rows = await warehouse.remember(`built figures ${JSON.stringify([names, scope])}`, () =>
    warehouse.rows<BuiltFigure & { figure: string }>(
      `select figure, fiscal_quarter as quarter, value, low, high, n
       from (
         select distinct figure, fiscal_quarter, value, low, high, n from marts.fact_indicator where scope_kind = 'company'
         union
         select figure, fiscal_quarter, value, low, high, n from core.method_figure where scope_kind = 'company'
       )
       join core.maturity_quarter using (fiscal_quarter)
       where figure in (select unnest(from_json($names::varchar, '["VARCHAR"]'))) and ${seen.test}
       order by starts_on desc`,
      { names: JSON.stringify(names), ...seen.parameters },
    ),
  );
  const found = new Map<string, BuiltFigure[]>();
  for (const { figure, ...row } of rows) found.set(figure, [...(found.get(figure) ?? []), row]);
  return found;
}
