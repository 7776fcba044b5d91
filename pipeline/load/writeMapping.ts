import { quotedIdentifier } from '@duckdb/node-api';
import type { FeedPlan, PlannedColumn } from '../sources/recognise.ts';

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
