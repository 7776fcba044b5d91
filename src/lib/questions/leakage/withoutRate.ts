import type { Asking } from '../../asking/asking.ts';
import { count } from '../../design/formats.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { matchRows, notKnownOfBills } from './list.ts';
import { isMatchLoaded, type Told } from './loaded.ts';

/** What of the match is in no sum, since its currency has no exchange rate on its day; null where all has one. */
export async function withoutRate(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Told | null> {
  if (notKnownOfBills(asking) !== null || !(await isMatchLoaded(warehouse))) return null;
  const { test, parameters } = matchRows(asking, scope);
  const found = await warehouse.rows<{ currency: string; rows: number }>(
    `select coalesce(case when sold_amount_base is null then currency end, billed_currency, currency) as currency,
       count(*) as rows
     from marts.fact_billing_match
     where (sold_amount_base is null or billed_amount_base is null or difference_base is null) and ${test}
     group by 1 order by rows desc, 1`,
    parameters,
  );
  if (found.length === 0) return null;
  const parts = found.map(({ currency, rows }) => `${count(rows, 'line')} in ${currency}`).join(', ');
  const [are, they] = found.length === 1 && found[0]!.rows === 1 ? ['has', 'it is'] : ['have', 'they are'];
  return {
    what: `${parts} ${are} no exchange rate on the day: ${they} in the list, and in no sum.`,
    unlocks: 'Exchange rates by day would add them up with the rest.',
  };
}
