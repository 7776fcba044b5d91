import { canonicalTables, type CanonicalColumn, type CanonicalTable } from '../schema/canonical.ts';
import { Headers, planFeed, recognise, sources } from '../sources/recognise.ts';
import { headerKey } from '../sources/source.ts';
import type { ColumnExample } from './preview.ts';
import { feedEntry, type MappingEntry } from './writeMapping.ts';

/** A way in which a file might be read, for a person to check: never used by a load of its own accord. */
export interface Proposal {
  /** The export it would be; null where only its headers are like those of a table. */
  recognised_as: string | null;
  entries: MappingEntry[];
}

/** Proposals that are worth telling of. */
const MOST = 40;

/** Everyday headers by the column they mostly mean, beside the spellings of every known export. */
const everyday: Record<string, string[]> = {
  deal_id: ['opportunity', 'opportunity id', 'deal', 'order id', 'order', 'order number', 'contract id'],
  account_id: ['account', 'customer', 'customer id', 'client', 'client id', 'company', 'company id'],
  owner_id: ['owner', 'sales agent', 'sales rep', 'salesperson', 'rep', 'seller', 'employee id', 'agent'],
  person_id: ['employee id', 'user id', 'sales agent', 'sales rep', 'salesperson', 'rep', 'agent'],
  manager_id: ['manager', 'reports to', 'supervisor'],
  closed_on: ['close date', 'closed', 'order date', 'won date', 'booking date', 'closing date'],
  created_on: ['created', 'create date', 'created at', 'open date', 'opened', 'engage date', 'order date'],
  amount: ['value', 'close value', 'deal value', 'total', 'total amount', 'revenue'],
  stage: ['deal stage', 'status', 'sales stage'],
  name: ['company name', 'customer name', 'account name', 'product name', 'full name', 'description'],
  industry: ['sector', 'branch'],
  country: ['office location', 'location'],
  headcount: ['employees', 'number of employees'],
  parent_account_id: ['parent', 'subsidiary of', 'parent account'],
  region: ['regional office', 'territory', 'area', 'sales region'],
  product_id: ['product', 'sku', 'item', 'item id', 'product code', 'article'],
  family: ['series', 'category', 'product line', 'product family'],
  unit_list: ['list price', 'sales price', 'price', 'unit price', 'catalog price'],
  quantity: ['qty', 'units', 'count', 'seats'],
  net_amount: ['net', 'net amount', 'total price', 'close value', 'line total'],
  discount_percent: ['discount', 'discount percent', 'discount %'],
};

/** Header keys that a column of a table goes by. */
function spellingsOf(table: CanonicalTable, column: CanonicalColumn): Set<string> {
  const known = sources
    .flatMap((source) => source.feeds)
    .filter((feed) => feed.table === table.name)
    .flatMap((feed) => {
      const found = feed.columns[column.name];
      return Array.isArray(found) ? found : found && 'first' in found ? found.first : [];
    });
  return new Set([column.name, ...known, ...(everyday[column.name] ?? [])].map(headerKey));
}

const spellings = new Map(
  canonicalTables.map((table) => [
    table.name,
    table.columns.map((column) => [column, spellingsOf(table, column)] as const),
  ]),
);

const listed = (words: readonly string[]) =>
  words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ');

/** Won and closed as the words of a stage say them, where they do. */
function outcomes(stage: ColumnExample | undefined): MappingEntry['columns'] {
  const won = stage?.values?.filter((word) => /\bwon\b/i.test(word)) ?? [];
  const closed = stage?.values?.filter((word) => /\b(won|lost|closed)\b/i.test(word)) ?? [];
  if (!stage || won.length === 0) return {};
  const header = `"${stage.header.replaceAll('"', '""')}"`;
  return {
    is_closed: { sql: `${header} in (${listed(closed)})` },
    is_won: { sql: `${header} in (${listed(won)})` },
  };
}

function byLikeness(path: string, examples: readonly ColumnExample[]): (Proposal & { score: number })[] {
  return canonicalTables.flatMap((table) => {
    const columns: MappingEntry['columns'] = {};
    for (const [column, known] of spellings.get(table.name)!) {
      const example = examples.find(({ header }) => known.has(headerKey(header)));
      if (example) columns[column.name] = example.header;
    }
    const used = new Set(Object.values(columns)).size;
    const required = table.columns.filter((column) => column.required);
    const lacking = required.filter((column) => !(column.name in columns)).length;
    if (used === 0 || lacking > 1) return [];
    if (table.name === 'deal')
      for (const [target, rule] of Object.entries(
        outcomes(examples.find(({ header }) => header === columns.stage)),
      ))
        columns[target] ??= rule;
    return [
      { recognised_as: null, entries: [{ path, table: table.name, columns }], score: used - 2 * lacking },
    ];
  });
}

/**
 * How a file that is not recognised, or could be one of several exports, might be read. The surest first; empty
 * where nothing is like it.
 */
export function proposeMapping(
  path: string,
  headerNames: readonly string[],
  examples: readonly ColumnExample[],
): Proposal[] {
  const headers = new Headers(headerNames);
  const exports = recognise(headers).map(({ source }) => ({
    recognised_as: source.name,
    entries: source.feeds
      .map((feed) => planFeed(feed, headers))
      .filter((feed) => feed !== undefined)
      .map((feed) => feedEntry(path, feed, headerNames)),
  }));
  const like = byLikeness(path, examples)
    .sort((a, b) => b.score - a.score)
    .map(({ score: _score, ...proposal }) => proposal);
  return [...exports.filter(({ entries }) => entries.length > 0), ...like].slice(0, MOST);
}
