import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { NotNeeded, Problem, Question } from '../problem.ts';
import { UnreadableFile, type SourceTable } from '../read/table.ts';
import type { StyleSettings } from './columnStyle.ts';
import { exportedAt } from './exportedAt.ts';
import {
  allExports,
  countAgain,
  forget,
  keepExports,
  keepFile,
  keepStructural,
  readingOf,
  recordOf,
} from './fileRecord.ts';
import { matchesPattern, type FoundFile } from './findFiles.ts';
import { readFound } from './foundParts.ts';
import { loadFeed, type FeedOutcome } from './loadFeed.ts';
import type { Lookups } from './lookups.ts';
import { followMapping, planByHeaders, planMapping, saidOut, type FilePlan } from './plan.ts';
import { sameAsBefore } from './sameAsBefore.ts';
import { fileIdOf } from './stage.ts';

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
  /** Whether only the reader can say how to read it, so that nothing may be published without an answer. */
  is_question: boolean;
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
  /** Whether files are read by the rules and settings of the load before, so that the same bytes need no look. */
  readsAsBefore: boolean;
}

function unread(file: FoundFile, reason: string, isQuestion: boolean): FileOutcome {
  const none = { rows_in: 0, rows_loaded: 0, rows_rejected: 0, rows_set_aside: 0, confidence: 0 };
  return {
    path: file.name,
    recognised_as: null,
    exported_at: null,
    ...none,
    unread_reason: reason,
    is_question: isQuestion,
    known: false,
    oddities: [],
  };
}

function withoutHeader({ rows, columns }: SourceTable): Problem {
  if (rows === 0) return new Problem('The file is empty.', 'Export it again.');
  return new Problem(
    'The file has no header line, so what its columns are is not known.',
    `Export it with headers, or map ${columns[0]}, … in holdfast.yaml under files.`,
  );
}

/** How a file is to be read: by the mappings that name it, else by its headers. */
export async function planFile(
  context: Pick<LoadContext, 'connection' | 'configuration' | 'lookups' | 'exportedAt'>,
  file: FoundFile,
  source: SourceTable,
): Promise<FilePlan> {
  const { connection, configuration, lookups } = context;
  const mappings = configuration.files.filter((entry) => matchesPattern(entry.path, file));
  if (mappings.length === 0) {
    if (source.header.length === 0 && ['csv', 'xlsx'].includes(source.dialect.format))
      throw withoutHeader(source);
    const said = configuration.fileSettings.filter((entry) => matchesPattern(entry.path, file));
    const settings = said.at(-1);
    const exported = exportedAt(file, settings?.exportedAt, context.exportedAt);
    return { ...saidOut(planByHeaders(source.columns), configuration.timeZone, exported.at), settings };
  }
  const feeds = [];
  for (const mapping of mappings)
    feeds.push(
      await followMapping(mapping, configuration.path, () =>
        planMapping(connection, mapping, source.columns, lookups),
      ),
    );
  const tables = [...new Set(mappings.map((mapping) => mapping.table))].join(', ');
  return { recognisedAs: `mapping to ${tables}`, confidence: 1, names: 'headers', feeds, mappings };
}

/** What the configuration says about how the cells of one feed are written. */
export function styleSettings(plan: FilePlan, feed: number, configuration: Configuration): StyleSettings {
  const said = plan.mappings[feed] ?? plan.settings;
  const { currency, currencySigns } = configuration;
  return {
    dateOrder: said?.dateOrder ?? configuration.dateOrder,
    decimalMark: said?.decimalMark ?? configuration.decimalMark,
    percent: said?.percent ?? configuration.percent,
    credits: said?.credits ?? configuration.credits,
    currencySigns,
    currency,
  };
}

/** Rows that reached no table at all: rejected where any feed rejected them, else set aside. */
async function fileRows(
  connection: DuckDBConnection,
  fileId: string,
  feeds: FeedOutcome[],
  source: SourceTable,
  isSpread: boolean,
) {
  const structural = { rejected: source.rejected.length, aside: source.setAside.length };
  const rowsIn = source.rows + structural.rejected + structural.aside;
  if (feeds.length === 1 && !isSpread) {
    const [only] = feeds;
    return {
      rows_in: rowsIn,
      rows_loaded: only!.rowsLoaded,
      rows_rejected: only!.rowsRejected + structural.rejected,
      rows_set_aside: only!.rowsSetAside + structural.aside,
    };
  }
  // A row of several tables, or of several items of a list, may be lost to some and reach others.
  const reached = [...new Set(feeds.map(({ table }) => table))]
    .map(
      (table) =>
        `select source_line from raw.${quotedIdentifier(`${table}_row`)} where source_file_id = $file`,
    )
    .join(' union all ');
  const reader = await connection.runAndReadAll(
    `with lost as (
       select source_line, true as rejected from raw.rejected_row where source_file_id = $file and table_name is not null
       union all
       select source_line, false from raw.set_aside_row where source_file_id = $file and table_name is not null
     ), by_row as (
       select source_line, bool_or(rejected) as rejected from lost
       anti join (${reached}) reached using (source_line) group by source_line
     )
     select count(*) filter (rejected), count(*) filter (not rejected) from by_row`,
    { file: fileId },
  );
  const [rejected, aside] = (reader.getRows()[0] ?? []).map(Number);
  return {
    rows_in: rowsIn,
    rows_loaded: source.rows - (rejected ?? 0) - (aside ?? 0),
    rows_rejected: (rejected ?? 0) + structural.rejected,
    rows_set_aside: (aside ?? 0) + structural.aside,
  };
}

async function loadRead(context: LoadContext, file: FoundFile, source: SourceTable): Promise<FileOutcome> {
  const { connection, configuration } = context;
  const fileId = fileIdOf(source);
  const plan = await planFile(context, file, source);
  const reading = readingOf(plan, configuration);
  const configured =
    plan.mappings.find((mapping) => mapping.exportedAt)?.exportedAt ?? plan.settings?.exportedAt;
  const exported = exportedAt(file, configured, context.exportedAt);
  const record = await recordOf(connection, fileId);
  const exports = allExports(record?.exports, file.name, exported);
  if (record && (record.reading ?? reading) === reading) {
    await keepExports(connection, fileId, exports);
    // A copy that lies elsewhere says nothing of what stands at this place.
    if (exports.path === file.name) await countAgain(connection, fileId, context.loadedAt);
    return { ...record.outcome, path: file.name, exported_at: exported.at };
  }
  if (record) await forget(connection, fileId);

  const feeds: FeedOutcome[] = [];
  for (const [number, feed] of plan.feeds.entries()) {
    const settings = styleSettings(plan, number, configuration);
    const outcome = followMapping(plan.mappings[number], configuration.path, () =>
      loadFeed(connection, source, feed, plan.names, settings, fileId, number),
    );
    feeds.push(await outcome);
  }
  await keepStructural(connection, source, fileId);

  const isSpread = plan.feeds.some((feed) => feed.each);
  const rows = await fileRows(connection, fileId, feeds, source, isSpread);
  const { format, encoding, delimiter } = source.dialect;
  await keepFile(connection, fileId, exports, {
    hash: source.contentHash,
    bytes: source.bytes,
    recognised: plan.recognisedAs,
    confidence: plan.confidence,
    dialect: JSON.stringify({ format, encoding, delimiter }),
    loaded: context.loadedAt,
    reading,
    ...rows,
  });
  return {
    path: file.name,
    recognised_as: plan.recognisedAs,
    confidence: plan.confidence,
    exported_at: exported.at,
    ...rows,
    unread_reason: null,
    is_question: false,
    known: false,
    oddities: source.oddities,
  };
}

/**
 * Loads one file into `raw`, whole or not at all. A file that can't be read, recognised or decided is
 * named with its reason; the rest of the load goes on.
 */
export async function loadFile(context: LoadContext, file: FoundFile): Promise<FileOutcome> {
  const { connection } = context;
  let source: SourceTable;
  try {
    const same = context.readsAsBefore && (await sameAsBefore(context, file));
    if (same) return same;
    source = await readFound(connection, file, context.scratch);
  } catch (error) {
    if (error instanceof UnreadableFile) return unread(file, error.message, error.question !== null);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM')
      return unread(file, 'This file may not be opened. Change its permissions.', false);
    throw error;
  }
  try {
    return await loadRead(context, file, source);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const recognised_as = error instanceof NotNeeded ? error.recognisedAs : null;
    return { ...unread(file, error.describe(), error instanceof Question), recognised_as };
  }
}
