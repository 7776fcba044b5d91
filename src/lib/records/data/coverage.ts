import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface TableCoverage {
  table_name: string;
  one_row_is: string | null;
  unlocks: string | null;
  rows: number;
  fields: number;
  /** Fields that say something in every row, in some, in none. */
  whole: number;
  partly: number;
  silent: number;
}

export interface FieldCoverage {
  column_name: string;
  means: string | null;
  rows: number;
  known: number;
  /** 0 to 1; null where the table has no rows. */
  share: number | null;
}

const described = `(select table_name, column_name, any_value(means) as means, any_value(one_row_is) as one_row_is
  from meta.table_column where schema_name = 'core' group by table_name, column_name) described`;

/** Every canonical table: how many rows it has and how many of its fields say something. */
export async function tableCoverage(warehouse: Warehouse, scope: Scope): Promise<TableCoverage[]> {
  mustSeeEverything(scope);
  return warehouse.rows<TableCoverage>(
    `select field.table_name, any_value(one_row_is) as one_row_is, any_value(unlocks) as unlocks,
       max(rows) as rows, count(*) as fields,
       count(*) filter (known = rows and rows > 0) as whole,
       count(*) filter (known > 0 and known < rows) as partly,
       count(*) filter (known = 0) as silent
     from meta.coverage field left join ${described} using (table_name, column_name)
     group by field.table_name order by rows desc, field.table_name`,
  );
}

/** The fields of one table, in its order; empty where there is no such table. */
export async function fieldCoverage(
  warehouse: Warehouse,
  table: string,
  scope: Scope,
): Promise<FieldCoverage[]> {
  mustSeeEverything(scope);
  return warehouse.rows<FieldCoverage>(
    `select column_name, means, rows, known, known::double / nullif(rows, 0) as share
     from meta.coverage field left join ${described} using (table_name, column_name)
     where field.table_name = $table order by field.rowid`,
    { table },
  );
}
