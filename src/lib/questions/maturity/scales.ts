import { unowned, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** What the scales beside the three domains rest on; null where no export or answer tells. */
export interface Scales {
  /** Organisation stage of the day of the newest export, 1 to 4. */
  stage: number | null;
  /** Offer models that are sold. */
  models: string[] | null;
  /** Median answer on customer experience, 0 to 3. */
  cx: number | null;
}

const query = (test: string) => `
  select
    (select stage from core.organisation_stage, meta.build where coalesce(from_on <= data_on, true)
      order by from_on desc nulls last limit 1) as stage,
    (select list(distinct lower(offer_model) order by lower(offer_model)) from core.product
      where offer_model is not null) as models,
    (select median from core.maturity_answer join core.maturity_quarter using (fiscal_quarter)
      where is_last and scope_kind = 'company' and indicator_id = 'cx-level' and is_enough) as cx
  where ${test}`;

/** Where the company stands on the scales that gate no level. */
export function otherScales(warehouse: Warehouse, scope: Scope): Promise<Scales> {
  const seen = unowned(scope);
  return warehouse.remember(`maturity scales ${JSON.stringify(scope)}`, async () => {
    const [found] = await warehouse.rows<Scales>(query(seen.test), seen.parameters);
    return found ?? { stage: null, models: null, cx: null };
  });
}
