import { dealSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { joinFile, place, type Sourced } from '../sourced.ts';

/** A line of an offer; prices are of one unit, as the offer has them. */
export interface QuoteLine extends Sourced {
  quote_id: string;
  quoted_on: string | null;
  is_accepted: boolean | null;
  product: string | null;
  quantity: number | null;
  unit_list: number | null;
  unit_net: number | null;
  discount_rate: number | null;
}

/** What was offered before the deal closed, oldest first; an offer without lines is one row. */
export function quotesOf(warehouse: Warehouse, id: string, scope: Scope): Promise<QuoteLine[]> {
  const seen = dealSeen(scope, 'deal_id');
  return warehouse.rows<QuoteLine>(
    `select quote.quote_id, quoted_on, is_accepted, coalesce(product.name, line.product_id) as product, line.quantity,
       line.unit_list, line.unit_net,
       greatest(line.unit_list - line.unit_net, 0)::double / nullif(line.unit_list, 0)::double as discount_rate, ${place}
     from core.quote quote
     left join core.quote_line line using (quote_id)
     left join (select product_id, any_value(name) as name from core.product group by product_id) product
       on product.product_id = line.product_id
     cross join lateral (select coalesce(line.source_file_id, quote.source_file_id) as source_file_id,
       coalesce(line.source_line, quote.source_line) as source_line) row
     ${joinFile}
     where deal_id = $id and ${seen.test} order by quoted_on, quote_id, row.source_line`,
    { id, ...seen.parameters },
  );
}
