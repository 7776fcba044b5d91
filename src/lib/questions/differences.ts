import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { answer } from '../metrics/answer.ts';
import type { Scope } from '../metrics/request.ts';
import { standOut, type Comparison, type GroupRate } from '../statistics/standOut.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { groupName, keysOf, splits } from './splits.ts';

/** The splits that the page looks at for who differs; the family over which false discoveries are held down. */
const looked = splits.filter(({ id }) => ['region', 'manager_id', 'rep_id', 'segment'].includes(id));

export interface Difference extends Comparison {
  /** Dollars that the gap comes to on the group's own list. */
  dollars: number;
}

/** Who gives away a larger or smaller share of list than the rest, among all that the page looks at. */
export async function differences(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Difference[]> {
  const measures = ['list_amount', 'discount', 'discount_rate_error', 'effective_deals', 'deals'];
  const groups = await Promise.all(
    looked.map(async (split) => {
      const { rows } = await answer(
        warehouse,
        requestOf(alone(asking), { measures, by: keysOf(split) }),
        scope,
      );
      return rows
        .filter((row) => row[split.id] !== null)
        .map((row): GroupRate => ({
          dimension: split.id,
          name: groupName(split, row),
          list: Number(row.list_amount ?? 0),
          discount: Number(row.discount ?? 0),
          error: typeof row.discount_rate_error === 'number' ? row.discount_rate_error : null,
          deals: Number(row.deals ?? 0),
          effective: Number(row.effective_deals ?? 0),
        }));
    }),
  );
  return standOut(groups.flat()).map((found) => ({ ...found, dollars: found.gap * found.list }));
}
