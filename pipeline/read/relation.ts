import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldMarks, Newline } from './dialect.ts';

export interface CsvOptions extends FieldMarks {
  /** Physical lines before the first record. */
  skip: number;
  width: number;
  newline: Newline;
  /** Whether a last column `line` (BIGINT) follows the file's own. */
  withLine: boolean;
  /** Leave out records DuckDB finds wrong. */
  skipErrors?: boolean;
  /** Fill up records that are too short with NULL, and leave empty fields empty, so that the two differ. */
  padded?: boolean;
  /** Longest record in bytes, where it is known. */
  longest?: number;
}

/** Bytes in a record beyond which DuckDB's own limits (2 MB) come near. */
const LONG_RECORD = 1_000_000;

/** A call of DuckDB's CSV reader with nothing left for it to guess: columns c0, c1, … of text, empty is NULL. */
export function csvRelation(path: string, options: CsvOptions): string {
  const types = Array.from({ length: options.width }, (_, index) => `'c${index}': 'VARCHAR'`);
  if (options.withLine) types.push(`'line': 'BIGINT'`);
  const settings = [
    quotedString(path),
    'auto_detect = false',
    'header = false',
    `columns = {${types.join(', ')}}`,
    `delim = ${quotedString(options.delimiter)}`,
    `quote = ${quotedString(options.quote)}`,
    `escape = ${quotedString(options.escape)}`,
    `comment = ''`,
    // What stands for NULL where an empty field does not: a text that no field of one line can hold.
    `nullstr = ${options.padded ? `'\n'` : `''`}`,
    `skip = ${options.skip}`,
    'strict_mode = true',
    `null_padding = ${options.padded ?? false}`,
    'hive_partitioning = false',
    `compression = 'none'`,
  ];
  // Told of CRLF, DuckDB 1.5.6 runs a quoted field at a line's end into the next line; left to find it, it doesn't.
  if (options.newline !== '\r\n')
    settings.push(options.newline === '\n' ? `new_line = '\\n'` : `new_line = '\\r'`);
  if (options.skipErrors) settings.push('ignore_errors = true');
  const longest = options.longest ?? 0;
  if (longest > LONG_RECORD) settings.push(`max_line_size = ${longest * 2}`, `buffer_size = ${longest * 16}`);
  return `read_csv(${settings.join(', ')})`;
}

/** The first row of a query, its values as JavaScript numbers and strings. */
export async function oneRow(connection: DuckDBConnection, sql: string): Promise<unknown[]> {
  const reader = await connection.runAndReadAll(sql);
  return (reader.getRowsJS()[0] ?? []).map((value) => (typeof value === 'bigint' ? Number(value) : value));
}
