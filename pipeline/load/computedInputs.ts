import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceTable } from '../read/table.ts';
import type { PlannedColumn } from '../sources/recognise.ts';
import type { StyleSettings } from './columnStyle.ts';
import { decideNumberStyle } from './numberStyle.ts';
import { isNumeric, type RowCheck } from './stagingSql.ts';
import type { ColumnType } from '../schema/canonical.ts';

type ComputedColumn = PlannedColumn & { type: ColumnType };

/** Columns of the file, by position, that known exports' expressions take for plain numbers. */
export function numbersComputedWith(columns: readonly ComputedColumn[]): string[] {
  const found = columns
    .filter(({ how, type }) => how === 'computed' && isNumeric(type))
    .flatMap(({ expression }) => [...expression.matchAll(/try_cast\((c\d+) as (?:decimal|double|bigint)/g)]);
  return [...new Set(found.map(([, position]) => position!))];
}

/** SQL, true where such a cell is no plain number; a rate among amounts (`-20.0%`) is the expression's to judge. */
export const isNoPlainNumber = (position: string) =>
  `(${position} is not null and try_cast(${position} as double) is null and not contains(${position}, '%'))`;

export interface ReadInputs {
  /** Wraps a relation so that these columns hold plain numbers. */
  over: (relation: string) => string;
  /** Rows in which one of them can't be read, by the first column that is worked out of it. */
  checks: RowCheck[];
}

/**
 * Reads the columns that are computed with as their cells are written: `1.234,50 €` becomes 1234.5 before anything is
 * worked out of it. Null where all of them are plain. Throws the question where the way of writing can't be decided.
 */
export async function readInputs(
  connection: DuckDBConnection,
  source: SourceTable,
  relation: string,
  columns: readonly ComputedColumn[],
  settings: StyleSettings,
): Promise<ReadInputs | null> {
  const inputs = numbersComputedWith(columns);
  if (inputs.length === 0) return null;
  const tests = inputs.map(
    (position) =>
      `bool_or(${isNoPlainNumber(position)}) or count(*) filter (may_be_thousands(${position}))
        > 100 * count(*) filter (${position} like '%.%' and not may_be_thousands(${position}))`,
  );
  const reader = await connection.runAndReadAll(`select ${tests.join(', ')} from ${relation}`);
  const odd = inputs.filter((_, index) => reader.getRows()[0]?.[index] === true);
  if (odd.length === 0) return null;
  const replaced: string[] = [];
  const checks: RowCheck[] = [];
  for (const position of odd) {
    const header = source.columns[Number(position.slice(1))] ?? position;
    const column = { text: position, header, type: 'price' as const };
    const style = await decideNumberStyle(connection, relation, column, settings);
    const text = style.prepare?.(position) ?? position;
    // What can't be read stays as it is, and its row is rejected.
    replaced.push(`case when value_said(${position}) is not null
      then coalesce((${style.read(text)})::varchar, ${position}) end as ${position}`);
    const [first] = columns.filter(
      ({ how, expression }) => how === 'computed' && expression.includes(`(${position} as `),
    );
    if (first) checks.push({ problem: first.target, sql: () => isNoPlainNumber(position) });
  }
  return { over: (from) => `(select * replace (${replaced.join(', ')}) from ${from})`, checks };
}
