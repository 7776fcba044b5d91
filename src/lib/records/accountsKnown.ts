import { customerSeen, type Scope } from '../access/scope.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** The customers that have a page, as SQL: those the customer list or a deal names, not those that only bills name. */
export const accountsWithPage =
  '(select account_id from core.account union all select account_id from marts.fact_deal where account_id is not null)';

/** Those of the ids that are customers the reader may see and that have a page. */
export async function accountsKnown(
  warehouse: Warehouse,
  ids: readonly (string | null)[],
  scope: Scope,
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(ids.filter((id) => id !== null))];
  if (asked.length === 0) return new Set();
  const seen = customerSeen(scope, 'account_id');
  const rows = await warehouse.rows<{ account_id: string }>(
    `select distinct account_id from ${accountsWithPage}
     where account_id in (select unnest(from_json($asked::json, '["varchar"]'))) and ${seen.test}`,
    { asked: JSON.stringify(asked), ...seen.parameters },
  );
  return new Set(rows.map(({ account_id }) => account_id));
}
