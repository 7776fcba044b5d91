import { constants, copyFileSync } from 'node:fs';
import { DuckDBInstance, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { prepareReading } from './load/reading.ts';
import { createRawTables } from './load/rawTables.ts';
import { goOnFrom, isByTheseRules, nothingBefore, type Before } from './models/before.ts';
import { canonicalTables } from './schema/canonical.ts';

/** Brings `raw` of the published build into the new one: what was known before stays known. */
async function carryOver(connection: DuckDBConnection, published: string): Promise<void> {
  await connection.run(`attach ${quotedString(published)} as published (read_only)`);
  const tables = [
    'source_file',
    'source_file_table',
    'source_column',
    'rejected_row',
    'set_aside_row',
    'deleted_row',
  ];
  const known = await connection.runAndReadAll(
    `select table_name from duckdb_tables() where database_name = 'published' and schema_name = 'raw' order by table_name`,
  );
  const present = new Set(known.getRows().map(([name]) => String(name)));
  for (const name of [...tables, ...canonicalTables.map((table) => `${table.name}_row`)]) {
    if (present.has(name)) await connection.run(`insert into raw.${name} by name from published.raw.${name}`);
  }
  await connection.run('detach published');
}

/** Models worked on at a time. More than two would share what memory there is. */
const LANES = 2;

/** The file that will be the next build, open. */
export interface OpenBuild {
  /** The first for what goes step by step, all for what can be done side by side. */
  connections: [DuckDBConnection, ...DuckDBConnection[]];
  /** What the published build came to, of which this one began as a copy. */
  before: Before;
  close: () => void;
}

/** Opens a file to build in, with nothing of DuckDB's that reaches beyond it. */
async function openFile(path: string, threads?: number): Promise<Omit<OpenBuild, 'before'>> {
  const instance = await DuckDBInstance.create(':memory:', {
    ...(threads === undefined ? {} : { threads: String(threads) }),
    memory_limit: '3GB',
    temp_directory: `${path}.spill`,
    // Texts are written as dict_fsst anyway; trying its two forerunners on each takes as long as writing it.
    disabled_compression_methods: 'fsst,dictionary',
    allow_unsigned_extensions: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  // A build that a crash leaves unfinished is thrown away, so nothing has to be safe on disk before its end.
  await connection.run(
    `attach ${quotedString(path)} as building (recovery_mode 'no_wal_writes', storage_version 'v1.3.0')`,
  );
  const connections: OpenBuild['connections'] = [connection];
  for (let lane = 1; lane < LANES; lane++) connections.push(await instance.connect());
  for (const one of connections) await one.run('use building');
  const close = () => {
    for (const one of connections) one.closeSync();
    instance.closeSync();
  };
  return { connections, close };
}

/**
 * Opens the next build of a warehouse at `building`: a copy of the published file where it was made by today's rules,
 * so that only what changed has to be made anew; else an empty one that knows the raw rows of the published build.
 * `out` is null where nothing is known or what is known is to be forgotten.
 */
export async function openBuild(
  building: string,
  out: string | null,
  {
    timeZone,
    methodFolders,
    threads,
  }: { timeZone: string; methodFolders: readonly string[]; threads?: number },
): Promise<OpenBuild> {
  const goesOn = out !== null && (await isByTheseRules(out, methodFolders));
  if (goesOn) copyFileSync(out, building, constants.COPYFILE_FICLONE);
  const { connections, close } = await openFile(building, threads);
  const [connection] = connections;
  try {
    for (const one of connections) await prepareReading(one, timeZone);
    const before = goesOn ? await goOnFrom(connection) : nothingBefore;
    for (const schema of ['raw', 'staging', 'meta'])
      await connection.run(`create schema if not exists ${schema}`);
    if (!goesOn) await createRawTables(connection);
    if (!goesOn && out !== null) await carryOver(connection, out);
    return { connections, before, close };
  } catch (error) {
    close();
    throw error;
  }
}
