import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { soldGroups, type SoldGroups } from './groups.ts';

export const purchases = ['new or risky', 'familiar and safe'] as const;
export const models = ['trusted_expert', 'divide_and_optimize'] as const;

/**
 * The selling model used against what the purchase is to the buyer (Boundy, "Trusted Advisors or Structured Sales: Pick
 * One"): a group for each of the four, and for each kind of purchase the fitting model against the other. Null where no
 * deal says both.
 */
export async function modelFit(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<SoldGroups | null> {
  const found = await soldGroups(
    warehouse,
    asking,
    scope,
    ['purchase', 'selling_model'],
    purchases.flatMap((purchase) => models.map((model) => `${purchase}|${model}`)),
    purchases.map((purchase, at) => ({
      id: `fit, ${purchase}`,
      one: [`${purchase}|${models[at]!}`],
      other: [`${purchase}|${models[1 - at]!}`],
    })),
  );
  return found.deals > 0 ? { ...found, groups: found.groups.filter(({ deals }) => deals > 0) } : null;
}
