import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Part } from '../../statistics/concentration.ts';
import type { UnitSums } from '../../statistics/concentrationOfSums.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';
import type { ConcentrationUnit } from './units.ts';

/** A unit's deals, summed, with what it is called. */
export interface NamedSums extends UnitSums {
  name: string;
}

/** Which discounts are told: those that someone decided, or all where the exports don't say which these are. */
export type Kinds = 'discretionary' | 'all';

interface Asked {
  sql: string;
  parameters: Parameters;
}

/** Won deals with list known, one row a deal and unit: `unit`, `name`, `share` (list) and `amount` (discount). */
function dealsOf(
  warehouse: Warehouse,
  asking: Asking,
  kind: ConcentrationUnit,
  kinds: Kinds,
  scope: Scope,
): Asked {
  const only = {
    ...{ dimension: 'discount_kind', not: false },
    ...{ kind: 'one of' as const, values: ['discretionary'] },
  };
  const { sql, parameters } = compileFor(
    warehouse,
    requestOf(alone(asking), {
      measures: ['list_amount', 'discount'],
      by: [...new Set(['deal_id', kind.key, kind.name])],
      filters: [...asking.filters, ...(kinds === 'discretionary' ? [only] : [])],
      // An exchange rate is nobody's discount.
      rates: 'plan',
    }),
    scope,
  );
  return {
    sql: `select deal_id, ${kind.key}::varchar as unit, ${kind.name}::varchar as name,
        list_amount::decimal(28, 4) as share, discount::decimal(28, 4) as amount
      from (${sql}) asked
      where not is_total and ${kind.key} is not null and list_amount > 0`,
    parameters,
  };
}

/** Deals summed by unit, exactly. */
export function unitSums(
  warehouse: Warehouse,
  asking: Asking,
  kind: ConcentrationUnit,
  kinds: Kinds,
  scope: Scope,
): Promise<NamedSums[]> {
  const deals = dealsOf(warehouse, asking, kind, kinds, scope);
  return warehouse.rows<NamedSums>(
    `select unit, any_value(name order by name) as name, count(distinct deal_id) as parts,
       sum(share) as share, sum(amount) as amount, sum(share * share) as "shareSquares",
       sum(amount * amount) as "amountSquares", sum(share * amount) as products
     from (${deals.sql}) group by unit order by unit`,
    deals.parameters,
  );
}

/** The same deals one by one, always in the same order. */
export function unitParts(
  warehouse: Warehouse,
  asking: Asking,
  kind: ConcentrationUnit,
  kinds: Kinds,
  scope: Scope,
): Promise<Part[]> {
  const deals = dealsOf(warehouse, asking, kind, kinds, scope);
  return warehouse.rows<Part & { deal_id: string }>(
    `select unit, deal_id, share::double as share, amount::double as amount from (${deals.sql}) order by all`,
    deals.parameters,
  );
}
