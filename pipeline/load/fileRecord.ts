import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { insertRows } from '../insertRows.ts';
import type { SourceTable } from '../read/table.ts';
import { canonicalTables } from '../schema/canonical.ts';
import type { ExportedAt } from './exportedAt.ts';
import type { FileOutcome } from './loadFile.ts';
import type { FilePlan } from './plan.ts';

/**
 * A mark of what decides how a file is read besides its bytes. Where it changed, a file that was loaded before is read
 * again, so that a corrected mapping corrects what it mapped.
 */
export function readingOf(plan: FilePlan, configuration: Configuration): string {
  const said = plan.mappings.length > 0 ? plan.mappings.map((entry) => ({ ...entry, line: 0 })) : plan.feeds;
  return createHash('sha256')
    .update(JSON.stringify({ said, settings: plan.settings, ...settingsOfReading(configuration) }))
    .digest('hex')
    .slice(0, 16);
}

/** What the configuration says of how every file is read. */
export function settingsOfReading(configuration: Configuration) {
  const { dateOrder, decimalMark, percent, credits, timeZone, currency, currencySigns } = configuration;
  return { dateOrder, decimalMark, percent, credits, timeZone, currency, currencySigns };
}

/** The exports that are known to hold a file's very bytes. Instants are UTC texts that sort as they follow. */
export interface KnownExports {
  path: string;
  exported_at: string;
  source: string;
  also: string[];
}

/** What is known of a file by its bytes. */
export interface FileRecord {
  outcome: FileOutcome;
  exports: KnownExports;
  /** How it was read (`readingOf`); null where that was not kept. */
  reading: string | null;
}

const instantText = '%Y-%m-%dT%H:%M:%S.%gZ';

/** What loads before have told of the same bytes; undefined where they are new. */
export async function recordOf(
  connection: DuckDBConnection,
  fileId: string,
): Promise<FileRecord | undefined> {
  const reader = await connection.runAndReadAll(
    `select path, recognised_as, confidence, strftime(exported_at, $form) as exported_at, exported_at_source as source,
       rows_in::double as rows_in, rows_loaded::double as rows_loaded, rows_rejected::double as rows_rejected,
       rows_set_aside::double as rows_set_aside, reading,
       list_transform(coalesce(also_exported_at, []), lambda one: strftime(one, $form)) as also
     from raw.source_file where source_file_id = $file`,
    { file: fileId, form: instantText },
  );
  const row = reader.getRowObjectsJson()[0] as (KnownExports & FileRecord & FileOutcome) | undefined;
  if (!row) return undefined;
  const { path, exported_at, source, also, reading, ...rest } = row;
  const second = exported_at.replace(/\.\d+Z$/, 'Z');
  const read = { unread_reason: null, is_question: false, known: true, oddities: [] };
  return {
    outcome: { ...rest, path, exported_at: second, ...read },
    exports: { path, exported_at, source, also },
    reading,
  };
}

/**
 * What is known of a file's exports when it is loaded once more, the same in whichever order the loads came. When a
 * file was last changed is no more than a guess: it gives way to what somebody said, and of two guesses the earlier
 * holds, since copies are younger. What the configuration says of a path is corrected by what it says later. Any
 * other instant is that of another export in which nothing had changed.
 */
export function allExports(known: KnownExports | undefined, path: string, now: ExportedAt): KnownExports {
  const at = new Date(now.at).toISOString();
  const fresh = { path, exported_at: at, source: now.source, also: [] };
  if (!known) return fresh;
  const guess = 'modification time';
  if (now.source === guess) return known.source === guess && at < known.exported_at ? fresh : known;
  const isCorrected = now.source === 'configuration' && known.source === now.source && known.path === path;
  if (known.source === guess || (isCorrected && known.also.length === 0)) return fresh;
  const older = isCorrected ? known.also : [...known.also, known.exported_at];
  const instants = [...new Set([...older, at])].sort();
  const last = instants.pop()!;
  const isLast = last === at && (at > known.exported_at || path < known.path || isCorrected);
  const kept = isLast ? { path, source: now.source } : { path: known.path, source: known.source };
  return { ...kept, exported_at: last, also: instants };
}

/** Instants as a JSON list of timestamps. */
const timestamps = (instants: readonly string[]) =>
  JSON.stringify(instants.map((one) => one.replace('T', ' ').replace('Z', '')));

/** Writes down the exports of a file that was loaded before. */
export async function keepExports(
  connection: DuckDBConnection,
  fileId: string,
  exports: KnownExports,
): Promise<void> {
  await connection.run(
    `update raw.source_file set path = $path, exported_at = $at::timestamp, exported_at_source = $source,
       also_exported_at = from_json($also, '["TIMESTAMP"]') where source_file_id = $file`,
    {
      file: fileId,
      path: exports.path,
      at: exports.exported_at,
      source: exports.source,
      also: timestamps(exports.also),
    },
  );
}

/**
 * Lets a file that was loaded before count again in the place of the one that took its place since: who puts back what
 * was there means it.
 */
export async function countAgain(
  connection: DuckDBConnection,
  fileId: string,
  loadedAt: string,
): Promise<void> {
  await connection.run(
    `update raw.source_file as file set loaded_at = $at::timestamp
     where source_file_id = $file and exists (
       from raw.source_file later
       where later.path = file.path and later.recognised_as = file.recognised_as
         and later.exported_at = file.exported_at and later.loaded_at > file.loaded_at
     )`,
    { file: fileId, at: loadedAt },
  );
}

/** What a file is and how it was read, as the build keeps it. */
export interface FileFacts {
  hash: string;
  bytes: number;
  recognised: string;
  confidence: number;
  dialect: string;
  loaded: string;
  reading: string;
  rows_in: number;
  rows_loaded: number;
  rows_rejected: number;
  rows_set_aside: number;
}

/** Writes down a file that was loaded, with its exports. */
export async function keepFile(
  connection: DuckDBConnection,
  fileId: string,
  { path, exported_at, source, also }: KnownExports,
  facts: FileFacts,
): Promise<void> {
  await connection.run(
    `insert into raw.source_file values ($id, $path, $hash, $bytes::bigint, $recognised, $confidence::double, $dialect,
       $at::timestamp, $source, $loaded::timestamp, $rows_in::bigint, $rows_loaded::bigint, $rows_rejected::bigint,
       $rows_set_aside::bigint, $reading, from_json($also, '["TIMESTAMP"]'))`,
    { id: fileId, path, at: exported_at, source, also: timestamps(also), ...facts },
  );
}

/** Takes out what a file gave before, where it is read anew. */
export async function forget(connection: DuckDBConnection, fileId: string): Promise<void> {
  const kept = [
    'source_file',
    'rejected_row',
    'set_aside_row',
    'deleted_row',
    'source_file_table',
    'source_column',
  ];
  for (const name of [...kept, ...canonicalTables.map((table) => `${table.name}_row`)])
    await connection.run(`delete from raw.${name} where source_file_id = $file`, { file: fileId });
}

/** Keeps the records that could not even be cut into cells, or that are no data. */
export async function keepStructural(
  connection: DuckDBConnection,
  source: SourceTable,
  fileId: string,
): Promise<void> {
  const rejected = source.rejected.map(({ line, column, reason, text }) => [
    fileId,
    null,
    line,
    column,
    reason,
    text,
  ]);
  await insertRows(connection, 'raw.rejected_row', rejected);
  const aside = source.setAside.map(({ line, reason, text }) => [fileId, null, line, reason, text]);
  await insertRows(connection, 'raw.set_aside_row', aside);
}
