import { quotedIdentifier, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { previewRows, type SourceTable } from '../read/table.ts';
import type { FeedPlan } from '../sources/recognise.ts';
import { reasonFor } from './loadFeed.ts';
import type { Staged } from './stage.ts';

/** What a person needs to see of a column to say what it is. */
export interface ColumnExample {
  header: string;
  /** The first different cells, as in the file. */
  cells: string[];
  /** Every different cell, where there are few; else null. */
  values: string[] | null;
}

export interface PreviewRow {
  line: number;
  /** As loaded, in the order of the table's columns; null is nothing. */
  cells: (string | null)[];
  /** Why the row would not be loaded; null where it would. */
  problem: string | null;
  /** The header whose cell is at fault, and the cell. */
  at: string | null;
  cell: string | null;
}

/** The first rows of one feed as they would be loaded. */
export interface PreviewTable {
  table: string;
  columns: { target: string; source: string; type: string; style: string }[];
  rows: PreviewRow[];
  rejected: PreviewRow[];
  rows_rejected: number;
  rows_set_aside: number;
}

/** Rows that are looked at for example cells. */
const LOOKED_AT = 1000;
/** A column with more different cells than this is no list of a few words. */
const FEW = 40;
/** Characters of a cell that are shown. */
const LONGEST = 200;

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Example cells of every column, and all the words of those that hold few. */
export async function columnExamples(
  connection: DuckDBConnection,
  source: SourceTable,
): Promise<ColumnExample[]> {
  const rows = await previewRows(source, connection, LOOKED_AT);
  const seen = source.columns.map((_, index) => [
    ...new Set(rows.map((row) => row[index] ?? null).filter((cell) => cell !== null)),
  ]);
  const few = seen.flatMap((cells, index) => (cells.length > 0 && cells.length <= FEW ? [index] : []));
  const words = new Map<number, string[]>();
  if (few.length > 0) {
    const lists = few.map((index) => `list(distinct c${index})[1:${FEW + 1}]`);
    const reader = await connection.runAndReadAll(`select ${lists.join(', ')} from ${source.relation}`);
    const [found = []] = reader.getRowsJS() as (string[] | null)[][];
    few.forEach((index, at) => words.set(index, (found[at] ?? []).filter((word) => word !== null).sort()));
  }
  return source.columns.map((header, index) => {
    const values = words.get(index);
    return {
      header,
      cells: seen[index]!.slice(0, 3).map(shortened),
      values: values && values.length <= FEW ? values.map(shortened) : null,
    };
  });
}

/**
 * For every column of a staged feed a cell as it stands in the file and what it becomes, told apart where any of the
 * first rows shows how.
 */
export async function writtenExamples(
  connection: DuckDBConnection,
  staged: Staged,
): Promise<[cell: string | null, becomes: string | null][]> {
  const pairs = staged.columns.map(({ cell, value }) => {
    const both = `struct_pack(cell := ${cell}, becomes := (${value})::varchar)`;
    const there = `${cell} is not null`;
    const read = `(${value})::varchar`;
    return `coalesce(any_value(${both}) filter (${there} and ${read} <> ${cell}), any_value(${both}) filter (${there}))`;
  });
  const reader = await connection.runAndReadAll(
    `select ${pairs.map((pair, index) => `${pair}.cell as c${index}, ${pair}.becomes as b${index}`).join(', ')}
     from (select * from ${staged.from} limit ${LOOKED_AT})`,
  );
  const [found = []] = reader.getRowsJS() as (string | null)[][];
  const short = (text: string | null | undefined) => (text ? shortened(text) : null);
  const bare = (text: string | null) => text?.replace(/^(-?\d+)(?:\.0+|(\.\d*?[1-9])0+)$/, '$1$2') ?? null;
  return staged.columns.map((_, index) => [short(found[2 * index]), bare(short(found[2 * index + 1]))]);
}

/** The first `n` rows of a staged feed as they would be loaded, and the first `n` that would not be. */
export async function previewFeed(
  connection: DuckDBConnection,
  source: SourceTable,
  staged: Staged,
  plan: FeedPlan,
  n: number,
): Promise<PreviewTable> {
  const cells = staged.columns.map(({ target }) => `${quotedIdentifier(target)}::varchar`).join(', ');
  const read = async (condition: string): Promise<PreviewRow[]> => {
    const reader = await connection.runAndReadAll(
      `select line::varchar, problem, keep, ${cells} from ${staged.relation} where ${condition}
       order by line limit ${Math.trunc(n)}`,
    );
    return reader.getRowsJS().map(([line, problem, keep, ...values]) => {
      const wrong = problem === null ? null : reasonFor(staged, String(problem));
      const left = keep === false ? (plan.keep?.reason ?? 'left out') : null;
      return {
        line: Number(line),
        cells: values.map((value) => (value === null ? null : shortened(String(value)))),
        problem: wrong?.reason ?? left,
        at: wrong?.column ?? null,
        cell: null,
      };
    });
  };
  const rows = await read('true');
  const rejected = await read('problem is not null');
  await fillCells(connection, source, [...rows, ...rejected]);
  const reader = await connection.runAndReadAll(
    `select count(*) filter (problem is not null), count(*) filter (problem is null and not keep) from ${staged.relation}`,
  );
  const [wrong, aside] = (reader.getRows()[0] ?? []).map(Number);
  return {
    table: staged.table.name,
    columns: staged.columns.map(({ target, source: from, type, style }) => ({
      target,
      source: from,
      type,
      style,
    })),
    rows,
    rejected,
    rows_rejected: wrong ?? 0,
    rows_set_aside: aside ?? 0,
  };
}

/** Gives rows that would be rejected the cell at fault, as in the file. */
async function fillCells(
  connection: DuckDBConnection,
  source: SourceTable,
  rows: PreviewRow[],
): Promise<void> {
  const wrong = rows.filter((row) => row.at !== null && source.columns.includes(row.at));
  if (wrong.length === 0) return;
  const line = source.firstLine === null ? 'line' : `${source.firstLine} + row_number() over () - 1`;
  const lines = [...new Set(wrong.map((row) => row.line))].join(', ');
  const columns = source.columns.map((header, index) => `c${index} as ${quotedIdentifier(`cell ${index}`)}`);
  const reader = await connection.runAndReadAll(
    `select * from (select (${line})::varchar as at_line, ${columns.join(', ')} from ${source.relation})
     where at_line in (${lines.split(', ').map(quotedString).join(', ')})`,
  );
  const byLine = new Map(reader.getRowsJS().map(([at, ...found]) => [Number(at), found]));
  for (const row of wrong) {
    const cell = byLine.get(row.line)?.[source.columns.indexOf(row.at!)];
    if (typeof cell === 'string') row.cell = shortened(cell);
  }
}
