import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';

/** What an answer about them is remembered by: they are the same whatever the period. */
export const askedKey = ({ hierarchy, credit, filters }: Asking, scope: Scope): string =>
  JSON.stringify([hierarchy, credit, filters, scope]);

export interface AskedDeals {
  /** CTEs that end in `mine`: the asked-for deals, each with its place in the customer's path. */
  tables: string;
  parameters: Parameters;
}

/** How large a deal is, in steps of about 1.8: four to a factor of ten. */
export const SIZE = `coalesce(floor(4 * log10(greatest(1, list_base)))::varchar, '')`;

/**
 * Won deals that the asking's filters let through, of all time: what a discount leads to takes longer than the period
 * that a page is asked about.
 */
export function askedDeals(warehouse: Warehouse, asking: Asking, scope: Scope): AskedDeals {
  const ever = { ...alone(asking), period: null, span: null };
  const { sql, parameters } = compileFor(
    warehouse,
    requestOf(ever, { measures: ['won_deals'], by: ['deal_id'], rates: 'plan' }),
    scope,
  );
  return {
    tables: `asked as (select deal_id from (${sql}) where not is_total and won_deals > 0),
      mine as (select deal.* from marts.fact_customer_deal deal join asked using (deal_id))`,
    parameters,
  };
}
