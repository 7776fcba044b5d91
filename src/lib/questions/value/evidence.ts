import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { soldGroups, type SoldGroups } from './groups.ts';

const grades = ['customer_confirmed', 'rep_estimated', 'not said', 'none'];
const there = grades.slice(0, 3);

/**
 * How deals with value on record by their close were priced and won, and those without; null where one of the two is
 * missing. Value recorded only after the close is left out: it can't have helped.
 */
export async function evidence(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<SoldGroups | null> {
  const found = await soldGroups(warehouse, asking, scope, ['value_evidence'], grades, [
    { id: 'value', one: there, other: ['none'] },
  ]);
  const recorded = found.groups.some(({ id, deals }) => id !== 'none' && deals > 0);
  return recorded ? { ...found, groups: found.groups.filter(({ deals }) => deals > 0) } : null;
}
