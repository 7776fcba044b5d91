import { quotedIdentifier } from '@duckdb/node-api';
import { Document } from 'yaml';
import type { FeedPlan, PlannedColumn } from '../sources/recognise.ts';
import type { Inspection } from './inspectFile.ts';

/** Known exports speak of positions (c0, c1, …); a mapping file speaks of headers. */
function overHeaders(sql: string, headers: readonly string[]): string {
  return sql
    .replace(/\bc(\d+)\b/g, (_, index: string) => quotedIdentifier(headers[Number(index)] ?? ''))
    .replaceAll(/\s+/g, ' ');
}

function columnEntry(column: PlannedColumn, headers: readonly string[]): unknown {
  if (/^c\d+$/.test(column.expression)) return headers[Number(column.expression.slice(1))];
  return { sql: overHeaders(column.expression, headers) };
}

/** One entry of `files:` as it is written. */
export interface MappingEntry {
  path: string;
  table: string;
  where?: string;
  distinct?: boolean;
  columns: Record<string, unknown>;
}

/** How a feed of a known export would be written as an entry of its own. */
export function feedEntry(path: string, feed: FeedPlan, headers: readonly string[]): MappingEntry {
  return {
    path,
    table: feed.table,
    ...(feed.keep ? { where: overHeaders(feed.keep.sql, headers) } : {}),
    ...(feed.distinct ? { distinct: true } : {}),
    columns: Object.fromEntries(feed.columns.map((column) => [column.target, columnEntry(column, headers)])),
  };
}

/**
 * The mapping by which inspected files would be read, as the text of a `holdfast.yaml` to check, change and
 * keep. A file that is not recognised is named in a comment with its columns, for a person to map.
 */
export function mappingText(inspections: readonly Inspection[]): string {
  // A file read by a mapping has one already.
  const guessed = inspections.filter(({ plan }) => plan?.names === 'positions');
  const files = guessed.flatMap(({ path, plan, headers }) =>
    plan!.feeds.map((feed) => feedEntry(path, feed, headers)),
  );
  const document = new Document({ files });
  const open = inspections.filter(({ plan }) => plan === null);
  const lines = open.map(
    ({ path, headers, unread_reason: reason }) =>
      ` ${path}: ${headers.length > 0 ? `not recognised; its columns: ${headers.join(', ')}` : reason}`,
  );
  document.commentBefore = [' How Holdfast would read these files. What is written here wins.', ...lines]
    .map((line) => line.replaceAll(/\s+/g, ' '))
    .join('\n');
  return document.toString({ lineWidth: 0 });
}
