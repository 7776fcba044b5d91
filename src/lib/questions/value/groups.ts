import type { Asking } from '../../asking/asking.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import { loadedTables } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, only } from './asked.ts';
import { compareOutcomes, outcomeOf, type Basis, type Compared, type Outcome } from './comparison.ts';

/** A group of deals by what is known of how they were sold. */
export interface SoldGroup extends Outcome {
  id: string;
  /** Open, won and lost. */
  deals: number;
  net: number;
}

export interface SoldGroups {
  groups: SoldGroup[];
  /** Deals of all groups. */
  deals: number;
  net: number;
  compared: Compared[];
}

/** What discounts and wins are compared on, by what the source tells apart. */
export async function basisOfOutcomes(warehouse: Warehouse): Promise<Basis> {
  const tables = await loadedTables(warehouse);
  const known = (table: string, column: string) => tables.get(table)?.known[column] ?? 0;
  return {
    discounts: known('deal_line', 'discount_kind') > 0 ? 'discretionary' : 'all',
    withoutRenewals: known('deal', 'type') + known('deal_line', 'deal_type') > 0,
  };
}

/** Any deal, whatever became of it. */
const any = only('is_closed', ['true', 'false', '']);

async function groupOf(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  { id, where }: { id: string; where: Filter[] },
  basis: Basis,
): Promise<SoldGroup> {
  const [sizes, outcome] = await Promise.all([
    ask(warehouse, asking, scope, { measures: ['deals', 'net_amount'] }, [...where, any]),
    outcomeOf(warehouse, asking, scope, where, basis),
  ]);
  const deals = numberIn(sizes.totals, 'deals') ?? 0;
  return { id, deals, net: numberIn(sizes.totals, 'net_amount') ?? 0, ...outcome };
}

/** Groups of deals with their discount and wins, and the comparisons asked for: `one` against `other`, each by name. */
export async function soldGroups(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  shown: { id: string; where: Filter[] }[],
  comparisons: { id: string; one: Filter[]; other: Filter[] }[],
): Promise<SoldGroups> {
  const basis = await basisOfOutcomes(warehouse);
  const [groups, compared] = await Promise.all([
    Promise.all(shown.map((group) => groupOf(warehouse, asking, scope, group, basis))),
    Promise.all(
      comparisons.map(async ({ id, one, other }) =>
        compareOutcomes(
          warehouse,
          id,
          ...(await Promise.all([
            outcomeOf(warehouse, asking, scope, one, basis),
            outcomeOf(warehouse, asking, scope, other, basis),
          ])),
        ),
      ),
    ),
  ]);
  const sum = (amount: (group: SoldGroup) => number) =>
    groups.reduce((total, group) => total + amount(group), 0);
  return { groups, compared: compared.flat(), deals: sum(({ deals }) => deals), net: sum(({ net }) => net) };
}
