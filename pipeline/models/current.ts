import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { canonicalTables, type CanonicalTable } from '../schema/canonical.ts';

/**
 * The layer `latest`: of each canonical table, every key's row as the last export that holds it shows it.
 * Written from the schema, since the rule is the same for every table.
 */
export async function createLatest(connection: DuckDBConnection): Promise<void> {
  await connection.run('create schema latest');
  for (const table of canonicalTables) {
    await connection.run(
      (await repeatsAcrossFiles(connection, table)) ? lastOfEachKey(table) : everyRow(table),
    );
  }
}

const rows = (table: CanonicalTable) => `raw.${quotedIdentifier(`${table.name}_row`)}`;

/** A line's own list price counts as it was when a price first stood on the line. */
const firstSeen = (table: CanonicalTable, over: string) =>
  table.name === 'deal_line'
    ? `, first_value(unit_list ${over} as first_unit_list,
         first_value(list_amount ${over} as first_list_amount,
         first_value(case when coalesce(unit_list, list_amount) is not null then exported_at end ${over} as first_seen_at`
    : '';

/** Whether more than one file, or one file more than once, gave rows of the same key. */
async function repeatsAcrossFiles(connection: DuckDBConnection, table: CanonicalTable): Promise<boolean> {
  const feeds = await connection.runAndReadAll(
    'select count(*) from raw.source_file_table where table_name = $name and rows_loaded > 0',
    { name: table.name },
  );
  if (Number(feeds.getRows()[0]?.[0]) < 2) return false;
  const key = (table.spanOf.length > 0 ? table.spanOf : table.key).map(quotedIdentifier).join(', ');
  const twice = await connection.runAndReadAll(
    `select 1 from ${rows(table)} group by ${key} having count(*) > 1 limit 1`,
  );
  return twice.getRows().length > 0;
}

function everyRow(table: CanonicalTable): string {
  const first =
    table.name === 'deal_line'
      ? ', unit_list as first_unit_list, list_amount as first_list_amount, exported_at as first_seen_at'
      : '';
  return `create view latest.${quotedIdentifier(table.name)} as
    select t.*${first} from ${rows(table)} t join raw.source_file using (source_file_id)`;
}

function lastOfEachKey(table: CanonicalTable): string {
  const key = table.key.map(quotedIdentifier).join(', ');
  const seen = firstSeen(
    table,
    `ignore nulls) over (partition by ${key} order by exported_at, path, source_line
       rows between unbounded preceding and unbounded following)`,
  );
  const given = `(select t.*, f.exported_at, f.path, f.recognised_as${seen}
    from ${rows(table)} t join raw.source_file f using (source_file_id))`;
  return `create table latest.${quotedIdentifier(table.name)} as
    select * exclude (exported_at, path, recognised_as) from ${table.spanOf.length > 0 ? lastHistory(table, given) : given}
    qualify row_number() over (partition by ${key} order by exported_at desc, path desc, source_line desc) = 1`;
}

/**
 * Spans are told whole: what the last export of a kind says of a person's places, or of a price, replaces
 * what the exports before it said, whose spans may since have ended on another day.
 */
function lastHistory(table: CanonicalTable, given: string): string {
  const same = table.spanOf.map(quotedIdentifier).join(', ');
  return `(select * from ${given}
    qualify exported_at = max(exported_at) over (partition by ${same}, recognised_as))`;
}

/** Core tables that need no rule of their own are the latest rows as they stand. */
export async function createPlainCore(connection: DuckDBConnection, withRules: Set<string>): Promise<void> {
  for (const table of canonicalTables) {
    if (withRules.has(table.name)) continue;
    const name = quotedIdentifier(table.name);
    const columns = table.columns.map((column) => quotedIdentifier(column.name)).join(', ');
    await connection.run(
      `create view core.${name} as select ${columns}, source_file_id, source_line from latest.${name}`,
    );
  }
}
