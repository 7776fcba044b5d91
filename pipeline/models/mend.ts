import type { DuckDBConnection } from '@duckdb/node-api';
import { withoutComments, type Model } from './model.ts';
import { inParts, partMaking } from './parts.ts';
import { any, followPlaces, isReached, type Reached } from './reached.ts';

/** Of a table, what is different from the build before: nothing, rows of reached customers at most, or any row. */
export type Change = 'none' | 'reached' | 'any';

/** Above so many rows it takes too long to find out that a table made anew is as it was. Ours. */
const MOST_COMPARED = 100_000;

/** Where a table's rows of reached customers alone are made before they take the place of those that stand there. */
const beside = (table: string) => `passing."${table} beside"`;
/** Where a table stands aside while it is made anew. */
const earlier = (table: string) => `${table.split('.')[0]}."${table.split('.')[1]} of before"`;

async function columnsOf(connection: DuckDBConnection, table: string): Promise<string[]> {
  const [schema, name] = table.split('.') as [string, string];
  const reader = await connection.runAndReadAll(
    `select column_name from duckdb_columns()
     where database_name = current_database() and schema_name = $schema and table_name = $name`,
    { schema, name },
  );
  return reader.getRows().map(([column]) => String(column));
}

/** Rows that only one of two relations has, or has more often. */
const differing = (one: string, other: string) =>
  `((from ${one} except all from ${other}) union all (from ${other} except all from ${one}))`;

/** Puts the rows of reached customers as they are now in the place of those that stand there. Returns what differs. */
export async function mendTable(
  connection: DuckDBConnection,
  model: Model,
  parts: ReadonlyMap<string, string>,
  reached: Reached,
): Promise<Change> {
  const { makes, apart } = model;
  const made = beside(makes);
  const mine = isReached(apart!, reached);
  const stands = `(select * from ${makes} where ${mine})`;
  await connection.run(partMaking(model, parts, made));
  // What is read whole tells of others, too.
  await connection.run(`delete from ${made} where not coalesce(${mine}, false)`);
  const isSame = !(await any(connection, `from ${differing(made, stands)}`));
  if (!isSame) {
    await connection.run(`delete from ${makes} where ${mine}`);
    await connection.run(`insert into ${makes} by name from ${made}`);
  }
  await connection.run(`drop table ${made}`);
  const hasMoved = await followPlaces(connection, makes, reached);
  return isSame && !hasMoved ? 'none' : 'reached';
}

/** Changes the rows of reached customers as an update of the table says. */
export async function mendRows(
  connection: DuckDBConnection,
  { text }: Model,
  parts: ReadonlyMap<string, string>,
): Promise<void> {
  // What is changed is the table itself; what it reads of the table are the rows of reached customers.
  const [, update, rest] = /^([\s\S]*?update \S+)([\s\S]*)$/.exec(withoutComments(text))!;
  await connection.run(update! + inParts(rest!, parts));
}

/** What differs between a table and the one that stood in its place; anything where they are too large to compare. */
async function howChanged(
  connection: DuckDBConnection,
  { makes, lookedUpBy }: Model,
  before: string,
  reached: Reached,
  ofReads: Change,
): Promise<Change> {
  const [[now, then] = []] = (
    await connection.runAndReadAll(
      `select (select count(*) from ${makes})::integer, (select count(*) from ${before})::integer`,
    )
  ).getRows();
  if (Number(now) > MOST_COMPARED || Number(then) > MOST_COMPARED) return 'any';
  const added = `(from ${makes} except all from ${before})`;
  if (now === then && !(await any(connection, `from ${added}`))) return 'none';
  if (reached.tables.size === 0) return 'any';
  // Where only reached customers ask for more or less, the others find what they found.
  if (lookedUpBy && ofReads === 'reached') {
    const keys = lookedUpBy.map((key) => `now.${key} is not distinct from before.${key}`).join(' and ');
    const differs = `select 1 from ${added} now join ${before} before on ${keys}`;
    return (await any(connection, differs)) ? 'any' : 'reached';
  }
  if (!(await columnsOf(connection, makes)).includes('deal_id')) return 'any';
  const beyond = `from ${differing(makes, before)} where not coalesce(${isReached('deal_id', reached)}, false)`;
  return (await any(connection, beyond)) ? 'any' : 'reached';
}

/**
 * Makes a table anew in the place of the one that stands there, if one does. Where somebody goes on from that, tells
 * what came to be different.
 */
export async function makeAnew(
  connection: DuckDBConnection,
  model: Model,
  reached: Reached,
  { isAsked, ofReads }: { isAsked: boolean; ofReads: Change },
): Promise<Change> {
  const { makes, text } = model;
  if (!isAsked || (await columnsOf(connection, makes)).length === 0) {
    await connection.run(`drop table if exists ${makes}`);
    await connection.run(text);
    return 'any';
  }
  const before = earlier(makes);
  const [, name] = before.split('.') as [string, string];
  await connection.run(`alter table ${makes} rename to ${name}`);
  await connection.run(text);
  const change = await howChanged(connection, model, before, reached, ofReads);
  await connection.run(`drop table ${before}`);
  return change;
}
