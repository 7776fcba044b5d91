import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import type { CanonicalTable } from '../schema/canonical.ts';
import { model } from './statements.ts';

/** The order of a key's rows from the one that counts now back to the oldest. Paths depend on the load; names don't. */
export const newestFirst = 'exported_at desc, file_name desc, source_file_id desc, source_line desc';
export const oldestFirst = 'exported_at, file_name, source_file_id, source_line';

/** What the order needs beside a table's own columns. */
export const ordering = ['exported_at', 'exported_on', 'file_name', 'recognised_as'];

export const rowsOf = (table: CanonicalTable) => `raw.${quotedIdentifier(`${table.name}_row`)}`;

/**
 * Where a row only says that somebody belongs to something, the row's absence says that they no longer do: the
 * column that holds what they belong to, and the table that shows it was told of though nobody belongs to it.
 */
export const belongs: Partial<Record<string, { within: string; alsoTold?: string }>> = {
  account_role: { within: 'account_id', alsoTold: 'account' },
  deal_influence: { within: 'deal_id' },
};

/** Columns that tell what a row is about, apart from since when. */
function subjectOf(table: CanonicalTable): string[] {
  const within = belongs[table.name]?.within;
  if (within) return [within];
  return table.spanOf.length > 0 ? table.spanOf : table.key;
}

export const listed = (columns: readonly string[]) => columns.map(quotedIdentifier).join(', ');

/** Creates `latest.export`, by which every model knows when a row stood so. */
export async function createExports(connection: DuckDBConnection): Promise<void> {
  await connection.run(model('latest', 'export'));
}

async function hasRow(connection: DuckDBConnection, sql: string) {
  return (await connection.runAndReadAll(sql)).getRows().length > 0;
}

/** How the files that gave a table rows stand to each other. */
export interface Feeding {
  /** Tables that several exports, or several files of one, gave rows. */
  several: ReadonlySet<string>;
  /** Tables whose rows are not all to be counted: a file that gave some was replaced by another. */
  replaced: ReadonlySet<string>;
}

/** Asked once for all tables: most are fed by one file or none. */
export async function findFeeding(connection: DuckDBConnection): Promise<Feeding> {
  const reader = await connection.runAndReadAll(
    `select part.table_name, count(export.source_file_id) > 1, not bool_and(export.source_file_id is not null)
     from raw.source_file_table part left join latest.export export using (source_file_id)
     where part.rows_loaded > 0 group by part.table_name`,
  );
  const rows = reader.getRows();
  const named = (at: number) => new Set(rows.filter((row) => row[at]).map(([name]) => String(name)));
  return { several: named(1), replaced: named(2) };
}

/**
 * Whether several exports, or several files of one, tell of the same things, of a table that several gave rows. What
 * was replaced tells nothing.
 */
export async function repeatsAcrossExports(
  connection: DuckDBConnection,
  table: CanonicalTable,
  hasReplaced: boolean,
): Promise<boolean> {
  const belonging = belongs[table.name] !== undefined;
  const again = await hasRow(
    connection,
    'select 1 from raw.source_file where len(also_exported_at) > 0 limit 1',
  );
  // Of millions of texts, numbers are counted in a third of the time; two texts of one number would only cost time.
  const subject = belonging ? listed(subjectOf(table)) : `hash(${listed(subjectOf(table))})`;
  return hasRow(
    connection,
    `select 1 from ${rowsOf(table)} ${belonging || again || hasReplaced ? 'join latest.export using (source_file_id)' : ''}
     group by ${subject}
     having ${belonging ? 'min(exported_at) < max(exported_at)' : 'count(*) > 1'} limit 1`,
  );
}

/** Columns that some files of a table have and others lack, which say nothing of what stood there. */
export async function columnsLackedBySome(
  connection: DuckDBConnection,
  table: CanonicalTable,
): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    `with told as (
       select column_name, source_file_id from raw.source_column where table_name = $name
     )
     select column_name from told group by column_name
     having count(distinct source_file_id) < (select count(distinct source_file_id) from told)
     order by column_name`,
    { name: table.name },
  );
  return reader.getRows().map(([name]) => String(name));
}

/**
 * A table's rows as each export showed them, one for each key and export, with what the order needs. What a file has
 * no column for stays as the row before it of the same key said.
 */
export async function shownRows(connection: DuckDBConnection, table: CanonicalTable): Promise<string> {
  const key = listed(table.key);
  const shown = `(select t.*, e.exported_at, e.exported_on, e.file_name, e.recognised_as
    from ${rowsOf(table)} t join latest.export e using (source_file_id))`;
  const lacked = (await columnsLackedBySome(connection, table)).filter((name) => !table.key.includes(name));
  if (lacked.length === 0) return shown;
  const kept = lacked.map(quotedIdentifier).map(
    (
      column,
    ) => `case when lacks.columns is null or not list_contains(lacks.columns, '${column.slice(1, -1)}') then ${column}
      else last_value(${column} ignore nulls) over so_far end as ${column}`,
  );
  return `(select shown.* replace (${kept.join(', ')})
    from ${shown} shown
    left join (
      select file.source_file_id, list(column_name) as columns
      from (select distinct source_file_id from raw.source_column where table_name = '${table.name}') file
      cross join (select unnest([${lacked.map((name) => `'${name}'`).join(', ')}]) as column_name) wanted
      anti join (select * from raw.source_column where table_name = '${table.name}') told
        on told.source_file_id = file.source_file_id and told.column_name = wanted.column_name
      group by file.source_file_id
    ) lacks using (source_file_id)
    window so_far as (partition by ${key} order by ${oldestFirst}))`;
}
