import { repSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Sourced } from '../sourced.ts';

/** A line of a deal in its own currency; list, discount and uplift are null where list is not known. */
export interface DealLine extends Sourced {
  deal_line_id: string;
  product_id: string | null;
  product_name: string | null;
  product_family: string | null;
  deal_type: string | null;
  motion: string | null;
  currency: string;
  quantity: number | null;
  price_period: string | null;
  term_months: number | null;
  unit_list: number | null;
  unit_net: number | null;
  list_amount: number | null;
  net_amount: number | null;
  discount: number | null;
  discount_rate: number | null;
  uplift: number | null;
  list_source: string | null;
  /** The bundle that the line is the parent of, or a part of, and where the bundle's price stands. */
  bundle_role: 'parent' | 'part' | null;
  bundle: string | null;
  price_on: 'parent' | 'parts' | 'both' | 'each' | null;
  discount_kind: string | null;
  discount_reason: string | null;
}

export interface LineSums {
  currencies: number;
  currency: string | null;
  /** To the reporting currency; null where the day has none. */
  base_rate: number | null;
  list_amount: number | null;
  net_amount: number | null;
  discount: number | null;
  discount_rate: number | null;
  uplift: number | null;
}

/** What the lines come to, told beside each of them: finding a deal's lines is what takes time. */
const sums: Record<keyof LineSums, string> = {
  currencies: 'count(distinct currency) over ()',
  currency: 'any_value(currency) over ()',
  base_rate: 'any_value(base_rate) over ()',
  list_amount: 'sum(line.list_amount) over ()',
  net_amount: 'sum(line.net_amount) over ()',
  discount: 'sum(discount) over ()',
  uplift: 'sum(uplift) over ()',
  discount_rate: 'sum(discount) over ()::double / nullif(sum(line.list_amount) over (), 0)::double',
};
const sumIds = Object.keys(sums) as (keyof LineSums)[];

type Summed = DealLine & Record<`all_${keyof LineSums}`, LineSums[keyof LineSums]>;

/** Where a line plays two parts, the one within another bundle. */
const bundleOf = `select deal_line_id, role, price_on, bundle_id, name
  from core.bundle_line
  left join (select product_id as bundle_id, any_value(name) as name from core.product group by product_id) using (bundle_id)
  where deal_id = $id
  qualify row_number() over (partition by deal_line_id order by role desc) = 1`;

/** The lines in the order of the file, and their sums where they share a currency. */
export async function dealLines(
  warehouse: Warehouse,
  id: string,
  scope: Scope,
): Promise<{ lines: DealLine[]; sums: LineSums | null }> {
  const seen = repSeen(scope, 'rep_id');
  const rows = await warehouse.rows<Summed>(
    `select line.deal_line_id, product_id, product_name, product_family, deal_type, motion, currency, quantity,
       price_period, term_months, unit_list, unit_net, line.list_amount, line.net_amount, discount, uplift,
       discount::double / nullif(line.list_amount, 0)::double as discount_rate,
       line.list_source, bundle.role as bundle_role, coalesce(bundle.name, bundle.bundle_id) as bundle, bundle.price_on,
       discount_kind, discount_reason, source_file, source_line,
       ${sumIds.map((id) => `${sums[id]} as all_${id}`).join(', ')}
     from marts.fact_deal_line line
     left join (${bundleOf}) bundle using (deal_line_id)
     where line.deal_id = $id and ${seen.test} order by source_file, source_line, line.deal_line_id`,
    { id, ...seen.parameters },
  );
  return { lines: rows.map(withoutSums), sums: sumsOf(rows) };
}

const withoutSums = (row: Summed): DealLine =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('all_'))) as unknown as DealLine;

/** Null where there is no line, and where they don't share a currency. */
function sumsOf([row]: Summed[]): LineSums | null {
  if (row?.all_currencies !== 1) return null;
  return Object.fromEntries(sumIds.map((id) => [id, row[`all_${id}`]])) as unknown as LineSums;
}
