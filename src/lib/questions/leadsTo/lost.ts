import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { askedDeals, askedKey } from './asked.ts';

/** Customers named: those on whom most was spent. */
const NAMED = 10;

export interface LostCustomer {
  account_id: string;
  account_name: string;
  /** Their last deal before they left, and the day of its close. */
  deal_id: string;
  deal_name: string;
  closed_on: string;
  discount: number;
  list: number;
}

export interface Lost {
  /** Discount on deals of which is known what the customer pays a year after. */
  settled: number;
  deals: number;
  customers: number;
  /** Of it, on customers who paid nothing any more. */
  lost: number;
  lostCustomers: number;
  /** Discount on all deals closed fifteen months ago or before, when their year can be known; settled is part of it. */
  old: number;
  /** Those on whom most was spent. */
  named: LostCustomer[];
}

async function workOut(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Lost> {
  const { tables, parameters } = askedDeals(warehouse, asking, scope);
  const [[sums], named] = await Promise.all([
    warehouse.rows<Omit<Lost, 'named'>>(
      `with ${tables}
       select coalesce(sum(whole_discount_base) filter (year_base is not null), 0)::double as settled,
         count(year_base) as deals, count(distinct account_id) filter (year_base is not null) as customers,
         coalesce(sum(whole_discount_base) filter (year_base = 0), 0)::double as lost,
         count(distinct account_id) filter (year_base = 0) as "lostCustomers",
         coalesce(sum(whole_discount_base)
           filter (closed_on + interval 15 month <= (select data_on from meta.build)), 0)::double as old
       from mine`,
      parameters,
    ),
    warehouse.rows<LostCustomer>(
      `with ${tables}
       select account_id, arg_max(account_name, closed_on) as account_name,
         arg_max(deal_id, closed_on) as deal_id, arg_max(deal_name, closed_on) as deal_name,
         max(closed_on) as closed_on, sum(whole_discount_base)::double as discount,
         sum(list_base)::double as list
       from mine where year_base = 0
       group by account_id having sum(whole_discount_base) > 0
       order by discount desc, account_id limit ${NAMED}`,
      parameters,
    ),
  ]);
  return { ...sums!, named };
}

/** Discount on customers who had left a year after: what it bought was over with it. */
export const lostDiscount = (warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Lost> =>
  warehouse.remember(`lostDiscount ${askedKey(asking, scope)}`, () => workOut(warehouse, asking, scope));
