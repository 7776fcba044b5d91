import { quotedIdentifier, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { insertRows } from '../insertRows.ts';
import type { SourceTable } from '../read/table.ts';
import type { FeedPlan } from '../sources/recognise.ts';
import { enterRaw } from './enterRaw.ts';
import { stage, type Staged } from './stage.ts';
import type { StyleSettings } from './columnStyle.ts';

/** The column whose sum is followed from the file to the warehouse. */
const moneyColumns = ['net_amount', 'amount', 'monthly_net', 'list_amount'];

export interface FeedOutcome {
  table: string;
  rowsLoaded: number;
  rowsRejected: number;
  rowsSetAside: number;
}

async function run(
  connection: DuckDBConnection,
  sql: string,
  values?: Record<string, string | number | null>,
): Promise<void> {
  await connection.run(sql, values);
}

/** Marks rows whose key stands again further down the file: the later row wins. */
async function markRepeats(connection: DuckDBConnection, staged: Staged, aside: string): Promise<void> {
  const key = staged.table.key.filter((part) => staged.columns.some((column) => column.target === part));
  const keys = key.map(quotedIdentifier).join(', ');
  const clean = `${staged.relation} where problem is null and keep`;
  const twice = await connection.runAndReadAll(
    `select 1 from (select ${keys} from ${clean} group by ${keys} having count(*) > 1) limit 1`,
  );
  if (twice.getRows().length === 0) return;
  const all = staged.columns.map((column) => quotedIdentifier(column.target)).join(', ');
  await run(
    connection,
    `insert into ${aside}
     select line, case when content = last_content then 'repeats line ' else 'superseded by line ' end || last_line
     from (
       select line, hash(${all}) as content,
         last_value(hash(${all})) over same as last_content, last_value(line) over same as last_line
       from ${clean}
       window same as (partition by ${keys} order by line rows between unbounded preceding and unbounded following)
     )
     where line <> last_line`,
  );
}

/** What is wrong with a row, in words, and the header it is wrong at. */
export function reasonFor(staged: Staged, problem: string): { column: string; reason: string } {
  const target = /^[!$~]/.test(problem) ? problem.slice(1) : problem;
  const column = staged.columns.find((candidate) => candidate.target === target);
  const header = column?.source ?? target;
  if (problem.startsWith('!')) return { column: header, reason: `${target} is missing` };
  if (problem.startsWith('~'))
    return {
      column: header,
      reason: `${target} was rounded by a spreadsheet, and several may be the same now: export it again as text`,
    };
  if (problem.startsWith('$'))
    return { column: header, reason: `${target} is in another currency than its row` };
  const kind =
    { date: 'a date', instant: 'a time', boolean: 'yes or no' }[column?.type as string] ?? 'a number';
  return { column: header, reason: `${target} is not ${kind} (${column?.style})` };
}

async function keepRejected(
  connection: DuckDBConnection,
  source: SourceTable,
  staged: Staged,
  fileId: string,
): Promise<void> {
  const problems = await connection.runAndReadAll(
    `select distinct problem from ${staged.relation} where problem is not null order by problem`,
  );
  const text = source.columns
    .map((_, index) => `coalesce(c${index}, '')`)
    .join(`, ${quotedString(source.dialect.delimiter || ',')}, `);
  const line = source.firstLine === null ? 'line' : `${source.firstLine} + row_number() over () - 1`;
  for (const [problem] of problems.getRows()) {
    const { column, reason } = reasonFor(staged, String(problem));
    await run(
      connection,
      `insert into raw.rejected_row
       with written as (select ${line} as line, concat(${text}) as text from ${source.relation})
       select $file, $table, line, $column, $reason, text from written
       where line in (select line from ${staged.relation} where problem = $problem)`,
      { file: fileId, table: staged.table.name, column, reason, problem: String(problem) },
    );
  }
}

/** Keeps the keys of rows that the file itself says are deleted, unless it holds the same one alive too. */
async function keepDeleted(connection: DuckDBConnection, staged: Staged, fileId: string): Promise<void> {
  const [name, ...others] = staged.table.key;
  if (others.length > 0 || !staged.columns.some((column) => column.target === name)) return;
  const key = quotedIdentifier(name!);
  await run(
    connection,
    `insert into raw.deleted_row
     select $file, $table, line, ${key} from ${staged.relation} where problem is null and not keep and ${key} is not null
       and ${key} not in (select ${key} from ${staged.relation} where problem is null and keep and ${key} is not null)`,
    { file: fileId, table: staged.table.name },
  );
}

async function keepAside(
  connection: DuckDBConnection,
  source: SourceTable,
  staged: Staged,
  plan: FeedPlan,
  fileId: string,
  aside: string,
): Promise<void> {
  if (plan.keep) {
    const reason = { reason: plan.keep.reason };
    await run(
      connection,
      `insert into ${aside} select line, $reason from ${staged.relation} where problem is null and not keep`,
      reason,
    );
    if (/\bdeleted\b/.test(plan.keep.reason)) await keepDeleted(connection, staged, fileId);
  }
  await markRepeats(connection, staged, aside);
  const any = await connection.runAndReadAll(`select 1 from ${aside} limit 1`);
  if (any.getRows().length === 0) return;
  const text = source.columns
    .map((_, index) => `coalesce(c${index}, '')`)
    .join(`, ${quotedString(source.dialect.delimiter || ',')}, `);
  const line = source.firstLine === null ? 'line' : `${source.firstLine} + row_number() over () - 1`;
  await run(
    connection,
    `insert into raw.set_aside_row
     with written as (select ${line} as line, concat(${text}) as text from ${source.relation})
     select $file, $table, line, reason, text from written join ${aside} using (line)`,
    { file: fileId, table: staged.table.name },
  );
}

/** Rows and money of one file in a raw table, as they stand. */
async function standing(
  connection: DuckDBConnection,
  table: string,
  money: string | undefined,
  fileId: string,
) {
  const sum = money ? `coalesce(sum(${quotedIdentifier(money)}), 0)::varchar` : 'null';
  const reader = await connection.runAndReadAll(
    `select count(*), ${sum} from raw.${quotedIdentifier(`${table}_row`)} where source_file_id = $file`,
    { file: fileId },
  );
  const [rows, total] = reader.getRows()[0] ?? [];
  return { rows: Number(rows), money: total === null || total === undefined ? null : String(total) };
}

interface Taken {
  rows: number;
  rejected: number;
  aside: number;
  /** Sums as decimal text, null where the table has no money. */
  money: { in: string | null; rejected: string | null; aside: string | null };
}

/** What one feed took in, and how much of it is not to be loaded. */
async function takenIn(
  connection: DuckDBConnection,
  staged: Staged,
  aside: string,
  money: string | undefined,
): Promise<Taken> {
  const sum = (rows: string) =>
    money ? `coalesce(sum(${quotedIdentifier(money)}) filter (${rows}), 0)::varchar` : 'null';
  const reader = await connection.runAndReadAll(
    `select count(*), count(*) filter (problem is not null), count(*) filter (problem is null and is_aside),
       ${sum('true')}, ${sum('problem is not null')}, ${sum('problem is null and is_aside')}
     from (select *, line in (select line from ${aside}) as is_aside from ${staged.relation})`,
  );
  const [rows, rejected, setAside, ...sums] = reader.getRows()[0] ?? [];
  const [all, wrong, left] = sums.map((total) => (typeof total === 'string' ? total : null));
  return {
    rows: Number(rows),
    rejected: Number(rejected),
    aside: Number(setAside),
    money: { in: all ?? null, rejected: wrong ?? null, aside: left ?? null },
  };
}

/**
 * Loads one feed of one file into `raw.<table>_row`, with every row that was not loaded kept by line and
 * reason. Throws a Problem where the file's way of writing can't be decided.
 */
export async function loadFeed(
  connection: DuckDBConnection,
  source: SourceTable,
  plan: FeedPlan,
  names: 'headers' | 'positions',
  settings: StyleSettings,
  fileId: string,
  number: number,
): Promise<FeedOutcome> {
  // In the schema of the raw tables, so that it can become one.
  const name = `raw.staged_${plan.table}_${fileId}_${number}`;
  const aside = `${name}_aside`;
  try {
    const staged = await stage(connection, source, plan, names, settings, name);
    const { name: table } = staged.table;
    await run(connection, `create table ${aside} (line bigint, reason varchar)`);
    await keepAside(connection, source, staged, plan, fileId, aside);
    const money = moneyColumns.find((column) => staged.columns.some(({ target }) => target === column));
    const taken = await takenIn(connection, staged, aside, money);
    if (taken.rejected > 0) await keepRejected(connection, source, staged, fileId);
    const before = await standing(connection, table, money, fileId);
    await enterRaw(connection, staged, aside, taken.rejected + taken.aside === 0 ? taken.rows : null);
    const after = await standing(connection, table, money, fileId);
    const filled = staged.columns.map(({ target, source: header, how, style }) => [
      fileId,
      table,
      target,
      header,
      how,
      style,
    ]);
    await insertRows(connection, 'raw.source_column', filled);
    await run(
      connection,
      // What was loaded is what stands in the raw table, not what should.
      `insert into raw.source_file_table values ($file, $number::integer, $table, $rows::bigint, $loaded::bigint,
         $rejected::bigint, $aside::bigint, $column, $all::decimal(38, 4),
         $after::decimal(38, 4) - $before::decimal(38, 4), $wrong::decimal(38, 4), $left::decimal(38, 4))`,
      {
        file: fileId,
        number,
        table,
        rows: taken.rows,
        loaded: after.rows - before.rows,
        rejected: taken.rejected,
        aside: taken.aside,
        column: staged.columns.find((column) => column.target === money)?.source ?? null,
        all: taken.money.in,
        after: after.money,
        before: before.money,
        wrong: taken.money.rejected,
        left: taken.money.aside,
      },
    );
    return {
      table,
      rowsLoaded: after.rows - before.rows,
      rowsRejected: taken.rejected,
      rowsSetAside: taken.aside,
    };
  } finally {
    await run(connection, `drop view if exists ${name}_lined`);
    await run(connection, `drop table if exists ${aside}`);
    await run(connection, `drop table if exists ${name}`);
  }
}
