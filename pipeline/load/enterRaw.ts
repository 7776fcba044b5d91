import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import type { Staged } from './stage.ts';

/** Rows from which on it is quicker to make a staging table the raw table than to copy it. */
const MANY = 50_000;

async function isEmpty(connection: DuckDBConnection, table: string): Promise<boolean> {
  const reader = await connection.runAndReadAll(`select 1 from ${table} limit 1`);
  return reader.getRows().length === 0;
}

/** Puts a staging table in the place of its empty raw table. */
async function become(connection: DuckDBConnection, staged: Staged, table: string): Promise<void> {
  const { name, firstLine } = staged;
  if (firstLine !== null) await connection.run(`update ${name} set source_line = rowid + ${firstLine}`);
  await connection.run(`drop view ${name}_lined`);
  for (const column of ['problem', 'keep', 'unclear'])
    await connection.run(`alter table ${name} drop column ${column}`);
  await connection.run(`drop table raw.${table}`);
  await connection.run(`alter table ${name} rename to ${table}`);
}

/**
 * Loads what was staged into its raw table: every row that is neither rejected nor set aside. `whole` is the
 * number of rows where all of them are loaded, else null.
 */
export async function enterRaw(
  connection: DuckDBConnection,
  staged: Staged,
  aside: string,
  whole: number | null,
): Promise<void> {
  const table = quotedIdentifier(`${staged.table.name}_row`);
  if (whole !== null && whole >= MANY && (await isEmpty(connection, `raw.${table}`)))
    return become(connection, staged, table);
  const columns = staged.table.columns.map(({ name }) => quotedIdentifier(name)).join(', ');
  await connection.run(
    `insert into raw.${table} by name
     select source_file_id, line as source_line, ${columns} from ${staged.relation}
     where problem is null and keep and line not in (select line from ${aside})`,
  );
}
