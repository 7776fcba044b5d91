import { quotedIdentifier, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { SourceTable } from '../read/table.ts';
import { canonicalTable, type CanonicalTable, type ColumnType } from '../schema/canonical.ts';
import type { FeedPlan, PlannedColumn } from '../sources/recognise.ts';
import { bindMapping } from './bindMapping.ts';
import {
  decideDateStyle,
  decideNumberStyle,
  plainStyle,
  type Style,
  type StyleSettings,
} from './columnStyle.ts';

/** One feed of one file, typed and in file order, before anything is rejected or set aside. */
export interface Staged {
  /** Table of the canonical columns given, with `problem`, `keep` and `line`. */
  relation: string;
  table: CanonicalTable;
  columns: (PlannedColumn & { type: ColumnType; style: string })[];
  /** The file's cells as the plan names them, for saying what a rejected cell held. */
  cells: string;
}

interface Cell extends PlannedColumn {
  type: ColumnType;
  required: boolean;
  style: Style;
  /** SQL text of the cell, with the words for "nothing" taken as nothing where the column has any. */
  text: string;
}

const isText = (type: ColumnType) => type === 'id' || type === 'text' || type === 'currency';
const numeric: readonly ColumnType[] = ['amount', 'price', 'quantity', 'percent', 'integer'];

/** Words for "nothing" and blanks around cells are looked for once; most exports have none. */
async function needsCare(
  connection: DuckDBConnection,
  relation: string,
  plan: FeedPlan,
): Promise<Set<string>> {
  const tests = plan.columns.map(
    ({ expression }) =>
      `bool_or(said(${expression}) is null or trim(${expression}) <> ${expression}) filter (${expression} is not null)`,
  );
  return targetsWhere(connection, relation, plan.columns, tests);
}

/** Columns in which an id is Salesforce's short form of a longer one. */
async function shortIds(connection: DuckDBConnection, relation: string, cells: Cell[]): Promise<Set<string>> {
  const ids = cells.filter((cell) => cell.type === 'id');
  const tests = ids.map(({ text }) => `bool_or(is_short_salesforce_id(${text}))`);
  return targetsWhere(connection, relation, ids, tests);
}

/** The columns whose test holds over all rows. */
async function targetsWhere(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly PlannedColumn[],
  tests: string[],
): Promise<Set<string>> {
  if (tests.length === 0) return new Set();
  const reader = await connection.runAndReadAll(`select ${tests.join(', ')} from ${relation}`);
  const row = reader.getRows()[0] ?? [];
  return new Set(columns.filter((_, index) => row[index] === true).map((column) => column.target));
}

async function thousandsInDoubt(
  connection: DuckDBConnection,
  relation: string,
  cells: Cell[],
): Promise<Set<string>> {
  const tests = cells.map(
    ({ text }) =>
      `count(*) filter (${text} like '%.___' and ${text} not like '0.%' and ${text} not like '-0.%') > 0
        and count(*) filter (${text} like '%.%' and (${text} not like '%.___' or ${text} like '0.%' or ${text} like '-0.%')) = 0`,
  );
  return targetsWhere(connection, relation, cells, tests);
}

/** Columns in which the plain way of writing does not read every cell. */
async function unreadCells(
  connection: DuckDBConnection,
  staging: string,
  relation: string,
  cells: Cell[],
): Promise<string[]> {
  const any = await connection.runAndReadAll(
    `select 1 from ${staging} where problem is not null and problem not like '!%' limit 1`,
  );
  if (any.getRows().length === 0) return [];
  const typed = cells.filter((cell) => !isText(cell.type));
  // A row names only the first of its problems, so every column is looked at again.
  const tests = typed.map(
    (cell) => `bool_or(${cell.style.read(cell.text)} is null and ${cell.text} is not null)`,
  );
  const reader = await connection.runAndReadAll(`select ${tests.join(', ')} from ${relation}`);
  const row = reader.getRows()[0] ?? [];
  return typed.filter((_, index) => row[index] === true).map((cell) => cell.target);
}

function stagingSql(
  name: string,
  relation: string,
  line: string | null,
  plan: FeedPlan,
  cells: Cell[],
): string {
  const values = cells.map((cell) => `${cell.style.read(cell.text)} as ${quotedIdentifier(cell.target)}`);
  const complaints = cells.flatMap((cell) => {
    const value = cell.style.read(cell.text);
    const unread = isText(cell.type)
      ? []
      : [`when ${value} is null and ${cell.text} is not null then ${quotedString(cell.target)}`];
    const missing = cell.required
      ? [`when ${cell.text} is null then ${quotedString(`!${cell.target}`)}`]
      : [];
    return [...missing, ...unread];
  });
  const problem = complaints.length > 0 ? `case ${complaints.join(' ')} end` : 'null::varchar';
  const keep = plan.keep ? `coalesce(${plan.keep.sql}, false)` : 'true';
  return `create or replace table ${name} as
    select ${values.join(', ')}, ${problem} as problem, ${keep} as keep${line === null ? '' : `, ${line} as line`}
    from ${relation}`;
}

/**
 * Reads one feed of a file into a typed staging table. The plain way of writing is tried first; columns in
 * which it does not fit every cell get the way decided from all of their cells. Throws a Problem with the
 * question where that can't be decided.
 */
export async function stage(
  connection: DuckDBConnection,
  source: SourceTable,
  given: FeedPlan,
  names: 'headers' | 'positions',
  settings: StyleSettings,
  name: string,
): Promise<Staged> {
  const table = canonicalTable(given.table);
  if (!table) throw new Error(`no canonical table ${given.table}`);
  const bound =
    names === 'headers'
      ? await bindMapping(connection, source, given)
      : { relation: source.relation, plan: given };
  const { relation, plan } = bound;
  const care = await needsCare(connection, relation, plan);
  const cells = plan.columns.map((column): Cell => {
    const canonical = table.columns.find((candidate) => candidate.name === column.target);
    if (!canonical) throw new Error(`${plan.table} has no column ${column.target}`);
    const text = care.has(column.target) ? `said(trim(${column.expression}))` : column.expression;
    return {
      ...column,
      type: canonical.type,
      required: canonical.required,
      style: plainStyle(canonical.type),
      text,
    };
  });

  const short = await shortIds(connection, relation, cells);
  for (const cell of cells)
    if (short.has(cell.target)) {
      const read = (text: string) => `salesforce_id(${text})`;
      cell.style = { name: 'Salesforce id, 15 characters', read };
    }

  // A join may change the order of rows, so look-ups carry the row's place along with it.
  const looksUp = cells.some((cell) => cell.how === 'looked up');
  let from = relation;
  let line: string | null = null;
  if (source.firstLine === null) line = 'line';
  else if (looksUp) {
    from = `(select *, ${source.firstLine} + row_number() over () - 1 as "line of the file" from ${relation})`;
    line = '"line of the file"';
  }

  const doubtful = await thousandsInDoubt(
    connection,
    relation,
    cells.filter((cell) => numeric.includes(cell.type) && cell.how !== 'computed'),
  );
  await connection.run(stagingSql(name, from, line, plan, cells));
  const undecided = new Set([...doubtful, ...(await unreadCells(connection, name, relation, cells))]);
  let restyled = false;
  for (const cell of cells) {
    if (!undecided.has(cell.target)) continue;
    const column = { text: cell.text, header: cell.source };
    if (cell.type === 'date' || cell.type === 'instant')
      cell.style = await decideDateStyle(connection, relation, { ...column, type: cell.type }, settings);
    else if (numeric.includes(cell.type))
      cell.style = await decideNumberStyle(connection, relation, { ...column, type: cell.type }, settings);
    else continue;
    restyled = true;
  }
  if (restyled) await connection.run(stagingSql(name, from, line, plan, cells));
  if (line === null) {
    // Rows keep the file's order, so a row's id tells its line without a second parser.
    await connection.run(
      `create or replace view ${name}_lined as select *, rowid + ${source.firstLine} as line from ${name}`,
    );
  } else {
    await connection.run(`create or replace view ${name}_lined as from ${name}`);
  }
  return {
    relation: `${name}_lined`,
    table,
    columns: cells.map((cell) => ({ ...cell, style: cell.style.name })),
    cells: relation,
  };
}
