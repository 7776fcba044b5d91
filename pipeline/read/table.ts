import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowAside } from './asides.ts';
import { headOf } from './cleanText.ts';
import type { Dialect } from './dialect.ts';
import { readParquet } from './parquet.ts';
import { containerOf } from './signature.ts';
import { readText } from './text.ts';
import { UnreadableFile } from './unreadable.ts';

export type { RowAside } from './asides.ts';
export type { Dialect } from './dialect.ts';
export { UnreadableFile } from './unreadable.ts';

/**
 * One file as a table of text. The records of the file after its header are exactly `rows` + `rejected` +
 * `setAside`; nothing is lost in between.
 */
export interface SourceTable {
  path: string;
  dialect: Dialect;
  /** The header's lines as in the file, one text a column; none where there is no header. */
  header: string[][];
  /** The header's texts, every one there and different; what had to be changed for that is in `oddities`. */
  columns: string[];
  /** SQL relation for a FROM clause: columns c0 … cN−1 of VARCHAR, one row a record, in file order, empty is NULL. */
  relation: string;
  /** For files that carry types (Parquet): the same rows with the file's own column names and types. */
  typedRelation: string | null;
  /** Records in `relation`. */
  rows: number;
  /** Line of the first record where record n is on line firstLine + n; null where `relation` has a column `line`. */
  firstLine: number | null;
  /** Records that can't be read: too many or too few fields, an unclosed quote, bytes that are no text. */
  rejected: RowAside[];
  /** Records that are no data: footers, totals, repeated headers, comments. */
  setAside: RowAside[];
  /** What a person should know about the file, in plain words. */
  oddities: string[];
  /** SHA-256 of the file's bytes, hex. */
  contentHash: string;
  bytes: number;
}

/**
 * Reads one file. `scratchFolder` must exist and outlive the table: its relation may read from there. Throws
 * `UnreadableFile` with the reason where no table can be made of it.
 */
export async function readTable(
  connection: DuckDBConnection,
  path: string,
  scratchFolder: string,
): Promise<SourceTable> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UnreadableFile(path, 'There is no such file.');
  if (!found.isFile()) throw new UnreadableFile(path, 'This is a folder, not a file.');
  const { head } = await headOf(path, 4096);
  const container = containerOf(path, head);
  if (container === 'parquet') return readParquet(connection, path);
  return readText(connection, path, container, join(scratchFolder, `${randomUUID()}.csv`));
}

/** The header's texts as in the file, its lines put together; the columns' numbers where there is no header. */
export function headerTexts(table: SourceTable): string[] {
  if (table.header.length === 0) return table.columns;
  return table.columns.map((_, index) => table.header.map((line) => line[index] ?? '').join(' '));
}

/** The first `n` records of a table. */
export async function previewRows(
  table: SourceTable,
  connection: DuckDBConnection,
  n: number,
): Promise<(string | null)[][]> {
  const columns = table.columns.map((_, index) => `c${index}`).join(', ');
  const reader = await connection.runAndReadAll(
    `select ${columns} from ${table.relation} limit ${Math.trunc(n)}`,
  );
  return reader.getRowsJS() as (string | null)[][];
}
