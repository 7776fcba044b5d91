import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import type { SourceTable } from '../read/table.ts';
import { canonicalTable, type CanonicalTable, type ColumnType } from '../schema/canonical.ts';
import type { FeedPlan, PlannedColumn } from '../sources/recognise.ts';
import { bindMapping } from './bindMapping.ts';
import { readInputs } from './computedInputs.ts';
import { plainStyle, type StyleSettings } from './columnStyle.ts';
import { decidePercents, decideStyles } from './decideStyles.ts';
import { isNumeric, isText, stagingSql, type Cell, type RowCheck } from './stagingSql.ts';

/** A file is known by its content. */
export const fileIdOf = (source: SourceTable) => source.contentHash.slice(0, 16);

export interface StagedColumn extends PlannedColumn {
  type: ColumnType;
  /** How its cells are written. */
  style: string;
  /** What in them says so; null where they are written the plain way. */
  evidence: string | null;
  /** SQL over the file's relation: the cell as it stands there, and what it becomes. */
  cell: string;
  value: string;
}

/** One feed of one file, typed and in file order, before anything is rejected or set aside. */
export interface Staged {
  /** Table of the columns of its `raw` table, in their order, with `problem`, `keep` and `unclear` behind them. */
  name: string;
  /** The line of the row with id 0, where source_line is still to be filled from it; null where it is filled. */
  firstLine: number | null;
  /** The staging table with each row's `line`. */
  relation: string;
  /** The file's relation that it was read from. */
  from: string;
  table: CanonicalTable;
  columns: StagedColumn[];
}

/** Columns of text with words for "nothing", formulas or blanks around cells. */
async function needsCare(
  connection: DuckDBConnection,
  relation: string,
  cells: Cell[],
): Promise<Set<string>> {
  const texts = cells.filter((cell) => isText(cell.type));
  const tests = texts.map(
    ({ expression }) =>
      `bool_or(said(${expression}) is null or trim(${expression}) <> ${expression} or is_formula_of_text(trim(${expression})))
        filter (${expression} is not null)`,
  );
  return targetsWhere(connection, relation, texts, tests);
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

/** Columns in which nearly every point may stand between thousands. */
async function thousandsInDoubt(
  connection: DuckDBConnection,
  relation: string,
  cells: Cell[],
): Promise<Set<string>> {
  const tests = cells.map(
    ({ text }) =>
      `count(*) filter (may_be_thousands(${text}))
        > 100 * count(*) filter (${text} like '%.%' and not may_be_thousands(${text}))`,
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
    `select 1 from ${staging} where problem is not null and problem[1] not in ('!', '~') limit 1`,
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

async function isUnclear(connection: DuckDBConnection, staging: string): Promise<boolean> {
  const reader = await connection.runAndReadAll(`select bool_or(unclear) from ${staging}`);
  return reader.getRows()[0]?.[0] === true;
}

function plainCells(table: CanonicalTable, plan: FeedPlan): Cell[] {
  return plan.columns.map((column): Cell => {
    const canonical = table.columns.find((candidate) => candidate.name === column.target);
    if (!canonical) throw new Error(`${plan.table} has no column ${column.target}`);
    const { type, required } = canonical;
    const expression = column.apart ? apartName(column.target) : column.expression;
    return { ...column, expression, type, required, style: plainStyle(type), text: expression };
  });
}

/** Takes words for "nothing" as nothing, formulas as their text and short ids as long ones, where a column has any. */
async function readWithCare(connection: DuckDBConnection, relation: string, cells: Cell[]): Promise<boolean> {
  const care = await needsCare(connection, relation, cells);
  for (const cell of cells)
    if (care.has(cell.target)) cell.text = `said(trim(without_formula(trim(${cell.expression}))))`;
  const short = await shortIds(connection, relation, cells);
  for (const cell of cells)
    if (short.has(cell.target)) {
      const read = (text: string) => `salesforce_id(${text})`;
      cell.style = { name: 'Salesforce id, 15 characters', read };
    }
  return care.size + short.size > 0;
}

const apartName = (target: string) => quotedIdentifier(`${target} told apart`);

/**
 * A made-up key, numbered where rows that are different share it; not named by what they show, which may change from
 * one export to the next.
 */
function toldApart({ target, expression: key, apart }: PlannedColumn): string {
  const [rank, by] = apart === 'each row' ? ['row_number', '"line of the file"'] : ['dense_rank', apart!.by];
  const number = `${rank}() over (partition by ${key} order by ${by})`;
  return `case when ${number} = 1 then ${key} else ${key} || ' | ' || ${number} end as ${apartName(target)}`;
}

/**
 * A relation in which each record's items are rows of their own, or each record's versions are told apart, or rows of
 * the same made-up key, and every row carries its line.
 */
function spreadOut(
  { firstLine }: SourceTable,
  relation: string,
  { each, newest, columns }: FeedPlan,
): string {
  const line = firstLine === null ? 'line' : `${firstLine} + row_number() over () - 1`;
  let from = `(select *, ${line} as "line of the file" from ${relation})`;
  if (newest)
    from = `(select *, row_number() over (partition by ${newest.of} order by ${newest.by} desc nulls last, "line of the file" desc) = 1
      as "last version" from ${from})`;
  const alike = columns.filter(({ apart }) => apart);
  if (alike.length > 0) from = `(select *, ${alike.map(toldApart).join(', ')} from ${from})`;
  if (each) from = `(select *, unnest(items_of(${each.list}))::varchar as ${each.item} from ${from})`;
  return from;
}

/**
 * Reads one feed of a file into a typed staging table. The plain way of writing is tried first and marks what it
 * may misread; columns in which it does not fit every cell get the way decided from all of their cells. Throws a
 * Problem with the question where that can't be decided.
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
  const { plan } = bound;
  const isApart = plan.columns.some(({ apart }) => apart);
  const isSpread = plan.each !== undefined || plan.newest !== undefined || isApart;
  let relation = isSpread ? spreadOut(source, bound.relation, plan) : bound.relation;
  const cells = plainCells(table, plan);

  // A join may change the order of rows, so look-ups carry the row's place along with it.
  const looksUp = cells.some((cell) => cell.how === 'looked up');
  let from = relation;
  let line: string | null = null;
  if (isSpread) line = '"line of the file"';
  else if (source.firstLine === null) line = 'line';
  else if (looksUp) {
    from = `(select *, ${source.firstLine} + row_number() over () - 1 as "line of the file" from ${relation})`;
    line = '"line of the file"';
  }
  let checks: RowCheck[] = [];
  const write = async () => {
    await connection.run(stagingSql(name, from, line, fileIdOf(source), table, plan, cells, checks));
  };

  await write();
  const undecided = new Set<string>();
  if (await isUnclear(connection, name)) {
    const inputs = await readInputs(connection, source, relation, cells, settings);
    if (inputs) {
      from = inputs.over(from);
      relation = inputs.over(relation);
      checks = inputs.checks;
    }
    if ((await readWithCare(connection, relation, cells)) || inputs) await write();
    const numbers = cells.filter((cell) => isNumeric(cell.type) && cell.how !== 'computed');
    for (const target of await thousandsInDoubt(connection, relation, numbers)) undecided.add(target);
  }
  for (const target of await unreadCells(connection, name, relation, cells)) undecided.add(target);
  if (undecided.size > 0) {
    const contradictions = await decideStyles(connection, relation, table, cells, undecided, settings);
    checks = [...checks, ...contradictions];
    await write();
  }
  if (await decidePercents(connection, name, relation, cells, settings)) await write();
  // Rows keep the file's order, so a row's id tells its line without a second parser.
  const lineOfRow = line === null ? `rowid + ${source.firstLine}` : 'source_line';
  await connection.run(`create or replace view ${name}_lined as select *, ${lineOfRow} as line from ${name}`);
  return {
    name,
    firstLine: line === null ? source.firstLine : null,
    relation: `${name}_lined`,
    table,
    from: relation,
    columns: cells.map(({ target, source: header, how, expression, type, style, text }) => {
      const { name: written, evidence = null } = style;
      const value = style.read(text);
      return {
        target,
        source: header,
        how,
        expression,
        type,
        style: written,
        evidence,
        cell: expression,
        value,
      };
    }),
  };
}
