import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { canonicalTables } from '../schema/canonical.ts';
import type { Followed } from './links.ts';

/** What something was made from, in 16 digits: the same mark, the same content. */
export type Mark = string;

export const markOf = (...parts: (string | number | null)[]): Mark =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

/** Above so many rows a table is not worth reading whole to learn that it stayed the same. */
const MOST = 100_000;

/**
 * The rules by which builds are made, as the files of the pipeline say them, and of the folders in which a face keeps
 * its methods. A build made by other rules keeps its raw rows, and everything else is made anew.
 */
export function rulesMark(methods: readonly string[]): Mark {
  const places = ['..', '../../data/maturity'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const files = [...places, ...methods].flatMap((place) =>
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|sql|yaml)$/.test(name) && !name.endsWith('.test.ts'))
      .sort()
      .map((name) => readFileSync(join(place, name), 'utf8')),
  );
  return markOf(...files);
}

/** Marks of what stands before all models: tables of `raw`, `latest` and `meta`. */
export interface Sources {
  /** `text` says which columns of meta.build count for it. */
  markOf: (table: string, text: string) => Mark;
  /** By canonical table: marks of the files that gave it rows, and of all else that says what its rows are. */
  files: ReadonlyMap<string, Mark>;
  beside: ReadonlyMap<string, Mark>;
}

async function texts(connection: DuckDBConnection, sql: string): Promise<string[][]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows().map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
}

/** By canonical table: the files that gave it rows, all that is said of these that models can read, and which count. */
async function filesByTable(connection: DuckDBConnection): Promise<Map<string, Mark>> {
  const rows = await texts(
    connection,
    `select table_name, md5(string_agg(file::varchar, '|' order by file::varchar))
     from (
       select distinct fed.table_name, file
       from raw.source_file_table fed
       join (
         select * exclude (loaded_at, dialect), source_file_id in (select source_file_id from latest.export) as counts
         from raw.source_file
       ) file using (source_file_id)
     )
     group by table_name`,
  );
  return new Map(rows.map(([table, mark]) => [table!, mark!]));
}

async function contentOf(connection: DuckDBConnection, table: string, otherwise: Mark): Promise<Mark> {
  const [[count] = []] = await texts(connection, `select count(*) from ${table}`);
  if (Number(count) > MOST) return otherwise;
  const [[mark] = []] = await texts(
    connection,
    `select coalesce(md5(string_agg(said::varchar, '|' order by said::varchar)), '') from ${table} said`,
  );
  return mark!;
}

async function tablesOf(connection: DuckDBConnection, schema: string): Promise<string[]> {
  const rows = await texts(
    connection,
    `select table_name from information_schema.tables where table_catalog = current_database()
     and table_schema = '${schema}' order by table_name`,
  );
  return rows.map(([name]) => name!);
}

/**
 * Columns of meta.build by what they say; when and by what name it was built, and in which folder its settings stand, is
 * nothing that a model may read.
 */
async function buildColumns(connection: DuckDBConnection): Promise<Map<string, string>> {
  const reader = await connection.runAndReadAll(
    `select * exclude (build_id, built_at) replace (json_merge_patch(configuration, '{"path": null}') as configuration)
     from meta.build`,
  );
  const [row] = reader.getRowObjectsJson();
  return new Map(Object.entries(row ?? {}).map(([column, value]) => [column, JSON.stringify(value)]));
}

/** A table, first, and all that say out what its ids stand for, and theirs. */
function saidOutBy(table: string, followed: Followed): string[] {
  const found = new Set([table]);
  for (const one of found) for (const read of followed.get(one) ?? []) found.add(read);
  return [...found];
}

/**
 * Reads the marks of what the models start from. A canonical table is marked by the files that fed it or say what its
 * ids stand for, and by what vanished, since a deal that did takes its rows along; smaller tables by what they hold.
 */
export async function readSources(connection: DuckDBConnection, followed: Followed): Promise<Sources> {
  const byTable = await filesByTable(connection);
  const everyFile = markOf(...[...byTable].flat());
  const marks = new Map<string, Mark>();
  const beside = new Map<string, Mark>();
  const canonical = new Set(canonicalTables.map(({ name }) => name));
  const vanished = await contentOf(connection, 'latest.vanished', everyFile);
  for (const name of canonical) {
    marks.set(`raw.${name}_row`, byTable.get(name) ?? '');
    const others = saidOutBy(name, followed).slice(1);
    beside.set(name, markOf(vanished, ...others.map((table) => `${table} ${byTable.get(table) ?? ''}`)));
    marks.set(`latest.${name}`, markOf(byTable.get(name) ?? '', beside.get(name)!));
  }
  // What a table's own exports tell, before ids were said out, is read by nothing else.
  const isRead = (name: string) => !canonical.has(name) && !/_told_\d+$/.test(name);
  for (const name of await tablesOf(connection, 'latest'))
    if (isRead(name))
      marks.set(`latest.${name}`, await contentOf(connection, `latest.${quotedIdentifier(name)}`, everyFile));
  for (const name of await tablesOf(connection, 'meta'))
    if (name !== 'build') marks.set(`meta.${name}`, await contentOf(connection, `meta.${name}`, everyFile));
  for (const name of ['raw.finding_day', 'raw.finding_seen'])
    marks.set(name, await contentOf(connection, name, everyFile));
  const build = await buildColumns(connection);
  return {
    files: byTable,
    beside,
    markOf: (table, text) => {
      if (table !== 'meta.build') return marks.get(table) ?? everyFile;
      const said = [...build].filter(([column]) => new RegExp(`\\b${column}\\b`).test(text));
      return markOf(...said.flat());
    },
  };
}
