import type { Warehouse } from '../warehouse/warehouse.ts';

export interface NotLoaded {
  table: string;
  oneRowIs: string;
  unlocks: string;
}

/** Tables that the build has no row of, and what each would unlock, in the order of the model. */
export function notLoaded(warehouse: Warehouse): Promise<NotLoaded[]> {
  return warehouse.remember('not loaded', () =>
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
}
