import type { Table } from 'apache-arrow';
import type { Columns, RowOf } from './chart.ts';

/** The table's rows as plain objects, for what a chart computes before it draws. */
export function rowsOf<C extends Columns>(_columns: C, table: Table): RowOf<C>[] {
  return table.toArray().map((row: { toJSON(): RowOf<C> }) => row.toJSON());
}
