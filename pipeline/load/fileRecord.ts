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
  const { dateOrder, decimalMark, timeZone } = configuration;
  return createHash('sha256')
    .update(JSON.stringify({ said, dateOrder, decimalMark, timeZone }))
    .digest('hex')
    .slice(0, 16);
}

/** The outcome of an earlier load of the same bytes, read the same way. */
export async function knownFile(
  connection: DuckDBConnection,
  fileId: string,
  reading: string,
): Promise<FileOutcome | undefined> {
  const reader = await connection.runAndReadAll(
    `select path, recognised_as, confidence, strftime(exported_at, '%Y-%m-%dT%H:%M:%SZ') as exported_at,
       rows_in::double as rows_in, rows_loaded::double as rows_loaded, rows_rejected::double as rows_rejected,
       rows_set_aside::double as rows_set_aside
     from raw.source_file where source_file_id = $file and reading = $reading`,
    { file: fileId, reading },
  );
  const row = reader.getRowObjectsJS()[0];
  return (
    row &&
    ({ ...row, unread_reason: null, is_question: false, known: true, oddities: [] } as unknown as FileOutcome)
  );
}

/** Corrects when a file was exported, where somebody has said so since. Returns the file's instant. */
export async function correctExportedAt(
  connection: DuckDBConnection,
  fileId: string,
  known: FileOutcome,
  now: ExportedAt,
): Promise<string | null> {
  if (now.source === 'modification time') return known.exported_at;
  await connection.run(
    'update raw.source_file set exported_at = $at::timestamp, exported_at_source = $source where source_file_id = $file',
    { at: now.at, source: now.source, file: fileId },
  );
  return now.at;
}

/** Takes out what a file gave before, where it is read anew. */
export async function forget(connection: DuckDBConnection, fileId: string): Promise<void> {
  const before = await connection.runAndReadAll(
    'select 1 from raw.source_file where source_file_id = $file',
    {
      file: fileId,
    },
  );
  if (before.getRows().length === 0) return;
  const kept = ['source_file', 'rejected_row', 'set_aside_row', 'source_file_table', 'source_column'];
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
