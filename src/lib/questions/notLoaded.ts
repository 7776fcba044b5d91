import type { Warehouse } from '../warehouse/warehouse.ts';

export interface NotLoaded {
  table: string;
  oneRowIs: string;
  unlocks: string;
}

/** What the price pages stand on; the rest serves questions that come later. */
const ofPrice = [
  'deal',
  'deal_line',
  'list_price',
  'product',
  'account',
  'person',
  'person_assignment',
  'fx_rate',
  'invoice',
  'invoice_line',
  'credit_note_line',
  'rebate',
  'discount_budget',
];

/** Tables that the build has no row of, and what each would unlock, in the order of the model. */
export async function notLoaded(warehouse: Warehouse): Promise<{ price: NotLoaded[]; others: number }> {
  const all = await warehouse.remember('not loaded', () =>
    warehouse.rows<NotLoaded>(
      `select coverage.table_name as "table", any_value(described.one_row_is) as "oneRowIs", any_value(coverage.unlocks) as unlocks
       from meta.coverage
       join meta.table_column described
         on described.schema_name = 'core' and described.table_name = coverage.table_name and described.one_row_is is not null
       group by coverage.table_name
       having max(coverage.rows) = 0
       order by coverage.table_name`,
    ),
  );
  const price = ofPrice.flatMap((name) => all.filter(({ table }) => table === name));
  return { price, others: all.length - price.length };
}
