import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { canonicalTable, type CanonicalTable } from '../schema/canonical.ts';
import { rowsOf } from './exports.ts';
import { model } from './statements.ts';

/** Tables whose rows are marked where later exports lack them; deals and lines by rules of their own. */
const followed = ['deal', 'deal_line', 'account', 'person', 'product'];

/** Whether rows of this table can have vanished. */
export const mayVanish = (table: CanonicalTable) => followed.includes(table.name);

const own: Record<string, string> = { deal: 'deals', deal_line: 'lines' };

/** Rows of other tables: whatever a whole export lacks is gone. */
const seenRows = (table: CanonicalTable) => `create temp table seen as
  select t.${quotedIdentifier(table.key[0]!)} as key, e.recognised_as, e.exported_on, max(e.exported_at) as exported_at
  from ${rowsOf(table)} t join latest.export e using (source_file_id) group by all`;
const noneBeyond = `create temp table beyond as
  select recognised_as, exported_on, key, null::varchar as side from compared where false`;

/** Makes `absent_row`: of each export the rows that it lacks, and how far it was taken to reach. */
async function findAbsent(connection: DuckDBConnection, table: CanonicalTable): Promise<void> {
  const rule = own[table.name];
  await connection.run(rule ? model('latest', `seen_${rule}`) : seenRows(table));
  await connection.run(model('latest', 'compared_exports'));
  await connection.run(rule ? model('latest', `sides_of_${rule}`) : noneBeyond);
  await connection.run(model('latest', 'absent_row'));
  for (const passing of ['seen', 'pair', 'compared', 'beyond']) await connection.run(`drop table ${passing}`);
}

/** Of a table's rows, those absent from later exports or marked as deleted there, that came back in none. */
function enter(table: CanonicalTable): string {
  const key = quotedIdentifier(table.key[0]!);
  const deal = table.columns.some(({ name }) => name === 'deal_id') ? 'deal_id' : 'null';
  return `insert into latest.vanished
    with last_seen as (
      select t.${key} as key, max(e.exported_on) as last_seen_on, max(e.exported_at) as last_seen_at,
        arg_max({'deal': ${deal}, 'file': t.source_file_id, 'line': t.source_line}, (e.exported_at, e.file_name, t.source_line)) as row
      from ${rowsOf(table)} t join latest.export e using (source_file_id)
      where t.${key} in (select key from absent_row union all select key from raw.deleted_row where table_name = '${table.name}')
      group by t.${key}
    ), gone as (
      select key, exported_on, exported_at, 'absent' as how
      from absent_row where taken_as = 'whole' and side is null and key is not null
      union all
      select deleted.key, export.exported_on, export.exported_at, 'deleted'
      from raw.deleted_row deleted join latest.export export using (source_file_id)
      where deleted.table_name = '${table.name}'
    )
    select '${table.name}', key, row.deal, last_seen_on, exported_on, exported_at, how, row.file, row.line
    from last_seen join gone using (key)
    where gone.exported_on > last_seen_on or (how = 'deleted' and gone.exported_at > last_seen_at)
    qualify row_number() over (partition by key order by exported_at, how desc) = 1`;
}

const keepDays = (table: CanonicalTable) => `insert into latest.export_day
  select '${table.name}', recognised_as, exported_on, any_value(exported_at), any_value(compared_with), any_value(rows),
    any_value(known), any_value(absent), count(key) filter (taken_as = 'whole' and side is null),
    count(key) filter (taken_as = 'whole' and side is not null),
    string_agg(distinct side, ', ' order by side) filter (taken_as = 'whole'), any_value(taken_as)
  from absent_row group by recognised_as, exported_on`;

/** Creates the tables that name what has vanished and how far each export was taken to reach; empty so far. */
export async function createVanished(connection: DuckDBConnection): Promise<void> {
  for (const name of ['export_day', 'vanished']) await connection.run(model('latest', name));
}

/** Whether an export marks rows of this table as deleted. */
async function hasDeleted(connection: DuckDBConnection, table: CanonicalTable): Promise<boolean> {
  const reader = await connection.runAndReadAll(
    'select 1 from raw.deleted_row where table_name = $name limit 1',
    { name: table.name },
  );
  return reader.getRows().length > 0;
}

/** Finds the rows of a table that later exports lack; nothing where no two exports tell of the same. */
export async function findVanished(
  connection: DuckDBConnection,
  table: CanonicalTable,
  repeats: boolean,
): Promise<void> {
  if (!mayVanish(table) || !(repeats || (await hasDeleted(connection, table)))) return;
  await findAbsent(connection, table);
  await connection.run(enter(table));
  await connection.run(keepDays(table));
  await connection.run('drop table absent_row');
}

/** The tables followed, each after what its rule reads. */
export const vanishing = followed.map((name) => canonicalTable(name)!);
