import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Whether a discount of exactly the limit may be granted, from the configuration that the build was made with. */
export function limitIsAllowed(warehouse: Warehouse): boolean {
  const { limitInclusive } = JSON.parse(warehouse.build.configuration) as { limitInclusive?: boolean };
  return limitInclusive ?? true;
}
