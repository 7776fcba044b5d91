import { repSeen } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { splitDeals, type SplitDeals } from '../../statistics/splitDeals.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { askedKey } from './dealRates.ts';
import { limitIsAllowed } from './limitIsAllowed.ts';

export interface DealNames {
  deal_name: string | null;
  account_id: string;
  account_name: string | null;
  rep_name: string | null;
  closed_on: string;
}

export interface Splits extends SplitDeals {
  /** Deals within a dollar limit, of customers who bought enough from one rep to be over it together. */
  deals: number;
  names: Map<string, DealNames>;
}

interface Row extends DealNames {
  deal_id: string;
  rep_id: string;
  day: number;
  amount: number;
  max_amount: number;
}

/** Whether any limit in dollars binds whole deals: without one nothing can be split. */
export const anyDollarLimit = (warehouse: Warehouse): Promise<boolean> =>
  warehouse.remember('any dollar limit', async () => {
    const rows = await warehouse.rows(
      `select 1 from core.approval_limit where binds = 'deal' and max_amount > 0 limit 1`,
    );
    return rows.length > 0;
  });

/**
 * Sets of won deals of one customer and rep within 30 days whose discounts are each within the dollar limit of the day
 * of the close and together over it. Null where no limit in dollars is known.
 */
export async function splitsAtLimits(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<Splits | null> {
  if (!(await anyDollarLimit(warehouse))) return null;
  return warehouse.remember(`split deals ${askedKey(asking, scope)}`, async () => {
    const seen = repSeen(scope, 'deal.rep_id');
    const asked = compileFor(
      warehouse,
      requestOf(alone(asking), { measures: ['deals'], by: ['deal_id'] }),
      scope,
    );
    const rows = await warehouse.rows<Row>(
      `with asked as (select deal_id from (${asked.sql}) where not is_total),
       given as (
         select deal.deal_id, deal.deal_name, deal.account_id, deal.account_name, deal.rep_id, deal.rep_name,
           deal.closed_on, deal.segment, place.role, deal.discount_base
         from marts.fact_deal deal
         join asked using (deal_id)
         left join core.person_at_close place on place.person_id = deal.rep_id and place.day = deal.closed_on
         where deal.is_won and deal.discount_base > 0 and deal.account_id is not null and deal.rep_id is not null
           and deal.closed_on is not null and ${seen.test}
       ),
       rule as (
         select given.deal_id, approval.max_amount
         from given
         join core.approval_limit approval
           on approval.binds = 'deal' and approval.max_amount > 0 and approval.product_family is null
           and (approval.role is null or approval.role = given.role)
           and (approval.segment is null or approval.segment = given.segment)
           and (approval.valid_from is null or approval.valid_from <= given.closed_on)
           and (approval.valid_to is null or approval.valid_to > given.closed_on)
         qualify row_number() over (
           partition by given.deal_id order by (approval.segment is not null)::integer desc, approval.max_amount
         ) = 1
       )
       select given.deal_id, deal_name, account_id, account_name, rep_id, rep_name, closed_on::varchar as closed_on,
         date_diff('day', date '1970-01-01', closed_on) as day, discount_base::double as amount, rule.max_amount
       from given join rule using (deal_id)
       where discount_base < rule.max_amount or ($inclusive and discount_base = rule.max_amount)
       qualify count(*) over (partition by account_id, rep_id) > 1
         and sum(discount_base) over (partition by account_id, rep_id)
           > min(rule.max_amount) over (partition by account_id, rep_id)
       order by given.deal_id`,
      { ...asked.parameters, ...seen.parameters, inclusive: limitIsAllowed(warehouse) },
    );
    const found = splitDeals(
      rows.map(({ deal_id: id, account_id: customer, rep_id: rep, day, amount, max_amount: limit }) => ({
        ...{ id, customer, rep, day, amount, limit },
      })),
    );
    return { ...found, deals: rows.length, names: new Map(rows.map((row) => [row.deal_id, row])) };
  });
}
