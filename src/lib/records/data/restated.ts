import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { isOfEarlierVersion } from '../refusal.ts';

/** What a later export changed of a fiscal quarter that was over, by cause; sums in the reporting currency. */
export interface Restated {
  fiscal_quarter: string;
  /** The day of the export that changed it. */
  exported_on: string;
  cause: string;
  deals: number;
  net_before: number;
  net_after: number;
  net_change: number;
  list_change: number;
  discount_change: number;
}

const change = (name: string) => `coalesce(${name}_after_base, 0) - coalesce(${name}_before_base, 0)`;

/** The past as it was told before: what exports changed of quarters that were over, the last exported first. */
export async function restated(warehouse: Warehouse, scope: Scope): Promise<Restated[]> {
  mustSeeEverything(scope);
  try {
    return await warehouse.rows<Restated>(
      `select fiscal_quarter, exported_on, cause, count(distinct deal_id) as deals,
         sum(coalesce(net_before_base, 0)) as net_before, sum(coalesce(net_after_base, 0)) as net_after,
         sum(${change('net')}) as net_change, sum(${change('list')}) as list_change,
         sum(${change('discount')}) as discount_change
       from marts.fact_restatement group by fiscal_quarter, exported_on, cause
       order by exported_on desc, fiscal_quarter desc, abs(net_change) desc, cause`,
    );
  } catch (error) {
    // A build of an earlier version doesn't tell.
    if (isOfEarlierVersion(error)) return [];
    throw error;
  }
}
