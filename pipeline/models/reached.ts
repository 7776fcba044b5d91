import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { COUNTED_BEFORE, saidOfFiles, type Before } from './before.ts';
import type { Sources } from './marks.ts';

/** Deals that a change reaches (deal_id), with all others of their customers. */
export const REACHED_DEALS = 'passing.reached_deal';

/** Customers that a change reaches (account_id). */
const REACHED_CUSTOMERS = 'passing.reached_customer';

/** One row per file that counts in one of the two builds alone (source_file_id); is_new says in which. */
export const OTHER_FILES = 'passing.other_file';

/** Above this share of all deals, making everything anew is quicker. Measured, as a round number. */
const WIDE = 0.1;

/** Tables of `latest` each row of which tells of one deal or customer, by the column that says which. */
const telling = { deal: 'deal_id', deal_line: 'deal_id', account: 'account_id' } as const;
type Telling = keyof typeof telling;

/** How far what changed since the build before reaches. */
export interface Reached {
  /** Tables of `latest` of which only rows of reached deals changed. */
  tables: ReadonlySet<string>;
  /** Whether deals that name no customer are among those reached. */
  nobody: boolean;
}

/** Whether a query has any rows. */
export async function any(connection: DuckDBConnection, sql: string): Promise<boolean> {
  return (await connection.runAndReadAll(`${sql} limit 1`)).getRows().length > 0;
}

/** Tables whose rows belong to others than they say themselves. */
const SAID_ELSEWHERE = 'line_of_deal';

/**
 * Whether the rows of a table are those of the files that count, in this build and in the one before, and only its own
 * files are others than then.
 */
async function isPlain(
  connection: DuckDBConnection,
  table: string,
  before: Before,
  { files, beside }: Sources,
): Promise<boolean> {
  if (before.marks.get(`files of ${table}`) === files.get(table)) return false;
  if (before.marks.get(`beside files of ${table}`) !== beside.get(table)) return false;
  const kept = await connection.runAndReadAll(
    `select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'latest'`,
  );
  const tables = [...before.kept, ...kept.getRows().map(([name]) => String(name))];
  return !tables.some((name) => name === table || name.startsWith(`${table}_told_`));
}

/** Creates the tables of what a change reaches; empty so far. */
export async function createReached(connection: DuckDBConnection): Promise<void> {
  await connection.run(`create table ${REACHED_DEALS} (deal_id varchar)`);
  await connection.run(`create table ${REACHED_CUSTOMERS} (account_id varchar)`);
}

/** Finds the files that came or went since the build before. Returns whether these are all that differs. */
async function findFiles(connection: DuckDBConnection): Promise<boolean> {
  const unclear = await any(
    connection,
    `select 1 from ${COUNTED_BEFORE} before join (${saidOfFiles}) now using (source_file_id)
     where before.said <> now.said`,
  );
  await connection.run(
    `create table ${OTHER_FILES} as
     select source_file_id, recognised_as, exported_at, also_exported_at,
       source_file_id in (select source_file_id from latest.export) as is_new
     from raw.source_file
     where (source_file_id in (select source_file_id from latest.export))
       <> (source_file_id in (select source_file_id from ${COUNTED_BEFORE}))`,
  );
  const several = await any(connection, `select 1 from ${OTHER_FILES} where len(also_exported_at) > 0`);
  return !unclear && !several;
}

/**
 * Enters the deals or customers of which something else is told than in the build before; where it stands in the files
 * is no matter.
 */
async function enterChanged(connection: DuckDBConnection, table: Telling): Promise<void> {
  const column = telling[table];
  const reached = column === 'deal_id' ? REACHED_DEALS : REACHED_CUSTOMERS;
  await enter(
    connection,
    reached,
    column,
    `with row as (
       select t.* exclude (source_file_id, source_line), file.recognised_as, file.exported_at, file.is_new
       from raw.${quotedIdentifier(`${table}_row`)} t join ${OTHER_FILES} file using (source_file_id)
     )
     select * exclude (is_new), count_if(is_new) as now, count_if(not is_new) as before
     from row group by all having now <> before`,
  );
}

/** To whom each deal was sold, in this build or in the one before. */
const SOLD = `(select deal_id, account_id from latest.deal union all select deal_id, account_id from marts.fact_deal)`;

/** Of each contract whose it is, and of which deal the line is that it was sold by. */
const CONTRACTS = `(
  select contract.account_id, line.deal_id
  from core.recurring_contract contract
  join core.subscription told on told.subscription_id = contract.contract_id
  join (select deal_line_id, deal_id from latest.deal_line union all select deal_line_id, deal_id from core.line_at_close) line
    on line.deal_line_id = told.deal_line_id
)`;

/** Customers of whom one's contract renews the other's. */
const RENEWED = `(
  select unnest([earlier.account_id, later.account_id]) as account_id, unnest([later.account_id, earlier.account_id]) as other_id
  from core.recurring_contract later
  join core.recurring_contract earlier on earlier.contract_id = later.renews_id
  where earlier.account_id is distinct from later.account_id
)`;

async function enter(connection: DuckDBConnection, table: string, column: string, found: string) {
  const result = await connection.run(
    `insert into ${table}
     select distinct ${column} from (${found})
     where ${column} is not null and ${column} not in (from ${table})`,
  );
  return result.rowsChanged > 0;
}

/**
 * Adds the customers to whom the deals were or are sold, who hold contracts by them, or whose contracts renew theirs, and
 * all deals of these customers and of their contracts, until there are no more. Returns whether some of the deals name
 * no customer.
 */
export async function enterCustomers(connection: DuckDBConnection): Promise<boolean> {
  const hasContracts = await any(connection, 'select 1 from core.subscription');
  const renews = await any(connection, `from ${RENEWED}`);
  const ofDeals = `deal_id in (from ${REACHED_DEALS})`;
  const ofCustomers = `account_id in (from ${REACHED_CUSTOMERS})`;
  const orNobody = ' or account_id is null';
  let nobody = false;
  for (;;) {
    const customers = [`select account_id from ${SOLD} where ${ofDeals}`];
    if (hasContracts) customers.push(`select account_id from ${CONTRACTS} where ${ofDeals}`);
    if (renews)
      customers.push(`select other_id from ${RENEWED} where ${ofCustomers}${nobody ? orNobody : ''}`);
    const found = customers.join(' union all ');
    const foundNobody: boolean =
      !nobody && (await any(connection, `from (${found}) where account_id is null`));
    nobody ||= foundNobody;
    const more = await enter(connection, REACHED_CUSTOMERS, 'account_id', found);
    const deals = [SOLD, ...(hasContracts ? [CONTRACTS] : [])]
      .map((told) => `select deal_id from ${told} where ${ofCustomers}${nobody ? orNobody : ''}`)
      .join(' union all ');
    if (!(await enter(connection, REACHED_DEALS, 'deal_id', deals)) && !more && !foundNobody) return nobody;
  }
}

/**
 * Finds the deals and customers that the changed exports reach, by comparing what the files that came say with what
 * those say in whose place they are. Nothing where that can't be told, or where so much changed that it does not pay.
 */
export async function findReached(
  connection: DuckDBConnection,
  before: Before,
  sources: Sources,
): Promise<Reached> {
  const none = { tables: new Set<string>(), nobody: false };
  await createReached(connection);
  const tables: Telling[] = [];
  for (const table of Object.keys(telling) as Telling[])
    if (await isPlain(connection, table, before, sources)) tables.push(table);
  if (tables.length === 0 || (await any(connection, `from latest.${SAID_ELSEWHERE}`))) return none;
  if (!(await findFiles(connection))) return none;
  for (const table of tables) await enterChanged(connection, table);
  const nobody = await enterCustomers(connection);
  const isWide = await any(
    connection,
    `select 1 from ${REACHED_DEALS} having count(*) > ${WIDE} * (select count(*) from latest.deal)`,
  );
  return isWide ? none : { tables: new Set(tables), nobody };
}

/** By table: what of `latest` its rows stand for, by which key, and the places of the files that they tell. */
const places: Record<string, { of: string; by: string; told: string[] }[]> = {
  'core.line_at_close': [
    { of: 'deal_line', by: 'deal_line_id', told: ['source_file_id', 'source_file', 'source_line'] },
    // The row of a deal that has no lines.
    { of: 'deal', by: `deal_id || ' (amount)'`, told: ['source_file_id', 'source_file', 'source_line'] },
  ],
  'marts.fact_deal': [{ of: 'deal', by: 'deal_id', told: ['source_file', 'source_line'] }],
};

/**
 * Follows what stands at another place of the files than in the build before, though it says the same. Returns whether
 * anything does.
 */
export async function followPlaces(
  connection: DuckDBConnection,
  table: string,
  { tables }: Reached,
): Promise<boolean> {
  let moved = 0n;
  for (const { of, by, told } of places[table] ?? []) {
    if (!tables.has(of)) continue;
    const key = by === 'deal_id' ? 'deal_id' : 'deal_line_id';
    const result = await connection.run(
      `update ${table} row set ${told.map((column) => `${column} = told.${column}`).join(', ')}
       from (
         select ${by} as key, source_file_id, path::core.source_file as source_file, source_line
         from raw.${quotedIdentifier(`${of}_row`)}
         join (select source_file_id, path from raw.source_file semi join (from ${OTHER_FILES} where is_new) using (source_file_id))
           using (source_file_id)
       ) told
       where told.key = row.${key} and (${told.map((column) => `told.${column} <> row.${column}`).join(' or ')})`,
    );
    moved += BigInt(result.rowsChanged);
  }
  return moved > 0n;
}

/** The condition under which a row is of a reached deal or customer, by the column that tells. */
export function isReached(column: 'deal_id' | 'account_id', { nobody }: Reached): string {
  if (column === 'deal_id') return `deal_id in (from ${REACHED_DEALS})`;
  const named = `account_id in (from ${REACHED_CUSTOMERS})`;
  return nobody ? `(account_id is null or ${named})` : named;
}
