import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { loadedTables } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, only } from './asked.ts';
import {
  compareOutcomes,
  groupId,
  outcomesOf,
  type Basis,
  type Compared,
  type Outcome,
} from './comparison.ts';

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

/** One group of deals, or several as one, against another, by the groups' ids. */
export interface Against {
  id: string;
  one: string[];
  other: string[];
}

/**
 * Deals by one dimension or several, the values joined by `|` as ids, with their discount and wins, and the comparisons
 * asked for; only groups of one dimension may be taken together.
 */
export async function soldGroups(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  by: string[],
  shown: readonly string[],
  comparisons: Against[],
): Promise<SoldGroups> {
  const basis = await basisOfOutcomes(warehouse);
  const known = by.map((id) => only(id, [''], true));
  const [sizes, outcomes] = await Promise.all([
    ask(warehouse, asking, scope, { measures: ['deals', 'net_amount'], by }, [...known, any]),
    outcomesOf(warehouse, asking, scope, known, basis, by),
  ]);
  const together = async (ids: string[]): Promise<Outcome> =>
    ids.length === 1
      ? outcomes.of(ids[0]!)
      : (await outcomesOf(warehouse, asking, scope, [only(by[0]!, ids)], basis)).all;
  const compared = await Promise.all(
    comparisons.map(async ({ id, one, other }) =>
      compareOutcomes(warehouse, id, ...(await Promise.all([together(one), together(other)]))),
    ),
  );
  const groups = shown.map((id): SoldGroup => {
    const size = sizes.rows.find((row) => groupId(row, by) === id) ?? {};
    const deals = numberIn(size, 'deals') ?? 0;
    return { id, deals, net: numberIn(size, 'net_amount') ?? 0, ...outcomes.of(id) };
  });
  const sum = (amount: (group: SoldGroup) => number) =>
    groups.reduce((total, group) => total + amount(group), 0);
  return {
    ...{ groups, compared: compared.flat() },
    deals: sum(({ deals }) => deals),
    net: sum(({ net }) => net),
  };
}
