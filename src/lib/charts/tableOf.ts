import { Bool, Float64, Table, Utf8, vectorFromArray, type Vector } from 'apache-arrow';
import type { ColumnKind, Columns, RowOf } from './chart.ts';

const types = { text: () => new Utf8(), number: () => new Float64(), flag: () => new Bool() };

/** Rows as an Arrow table of the chart's columns, typed even where there is no row. */
export function tableOf<C extends Columns>(columns: C, rows: RowOf<C>[]): Table {
  const vectors: Record<string, Vector> = {};
  for (const [name, kind] of Object.entries(columns) as [keyof C & string, ColumnKind][])
    vectors[name] = vectorFromArray(
      rows.map((row) => row[name] as unknown),
      types[kind](),
    );
  return new Table(vectors);
}
