import { dealSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { absent } from '../loaded.ts';
import { joinFile, place, type Sourced } from '../sourced.ts';

/** One period of a ramped or free-month line, in the line's currency; `ends_on` is the day after its last. */
export interface LinePeriod extends Sourced {
  product: string;
  starts_on: string;
  ends_on: string | null;
  list_amount: number | null;
  net_amount: number | null;
  discount_rate: number | null;
}

/** The periods of the deal's lines that have some of their own, line by line and in order. */
export async function linePeriods(warehouse: Warehouse, id: string, scope: Scope): Promise<LinePeriod[]> {
  // Finding a deal's lines takes long, and few exports tell of periods.
  if (await absent(warehouse, 'deal_line_period', 'Periods')) return [];
  const seen = dealSeen(scope, 'line.deal_id');
  return warehouse.rows<LinePeriod>(
    `select coalesce(line.product_name, row.deal_line_id) as product, row.period_start as starts_on,
       row.period_end as ends_on, row.list_amount, row.net_amount,
       greatest(row.list_amount - row.net_amount, 0)::double / nullif(row.list_amount, 0)::double as discount_rate, ${place}
     from core.deal_line_period row ${joinFile}
     join marts.fact_deal_line line using (deal_line_id)
     where line.deal_id = $id and ${seen.test} order by line.source_line, row.deal_line_id, row.period_start`,
    { id, ...seen.parameters },
  );
}
