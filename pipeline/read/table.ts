import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowAside } from './asides.ts';
import { headOf } from './cleanText.ts';
import type { Dialect } from './dialect.ts';
import { readParquet } from './parquet.ts';
import { partsOf, type FilePart } from './parts.ts';
import { containerOf } from './signature.ts';
import { readText } from './text.ts';
import { UnreadableFile } from './unreadable.ts';
import { readSheet } from './workbook/readSheet.ts';

export type { RowAside } from './asides.ts';
export type { Dialect } from './dialect.ts';
export { partsOf, type FilePart } from './parts.ts';
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
 * Reads one file. `scratchFolder` must exist and outlive the table: its relation may read from there. Of a workbook or
 * an archive `sheet` names the sheet or member to read; without it the first is. Throws `UnreadableFile` with the
 * reason where no table can be made of it.
 */
export async function readTable(
  connection: DuckDBConnection,
  path: string,
  scratchFolder: string,
  sheet: string | null = null,
): Promise<SourceTable> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UnreadableFile(path, 'There is no such file.');
  if (!found.isFile()) throw new UnreadableFile(path, 'This is a folder, not a file.');
  const { head } = await headOf(path, 4096);
  const container = containerOf(path, head);
  if (container === 'zip') return readPart(connection, path, scratchFolder, sheet);
  if (sheet !== null)
    throw new UnreadableFile(path, 'This is neither a workbook nor an archive: it has no sheets.');
  if (container === 'parquet') return readParquet(connection, path);
  return readText(connection, path, container, join(scratchFolder, `${randomUUID()}.csv`));
}

const nameOf = ({ within }: FilePart) => within.join(' › ');

/** Reads the sheet or member named, or the first one, and says which others there are. */
async function readPart(
  connection: DuckDBConnection,
  path: string,
  scratchFolder: string,
  sheet: string | null,
): Promise<SourceTable> {
  const parts = await partsOf(path, scratchFolder);
  const names = parts.map(nameOf);
  const chosen =
    sheet === null ? parts[0] : parts.find((part) => nameOf(part) === sheet || part.sheet === sheet);
  // A sheet without a table in it is no part, and can be read all the same by its name.
  if (!chosen && parts.some((part) => part.sheet !== null && part.path === path))
    return readSheet(connection, path, sheet ?? '', join(scratchFolder, `${randomUUID()}.csv`));
  if (!chosen) throw new UnreadableFile(path, `It holds no "${sheet}". It holds: ${names.join(', ')}.`);
  const table = await readFilePart(connection, chosen, scratchFolder);
  const others = names.filter((name) => name !== nameOf(chosen));
  const oddities =
    others.length > 0 ? [`Read was ${nameOf(chosen)}. There is more: ${others.join(', ')}.`] : [];
  return { ...table, path, oddities: [...oddities, ...table.oddities] };
}

/** Reads one part of a file, as `partsOf` gives them. */
export async function readFilePart(
  connection: DuckDBConnection,
  { path, sheet, refusal, oddities }: FilePart,
  scratchFolder: string,
): Promise<SourceTable> {
  if (refusal !== null) throw new UnreadableFile(path, refusal);
  const table =
    sheet === null
      ? await readTable(connection, path, scratchFolder)
      : await readSheet(connection, path, sheet, join(scratchFolder, `${randomUUID()}.csv`));
  return { ...table, oddities: [...oddities, ...table.oddities] };
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
