import type { DuckDBConnection } from '@duckdb/node-api';
import type { Configuration, FileMapping } from '../configuration/configuration.ts';
import { Problem } from '../problem.ts';
import { readTable, UnreadableFile, type SourceTable } from '../read/table.ts';
import { canonicalTables } from '../schema/canonical.ts';
import { exportedAt } from './exportedAt.ts';
import { matchesPattern, type FoundFile } from './findFiles.ts';
import { loadFeed, type FeedOutcome } from './loadFeed.ts';
import { Lookups } from './lookups.ts';
import { planByHeaders, planMapping, type FilePlan } from './plan.ts';

export interface FileOutcome {
  path: string;
  recognised_as: string | null;
  confidence: number;
  exported_at: string | null;
  rows_in: number;
  rows_loaded: number;
  rows_rejected: number;
  rows_set_aside: number;
  unread_reason: string | null;
  /** Whether the very same content was loaded before and so was not read again. */
  known: boolean;
  oddities: string[];
}

export interface LoadContext {
  connection: DuckDBConnection;
  configuration: Configuration;
  lookups: Lookups;
  scratch: string;
  /** From the command line, for files that don't say it themselves. */
  exportedAt?: string;
  loadedAt: string;
}

function unread(file: FoundFile, reason: string): FileOutcome {
  const none = { rows_in: 0, rows_loaded: 0, rows_rejected: 0, rows_set_aside: 0, confidence: 0 };
  return {
    path: file.name,
    recognised_as: null,
    exported_at: null,
    ...none,
    unread_reason: reason,
    known: false,
    oddities: [],
  };
}

/** How a file is to be read: by the mappings that name it, else by its headers. */
export async function planFile(
  context: Pick<LoadContext, 'connection' | 'configuration' | 'lookups'>,
  file: FoundFile,
  source: SourceTable,
): Promise<FilePlan & { mapping?: FileMapping }> {
  const mappings = context.configuration.files.filter((entry) => matchesPattern(entry.path, file));
  if (mappings.length === 0) return planByHeaders(source.columns);
  const feeds = [];
  for (const mapping of mappings)
    feeds.push(await planMapping(context.connection, mapping, source.columns, context.lookups));
  const tables = [...new Set(mappings.map((mapping) => mapping.table))].join(', ');
  return {
    recognisedAs: `mapping to ${tables}`,
    confidence: 1,
    names: 'headers',
    feeds,
    mapping: mappings[0],
  };
}

/** Rows that reached no table at all: rejected where any feed rejected them, else set aside. */
async function fileRows(
  connection: DuckDBConnection,
  fileId: string,
  feeds: FeedOutcome[],
  source: SourceTable,
) {
  const structural = { rejected: source.rejected.length, aside: source.setAside.length };
  const rowsIn = source.rows + structural.rejected + structural.aside;
  if (feeds.length === 1) {
    const [only] = feeds;
    return {
      rows_in: rowsIn,
      rows_loaded: only!.rowsLoaded,
      rows_rejected: only!.rowsRejected + structural.rejected,
      rows_set_aside: only!.rowsSetAside + structural.aside,
    };
  }
  const reader = await connection.runAndReadAll(
    `with lost as (
       select source_line, true as rejected from raw.rejected_row where source_file_id = $file and table_name is not null
       union all
       select source_line, false from raw.set_aside_row where source_file_id = $file and table_name is not null
     ), by_row as (
       select source_line, count(*) as feeds, bool_or(rejected) as rejected from lost group by source_line
     )
     select count(*) filter (rejected), count(*) filter (not rejected) from by_row where feeds = $feeds::bigint`,
    { file: fileId, feeds: feeds.length },
  );
  const [rejected, aside] = (reader.getRows()[0] ?? []).map(Number);
  return {
    rows_in: rowsIn,
    rows_loaded: source.rows - (rejected ?? 0) - (aside ?? 0),
    rows_rejected: (rejected ?? 0) + structural.rejected,
    rows_set_aside: (aside ?? 0) + structural.aside,
  };
}

async function keepStructural(
  connection: DuckDBConnection,
  source: SourceTable,
  fileId: string,
): Promise<void> {
  for (const row of source.rejected) {
    await connection.run(
      'insert into raw.rejected_row values ($file, null, $line::bigint, $column::varchar, $reason, $text)',
      {
        file: fileId,
        line: row.line,
        column: row.column,
        reason: row.reason,
        text: row.text,
      },
    );
  }
  for (const row of source.setAside) {
    await connection.run(
      'insert into raw.set_aside_row values ($file, null, $line::bigint, $reason, $text)',
      {
        file: fileId,
        line: row.line,
        reason: row.reason,
        text: row.text,
      },
    );
  }
}

async function knownFile(connection: DuckDBConnection, fileId: string): Promise<FileOutcome | undefined> {
  const reader = await connection.runAndReadAll(
    `select path, recognised_as, confidence, strftime(exported_at, '%Y-%m-%dT%H:%M:%SZ') as exported_at,
       rows_in::double as rows_in, rows_loaded::double as rows_loaded, rows_rejected::double as rows_rejected,
       rows_set_aside::double as rows_set_aside
     from raw.source_file where source_file_id = $file`,
    { file: fileId },
  );
  const row = reader.getRowObjectsJS()[0];
  return row && ({ ...row, unread_reason: null, known: true, oddities: [] } as unknown as FileOutcome);
}

async function loadRead(context: LoadContext, file: FoundFile, source: SourceTable): Promise<FileOutcome> {
  const { connection, configuration } = context;
  const fileId = source.contentHash.slice(0, 16);
  const known = await knownFile(connection, fileId);
  if (known) return { ...known, path: file.name };

  const plan = await planFile(context, file, source);
  const settings = {
    dateOrder: plan.mapping?.dateOrder ?? configuration.dateOrder,
    decimalMark: plan.mapping?.decimalMark ?? configuration.decimalMark,
  };
  const feeds: FeedOutcome[] = [];
  for (const [number, feed] of plan.feeds.entries())
    feeds.push(await loadFeed(connection, source, feed, plan.names, settings, fileId, number));
  await keepStructural(connection, source, fileId);

  const rows = await fileRows(connection, fileId, feeds, source);
  const exported = exportedAt(file, plan.mapping?.exportedAt, context.exportedAt);
  const { format, encoding, delimiter } = source.dialect;
  await connection.run(
    `insert into raw.source_file values ($id, $path, $hash, $bytes::bigint, $recognised, $confidence::double, $dialect,
       $exported::timestamp, $exported_source, $loaded::timestamp, $rows_in::bigint, $rows_loaded::bigint,
       $rows_rejected::bigint, $rows_set_aside::bigint)`,
    {
      id: fileId,
      path: file.name,
      hash: source.contentHash,
      bytes: source.bytes,
      recognised: plan.recognisedAs,
      confidence: plan.confidence,
      dialect: JSON.stringify({ format, encoding, delimiter }),
      exported: exported.at,
      exported_source: exported.source,
      loaded: context.loadedAt,
      ...rows,
    },
  );
  return {
    path: file.name,
    recognised_as: plan.recognisedAs,
    confidence: plan.confidence,
    exported_at: exported.at,
    ...rows,
    unread_reason: null,
    known: false,
    oddities: source.oddities,
  };
}

/** Takes out what a file that turned out unreadable half way had already given. */
async function forget(connection: DuckDBConnection, fileId: string): Promise<void> {
  const kept = ['rejected_row', 'set_aside_row', 'source_file_table', 'source_column'];
  for (const name of [...kept, ...canonicalTables.map((table) => `${table.name}_row`)])
    await connection.run(`delete from raw.${name} where source_file_id = $file`, { file: fileId });
}

/**
 * Loads one file into `raw`, whole or not at all. A file that can't be read, recognised or decided is
 * named with its reason; the rest of the load goes on.
 */
export async function loadFile(context: LoadContext, file: FoundFile): Promise<FileOutcome> {
  const { connection } = context;
  let source: SourceTable;
  try {
    source = await readTable(connection, file.path, context.scratch);
  } catch (error) {
    if (error instanceof UnreadableFile) return unread(file, error.message);
    throw error;
  }
  try {
    return await loadRead(context, file, source);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await forget(connection, source.contentHash.slice(0, 16));
    return unread(file, error.describe());
  }
}
