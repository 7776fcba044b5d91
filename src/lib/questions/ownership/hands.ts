import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { rowsAsked } from './asked.ts';

/** Customers by whether the same person stands before them at sale, at renewal and in support. */
export interface Hands {
  /** Customers of whom all three are known. */
  known: number;
  same: number;
  /** Two of the three are one person. */
  two: number;
  three: number;
  saleAndRenewalDiffer: number;
  renewalAndSupportDiffer: number;
}

/**
 * Who first sold (as fact_handling knows it), who renewed (owner of the customer's last won renewal) and who supports it
 * now (its customer success manager on the day of the newest export).
 */
export async function hands(warehouse: Warehouse, asked: Asking, scope: Scope): Promise<Hands> {
  const { sql, parameters } = rowsAsked(asked, 'account_owner_span', scope, ['is_current'], false);
  const [row] = await warehouse.remember(`hands ${sql} ${JSON.stringify(parameters)}`, () =>
    warehouse.rows<Record<keyof Hands, number>>(
      `with asked as (select account_id from ${sql}),
       renewed as (
         select account_id, arg_max(rep_id, (closed_on, deal_id)) as renewal, arg_max(seller_id, (closed_on, deal_id)) as sale
         from marts.fact_handling
         where activity = 'renewal' and is_won and closed_on is not null and rep_id is not null and seller_id is not null
         group by account_id
       ),
       supports as (
         select account_id, min(person_id) as person
         from core.account_role held cross join meta.build
         left join core.role_word word on word.word = lower(trim(held.role))
         where coalesce(word.role, held.role) = 'csm'
           and coalesce(valid_from <= data_on, true) and coalesce(valid_to > data_on, true)
         group by account_id
       ),
       three as (
         select sale, renewal, supports.person as support
         from asked join renewed using (account_id) join supports using (account_id)
       )
       select count(*)::double as known,
         count(*) filter (sale = renewal and renewal = support)::double as same,
         count(*) filter (sale <> renewal and renewal <> support and sale <> support)::double as three,
         count(*) filter (sale <> renewal)::double as "saleAndRenewalDiffer",
         count(*) filter (renewal <> support)::double as "renewalAndSupportDiffer"
       from three`,
      parameters,
    ),
  );
  const known = row ?? { known: 0, same: 0, three: 0, saleAndRenewalDiffer: 0, renewalAndSupportDiffer: 0 };
  return { ...known, two: known.known - known.same - known.three };
}
