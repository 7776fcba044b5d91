import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { FileMapping, FileSettings } from '../configuration/configuration.ts';
import { NotNeeded, Problem, Question } from '../problem.ts';
import { canonicalTable } from '../schema/canonical.ts';
import {
  Headers,
  planColumn,
  planFeed,
  recognise,
  spellingsOf,
  type FeedPlan,
  type PlannedColumn,
} from '../sources/recognise.ts';
import { headerKey, type Feed } from '../sources/source.ts';
import { checkExpression } from './expression.ts';
import type { Lookups } from './lookups.ts';

export interface FilePlan {
  recognisedAs: string;
  confidence: number;
  /** Whether expressions name the file's headers (a mapping) or the reader's positions (a known export). */
  names: 'headers' | 'positions';
  feeds: FeedPlan[];
  /** The configuration's entries behind the feeds, one each; none for a known export. */
  mappings: FileMapping[];
  /** What the configuration says of the file without mapping it. */
  settings?: FileSettings;
}

/** Finds a mapping's column among the headers, by its exact text or else by any spelling of it. */
function headerNamed(column: string, headers: readonly string[], mapping: FileMapping): string {
  const exact = headers.find((header) => header === column);
  const found = exact ?? headers.find((header) => headerKey(header) === headerKey(column));
  if (found !== undefined) return found;
  throw new Problem(
    `The mapping for ${mapping.path} names the column "${column}", which the file does not have.`,
    `It has: ${headers.join(', ')}.`,
  );
}

/**
 * Does one step of a mapping. What is wrong with it is a question to whoever wrote it, on the line where the
 * mapping begins.
 */
export async function followMapping<Result>(
  mapping: FileMapping | undefined,
  configurationPath: string | null,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (!mapping || !(error instanceof Problem)) throw error;
    const place = { file: configurationPath ?? undefined, line: mapping.line };
    throw new Question(error.message, error.whatToDo, error.place.file ? error.place : place);
  }
}

/** Plans one entry of the configuration's `files:`. */
export async function planMapping(
  connection: DuckDBConnection,
  mapping: FileMapping,
  headers: readonly string[],
  lookups: Lookups,
): Promise<FeedPlan> {
  const columns: PlannedColumn[] = [];
  for (const [target, column] of Object.entries(mapping.columns)) {
    if (column.kind === 'sql') {
      await checkExpression(connection, column.sql, headers);
      columns.push({ target, source: column.sql, how: 'mapping', expression: column.sql });
      continue;
    }
    const header = headerNamed(column.column, headers, mapping);
    const text = `c${headers.indexOf(header)}`;
    if (column.kind === 'column') {
      columns.push({ target, source: header, how: 'mapping', expression: text });
    } else {
      const expression = await lookups.expression(text, column.through);
      columns.push({ target, source: header, how: 'looked up', expression });
    }
  }
  if (mapping.where) await checkExpression(connection, mapping.where, headers);
  const keep = mapping.where
    ? { sql: `(${mapping.where})`, reason: `filtered by the mapping: ${mapping.where}` }
    : undefined;
  return { table: mapping.table, columns, keep, distinct: mapping.distinct };
}

/** The headers, each in its first spelling, that would give the required columns of a feed that lack theirs. */
function lackingOf({ table, columns }: Feed, headers: Headers): string[] {
  const required = canonicalTable(table)?.columns.filter((column) => column.required) ?? [];
  return required.flatMap(({ name }) => {
    const column = columns[name];
    if (!column || planColumn(name, column, headers)) return [];
    return spellingsOf(column)[0] ?? name;
  });
}

/** Plans a file by its headers alone. Throws a Problem when none or more than one export fits. */
export function planByHeaders(headerNames: readonly string[]): FilePlan {
  const headers = new Headers(headerNames);
  const [best, second] = recognise(headers);
  if (!best) {
    throw new Problem(
      `No known export has these columns: ${headerNames.join(', ')}.`,
      'Say in holdfast.yaml under files: which table it is and how its columns map.',
    );
  }
  if (second && second.confidence === best.confidence && second.matched === best.matched) {
    throw new Question(
      `This file could be a ${best.source.name} or a ${second.source.name}.`,
      'Which is it? Say so in holdfast.yaml under files:.',
    );
  }
  if (best.source.notNeeded) throw new NotNeeded(best.source.name, best.source.notNeeded);
  const feeds = best.source.feeds.map((feed) => planFeed(feed, headers)).filter((feed) => feed !== undefined);
  if (feeds.length === 0) {
    throw new Problem(
      `This looks like a ${best.source.name}, but columns that it can't be read without are missing.`,
      `Export it with ${lackingOf(best.source.feeds[0]!, headers).join(', ')}.`,
    );
  }
  return {
    recognisedAs: best.source.name,
    confidence: best.confidence,
    names: 'positions',
    feeds,
    mappings: [],
  };
}

/** A known export's plan with the zone and the instant that some of its expressions ask for. */
export function saidOut(plan: FilePlan, timeZone: string, exportedAt: string): FilePlan {
  const say = (sql: string) =>
    sql.replaceAll('$time_zone', quotedString(timeZone)).replaceAll('$exported_at', quotedString(exportedAt));
  const feeds = plan.feeds.map((feed) => ({
    ...feed,
    columns: feed.columns.map((column) => ({ ...column, expression: say(column.expression) })),
  }));
  return { ...plan, feeds };
}
