import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldMarks, Newline } from './dialect.ts';
import { SUSPECT } from './asides.ts';
import { isGrouped } from './groupedReport.ts';
import { LONG_QUOTED_FIELD } from './records.ts';
import { csvRelation, oneRow } from './relation.ts';

export interface CleanRead {
  relation: string;
  rows: number;
  /** Line of the first record; null where the relation has a column `line`. */
  firstLine: number | null;
}

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
 * where records and the line ends inside them don't account for every line after `skip`, or where a record looks
 * like a total, a footer, a repeated header or nothing at all.
 */
export async function readClean(connection: DuckDBConnection, file: CleanTask): Promise<CleanRead | null> {
  // DuckDB knows no quote that is closed by what follows it, and drops escapes that escape nothing.
  if (file.escape !== file.quote || file.quote === "'" || Buffer.byteLength(file.delimiter) > 4) return null;
  // The rows of a grouped report name their group by the one above.
  if (isGrouped(file.header)) return null;
  const relation = csvRelation(file.path, { ...file, withLine: false });
  const columns = Array.from({ length: file.width }, (_, index) => `c${index}`);
  // Files put one after the other have the mark of the second in the middle.
  const marked = `coalesce(starts_with(c0, ${quotedString('\ufeff')}), false)`;
  const repeats = file.header[0] ? `${marked} or c0 = ${quotedString(file.header[0])}` : marked;
  const count = (what: string) => oneRow(connection, `select ${what} from ${relation}`) as Promise<number[]>;
  const looked = `count(*), count(*) filter (${suspect('c0')} or ${repeats}), count(*) filter (coalesce(c0, '') = '')`;
  try {
    const padded = file.emptyEnds ? await widthsOf(connection, file, looked) : null;
    if (padded?.misfits) return null;
    const [rows = 0, suspects, blanks = 0] = padded?.looked ?? (await count(looked));
    if (suspects !== 0) return null;
    if (blanks > 0) {
      const first = `coalesce(${columns.map((column) => `nullif(trim(${column}), '')`).join(', ')})`;
      const [odd] = await count(`count(*) filter (${first} is null or ${suspect(first)})`);
      if (odd !== 0) return null;
    }
    if (file.emptyEnds && !padded && (await hasLongerRow(connection, file))) return null;
    const lines = file.lines - file.skip;
    if (rows === lines) return { relation, rows, firstLine: file.skip + 1 };
    if (rows > lines || file.width === 1) return null;
    const inside = lineEndsInside(columns, file.newline);
    const [more = 0, longest = 0] = await count(`sum(${inside}), max(${inside})`);
    // A quote that opens by mistake and another far below it make one record of all between them.
    if (longest > LONG_QUOTED_FIELD) return null;
    return rows + more === lines
      ? { relation: numbered(relation, columns, inside, file.skip), rows, firstLine: null }
      : null;
  } catch {
    return null;
  }
}

/** A hit sends the file to the careful reading, which judges the whole record. */
const suspect = (text: string) => `coalesce(regexp_matches(${text}, ${quotedString(SUSPECT)}), false)`;

/** SQL for the line ends inside a record's quoted fields. */
function lineEndsInside(columns: string[], newline: Newline): string {
  const end = newline === '\r' ? 'chr(13)' : 'chr(10)';
  const counts = columns.map(
    (column) => `coalesce(length(${column}) - length(replace(${column}, ${end}, '')), 0)`,
  );
  return counts.join(' + ');
}

/** The relation with the physical line each record begins on: the records and the line ends inside them before it. */
function numbered(relation: string, columns: string[], inside: string, skip: number): string {
  const before = `sum(${inside}) over (rows between unbounded preceding and current row) - (${inside})`;
  const line = `cast(${skip} + row_number() over () + ${before} as bigint)`;
  return `(select ${columns.join(', ')}, ${line} as line from ${relation})`;
}

/**
 * What was asked of a file's records, and how many of them are too long or too short, in one pass. Null where line ends
 * inside of quotes keep DuckDB from filling records up.
 */
async function widthsOf(
  connection: DuckDBConnection,
  file: CleanTask,
  looked: string,
): Promise<{ looked: number[]; misfits: number } | null> {
  const relation = csvRelation(file.path, { ...file, width: file.width + 1, withLine: false, padded: true });
  const misfits = `count(*) filter (c${file.width} is not null or c${file.width - 1} is null)`;
  try {
    const [found = 0, ...rest] = (await oneRow(
      connection,
      `select ${misfits}, ${looked} from ${relation}`,
    )) as number[];
    return { looked: rest, misfits: found };
  } catch {
    return null;
  }
}

/** DuckDB passes over empty fields at the end of a record that is too long; read one field wider they show. */
async function hasLongerRow(connection: DuckDBConnection, file: CleanTask): Promise<boolean> {
  const wider = csvRelation(file.path, { ...file, width: file.width + 1, withLine: false, skipErrors: true });
  const [count] = (await oneRow(connection, `select count(*) from ${wider}`)) as [number];
  return count > 0;
}
