import type { DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { NotNeeded, Problem, Question } from '../problem.ts';
import { UnreadableFile, type Dialect, type SourceTable } from '../read/table.ts';
import { canonicalTable } from '../schema/canonical.ts';
import { sources, spellingsOf, type FeedPlan, type PlannedColumn } from '../sources/recognise.ts';
import type { FoundFile } from './findFiles.ts';
import { readFound } from './foundParts.ts';
import { planFile, styleSettings } from './loadFile.ts';
import type { Lookups } from './lookups.ts';
import { followMapping, type FilePlan } from './plan.ts';
import {
  columnExamples,
  previewFeed,
  writtenExamples,
  type ColumnExample,
  type PreviewTable,
} from './preview.ts';
import { proposeMapping, type Proposal } from './proposeMapping.ts';
import { stage } from './stage.ts';
import { feedEntry, type MappingEntry } from './writeMapping.ts';

export interface InspectedColumn {
  source: string;
  target: string;
  table: string;
  how: PlannedColumn['how'];
  /** How its cells are written. */
  style: string;
  /** What in the cells says so; null where they are written the plain way. */
  evidence: string | null;
  /** A cell as it stands in the file, and what it becomes; null where there is none. */
  example: string | null;
  becomes: string | null;
}

/** A record that is no data, by its line. */
export interface SetAside {
  line: number;
  reason: string;
  text: string;
}

export interface MissingColumn {
  table: string;
  column: string;
  means: string;
  /** What can't be told without it; null where that is just what it means. */
  costs: string | null;
  /** The header by which the same export usually gives it; null where it has none. */
  header: string | null;
}

export interface Inspection {
  path: string;
  recognised_as: string | null;
  confidence: number;
  rows: number;
  dialect: Dialect | null;
  columns: InspectedColumn[];
  /** Columns of the file that nothing reads. */
  unused: string[];
  /** Columns of its tables that nothing fills, and what each would say. */
  missing: MissingColumn[];
  /** Per table, what its rows unlock. */
  unlocks: { table: string; unlocks: string; rows_rejected: number }[];
  oddities: string[];
  /** Records that are no data: totals, footers, repeated headers. */
  set_aside: SetAside[];
  unread_reason: string | null;
  /** Whether only a person can say how to read it: nothing is published without the answer. */
  is_question: boolean;
  /** What a person needs to see to check or make its mapping, where that is asked for. */
  preview: Preview | null;
  /** How it would be read, for a mapping file; null where it is not recognised. */
  plan: FilePlan | null;
  headers: string[];
}

export interface Preview {
  columns: ColumnExample[];
  /** How it would be written as a mapping; empty where it has one. */
  entries: MappingEntry[];
  tables: PreviewTable[];
  /** Where it can't be told what it is: what it might be. */
  proposals: Proposal[];
}

interface Inspecting {
  connection: DuckDBConnection;
  configuration: Configuration;
  lookups: Lookups;
  scratch: string;
  /** Rows to show as they would be loaded; none shows nothing of the file's content. */
  preview?: number;
}

const nothing: Omit<Inspection, 'path'> = {
  recognised_as: null,
  confidence: 0,
  rows: 0,
  dialect: null,
  columns: [],
  unused: [],
  missing: [],
  unlocks: [],
  oddities: [],
  set_aside: [],
  unread_reason: null,
  is_question: false,
  preview: null,
  plan: null,
  headers: [],
};

/** The first spelling by which a known export gives a column. */
function usualHeader(recognisedAs: string, table: string, column: string): string | null {
  const feeds = sources.find(({ name }) => name === recognisedAs)?.feeds ?? [];
  const found = feeds.find((feed) => feed.table === table)?.columns[column];
  const [first] = found ? spellingsOf(found) : [];
  return first === undefined || first === column ? null : first;
}

/** The columns of a table that nothing fills: first those whose lack costs more than themselves. */
function missingFrom(feed: FeedPlan, recognisedAs: string): MissingColumn[] {
  const filled = new Set(feed.columns.map((column) => column.target));
  const columns = canonicalTable(feed.table)?.columns ?? [];
  return columns
    .filter((column) => !filled.has(column.name))
    .map(({ name, means, costs }) => ({
      ...{ table: feed.table, column: name, means, costs },
      header: usualHeader(recognisedAs, feed.table, name),
    }))
    .sort((a, b) => Number(b.costs !== null) - Number(a.costs !== null));
}

/** Headers that no planned expression mentions, whether it names them or their positions. */
function unusedHeaders(source: SourceTable, plan: FilePlan): string[] {
  const used = plan.feeds
    .flatMap((feed) => [...feed.columns.map((column) => column.expression), feed.keep?.sql ?? ''])
    .join(' ');
  return source.columns.filter(
    (header, index) =>
      !new RegExp(`\\bc${index}\\b`).test(used) && !(plan.names === 'headers' && used.includes(header)),
  );
}

async function inspectPlan(
  inspecting: Inspecting,
  source: SourceTable,
  plan: FilePlan,
  shown: PreviewTable[] | undefined,
) {
  const { connection, configuration } = inspecting;
  const columns: InspectedColumn[] = [];
  const unlocks: Inspection['unlocks'] = [];
  for (const [number, feed] of plan.feeds.entries()) {
    const settings = styleSettings(plan, number, configuration);
    const staged = await followMapping(plan.mappings[number], configuration.path, () =>
      stage(connection, source, feed, plan.names, settings, `staging.inspected_${number}`),
    );
    shown?.push(await previewFeed(connection, source, staged, feed, inspecting.preview ?? 0));
    const { table } = feed;
    const examples = await writtenExamples(connection, staged);
    columns.push(
      ...staged.columns.map(({ source, target, how, style, evidence }, index) => {
        const [example, becomes] = examples[index]!;
        return { source, target, table, how, style, evidence, example, becomes };
      }),
    );
    const reader = await connection.runAndReadAll(
      `select count(*) from ${staged.relation} where problem is not null`,
    );
    const rejected = Number(reader.getRows()[0]?.[0] ?? 0);
    unlocks.push({ table, unlocks: staged.table.unlocks, rows_rejected: rejected });
  }
  return { columns, unlocks };
}

/** Says what one file is and how it would be loaded. Nothing is loaded; the connection's `staging` is used. */
export async function inspectFile(inspecting: Inspecting, file: FoundFile): Promise<Inspection> {
  let found: Inspection = { path: file.name, ...nothing };
  try {
    const source = await readFound(inspecting.connection, file, inspecting.scratch);
    const { dialect, oddities, columns: headers } = source;
    const aside = source.setAside.map(({ line, reason, text }) => ({ line, reason, text }));
    found = { ...found, rows: source.rows, dialect, oddities, headers, unused: headers, set_aside: aside };
    if (inspecting.preview !== undefined) {
      const examples = await columnExamples(inspecting.connection, source);
      found.preview = { columns: examples, entries: [], tables: [], proposals: [] };
    }
    const plan = await planFile(inspecting, file, source);
    found = {
      ...found,
      recognised_as: plan.recognisedAs,
      confidence: plan.confidence,
      plan,
      unused: unusedHeaders(source, plan),
      missing: plan.feeds.flatMap((feed) => missingFrom(feed, plan.recognisedAs)),
    };
    if (found.preview && plan.names === 'positions')
      found.preview.entries = plan.feeds.map((feed) => feedEntry(file.name, feed, headers));
    const inspected = await inspectPlan(inspecting, source, plan, found.preview?.tables);
    // What cells tell beside their amounts fills a column too.
    const filled = new Set(inspected.columns.map(({ table, target }) => `${table}.${target}`));
    const missing = found.missing.filter(({ table, column }) => !filled.has(`${table}.${column}`));
    return { ...found, ...inspected, missing };
  } catch (error) {
    if (error instanceof UnreadableFile)
      return { ...found, unread_reason: error.message, is_question: error.question !== null };
    if (error instanceof NotNeeded)
      return { ...found, recognised_as: error.recognisedAs, confidence: 1, unread_reason: error.describe() };
    if (error instanceof Problem) {
      if (found.preview && found.plan === null)
        found.preview.proposals = proposeMapping(file.name, found.headers, found.preview.columns);
      return { ...found, unread_reason: error.describe(), is_question: error instanceof Question };
    }
    throw error;
  }
}
