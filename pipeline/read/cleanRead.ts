import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldMarks, Newline } from './dialect.ts';
import { csvRelation, oneRow } from './relation.ts';

export interface CleanRead {
  relation: string;
  rows: number;
}

/** How totals and footers may begin; a hit sends the file to the careful reading, which judges the whole record. */
const SUSPECT =
  '(?i)^\\s*((grand|sub|overall|report)[ -]?)?(total|sum|summe|gesamt|insgesamt|totale|totaal|suma|som)s?\\b|' +
  '^\\s*(gesamtsumme|copyright|©|\\(c\\)|confidential|generated|report generated|exported|created by|run (by|on)|as of|' +
  'filtered by|applied filters|end of|rows? returned|\\d[\\d,. ]* (rows?|records?))\\b';

export interface CleanTask extends FieldMarks {
  path: string;
  newline: Newline;
  /** Physical lines, without blank ones at the end. */
  lines: number;
  /** Physical lines before the first record. */
  skip: number;
  width: number;
  header: string[];
  /** Whether some lines end in an empty field. */
  emptyEnds: boolean;
}

/**
 * Lets DuckDB read the file as it is. Null where that would not be the whole truth: where DuckDB finds an error,
 * where records are not exactly the lines after `skip` (quoted line ends, blank lines), or where a record looks
 * like a total, a footer, a repeated header or nothing at all.
 */
export async function readClean(connection: DuckDBConnection, file: CleanTask): Promise<CleanRead | null> {
  // DuckDB knows no quote that is closed by what follows it, and drops escapes that escape nothing.
  if (file.escape !== file.quote || file.quote === "'" || Buffer.byteLength(file.delimiter) > 4) return null;
  const relation = csvRelation(file.path, { ...file, withLine: false });
  const repeats = file.header[0] ? `c0 = ${quotedString(file.header[0])}` : 'false';
  const suspect = `regexp_matches(c0, ${quotedString(SUSPECT)}) or ${repeats}`;
  const check = `select count(*), count(*) filter (${suspect}), count(*) filter (c0 is null) from ${relation}`;
  try {
    const [rows, suspects, blanks] = (await oneRow(connection, check)) as [number, number, number];
    if (rows !== file.lines - file.skip || suspects > 0) return null;
    if (blanks > 0 && (await hasEmptyRow(connection, relation, file.width))) return null;
    if (file.emptyEnds && (await hasLongerRow(connection, file))) return null;
    return { relation, rows };
  } catch {
    return null;
  }
}

async function hasEmptyRow(connection: DuckDBConnection, relation: string, width: number): Promise<boolean> {
  const empty = Array.from({ length: width }, (_, index) => `coalesce(trim(c${index}), '') = ''`).join(
    ' and ',
  );
  const [count] = (await oneRow(connection, `select count(*) from ${relation} where ${empty}`)) as [number];
  return count > 0;
}

/** DuckDB passes over empty fields at the end of a record that is too long; read one field wider they show. */
async function hasLongerRow(connection: DuckDBConnection, file: CleanTask): Promise<boolean> {
  const wider = csvRelation(file.path, { ...file, width: file.width + 1, withLine: false, skipErrors: true });
  const [count] = (await oneRow(connection, `select count(*) from ${wider}`)) as [number];
  return count > 0;
}
