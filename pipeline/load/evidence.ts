import type { DuckDBConnection } from '@duckdb/node-api';

/** A column of a file, as the ways of writing are decided for it. */
export interface AskedColumn {
  /** SQL text expression over the relation. */
  text: string;
  /** For messages. */
  header: string;
}

/** How the cells of a column take two ways of reading them. */
export interface Rivals {
  /** Cells that only the first, or only the second, can read. */
  onlyA: number;
  onlyB: number;
  /** Cells that both read, as different values. */
  differ: number;
  /** A cell that only the one can read, and some that differ. */
  exampleA: string | null;
  exampleB: string | null;
  examples: string[];
}

/** Against so few in a hundred a cell is taken for a slip of the pen. */
const SLIPS = 0.05;

/**
 * Which of two readings a column's cells speak for; null where they don't. The one must have cells of its own, not just
 * a stray one among many that could be either (`few`, a share of those), and the other hardly any.
 */
export function spokenFor({ onlyA, onlyB, differ }: Rivals, few: number): 'a' | 'b' | null {
  if (differ === 0 && onlyA > 0 && onlyB === 0) return 'a';
  if (differ === 0 && onlyB > 0 && onlyA === 0) return 'b';
  if (onlyA > 0 && onlyB <= onlyA * SLIPS && onlyA >= differ * few) return 'a';
  if (onlyB > 0 && onlyA <= onlyB * SLIPS && onlyB >= differ * few) return 'b';
  return null;
}

/**
 * One row per different cell of a column: `t` as in the file, `b` made ready to be read, `n` how often it stands there.
 */
export const cells = (relation: string, text: string, body: string) =>
  `(select t, n, ${body}(t) as b
    from (select ${text} as t, count(*) as n from ${relation} group by all) where value_said(t) is not null)`;

/** Counts of a query with one row, by name. */
export async function counts(connection: DuckDBConnection, sql: string): Promise<Record<string, number>> {
  const reader = await connection.runAndReadAll(sql);
  const row = reader.getRowObjects()[0] ?? {};
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
}

/** How two readings (SQL over `b`) of the same cells compare. */
export async function rivals(
  connection: DuckDBConnection,
  from: string,
  a: string,
  b: string,
): Promise<Rivals> {
  const reader = await connection.runAndReadAll(
    `select sum(n) filter (a is not null and z is null), sum(n) filter (z is not null and a is null),
       sum(n) filter (a <> z), min(t) filter (a is not null and z is null), min(t) filter (z is not null and a is null),
       min(t, 3) filter (a <> z)
     from (select t, n, ${a} as a, ${b} as z from ${from})`,
  );
  const [onlyA, onlyB, differ, exampleA, exampleB, examples] = reader.getRowsJS()[0] ?? [];
  return {
    onlyA: Number(onlyA),
    onlyB: Number(onlyB),
    differ: Number(differ),
    exampleA: exampleA as string | null,
    exampleB: exampleB as string | null,
    examples: (examples as string[] | null) ?? [],
  };
}

/** `03/04/2026, 05/06/2026`: cells as they stand in a sentence. */
export const listed = (texts: readonly string[]) => texts.map((text) => text.slice(0, 40)).join(', ');

/** "7 cells can only be read so (31/12/2026)". */
export const onlySo = (count: number, example: string | null) =>
  `${count} ${count === 1 ? 'cell' : 'cells'} can only be read so (${example ?? ''})`;
