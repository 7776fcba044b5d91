import { canonicalTable } from '../schema/canonical.ts';
import { headerKey, type Feed, type Source, type SourceColumn } from './source.ts';
import { salesforce } from './salesforce.ts';
import { stripe } from './stripe.ts';
import { templates } from './templates.ts';

export const sources: readonly Source[] = [...salesforce, ...stripe, ...templates];

/** The file's own header as the reader gives it, found by any spelling. */
export class Headers {
  readonly names: readonly string[];
  private readonly byKey = new Map<string, number>();

  constructor(names: readonly string[]) {
    this.names = names;
    names.forEach((name, index) => {
      if (!this.byKey.has(headerKey(name))) this.byKey.set(headerKey(name), index);
    });
  }

  /** Position of the first spelling that is present, or undefined. */
  find(spellings: readonly string[]): number | undefined {
    for (const spelling of spellings) {
      const index = this.byKey.get(headerKey(spelling));
      if (index !== undefined) return index;
    }
    return undefined;
  }
}

export interface Recognition {
  source: Source;
  /** 0–1: share of the export's usual headers that are there. */
  confidence: number;
  matched: number;
}

function score(source: Source, headers: Headers): Recognition | undefined {
  const spellings = (need: string | string[]) => (typeof need === 'string' ? [need] : need);
  if (!source.needs.every((need) => headers.find(spellings(need)) !== undefined)) return undefined;
  if (source.never?.some((header) => headers.find([header]) !== undefined)) return undefined;
  const expected = source.expects.filter((header) => headers.find([header]) !== undefined).length;
  if (templates.includes(source)) {
    // A template is told by its columns' exact names: a header that is none of them speaks against it.
    const known = headers.names.filter((name) => source.expects.includes(name)).length;
    return { source, confidence: known / headers.names.length, matched: known };
  }
  const share = source.expects.length === 0 ? 1 : expected / source.expects.length;
  return { source, confidence: 0.6 + 0.4 * share, matched: source.needs.length + expected };
}

/** The exports that these headers could be, surest first. Empty when none fits. */
export function recognise(headers: Headers): Recognition[] {
  return sources
    .map((source) => score(source, headers))
    .filter((found): found is Recognition => found !== undefined && found.confidence > 0.5)
    .sort((a, b) => b.confidence - a.confidence || b.matched - a.matched);
}

/** How one canonical column is filled from a file: a SQL text expression over the reader's columns. */
export interface PlannedColumn {
  target: string;
  /** What a person calls the source: a header or an expression. */
  source: string;
  how: 'by header' | 'custom field of the same name' | 'computed' | 'mapping' | 'looked up';
  expression: string;
}

const position = (index: number) => `c${index}`;

/** Turns `{Header|Other?}` into the reader's column names; undefined when a needed header is absent. */
function fillIn(sql: string, headers: Headers): string | undefined {
  let complete = true;
  const filled = sql.replace(/\{([^{}?]+)(\?)?\}/g, (_, spellings: string, optional?: string) => {
    const index = headers.find(spellings.split('|'));
    if (index !== undefined) return position(index);
    if (!optional) complete = false;
    return 'null::varchar';
  });
  return complete ? filled : undefined;
}

function planColumn(target: string, column: SourceColumn, headers: Headers): PlannedColumn | undefined {
  const spellings = Array.isArray(column) ? column : 'first' in column ? column.first : [];
  const index = headers.find(spellings);
  if (index !== undefined)
    return { target, source: headers.names[index] ?? '', how: 'by header', expression: position(index) };
  if (Array.isArray(column)) return undefined;
  const computed = 'first' in column ? column.else : { sql: column.sql, how: column.sql };
  const expression = fillIn(computed.sql, headers);
  return expression === undefined
    ? undefined
    : { target, source: computed.how, how: 'computed', expression: `(${expression})::varchar` };
}

/** Custom fields (`Term_Months__c`) fill the canonical column of the same name. */
function customFields(table: string, taken: Set<string>, headers: Headers): PlannedColumn[] {
  const columns = canonicalTable(table)?.columns ?? [];
  return headers.names.flatMap((name, index): PlannedColumn[] => {
    if (!/__c$/i.test(name)) return [];
    const key = headerKey(name.slice(0, -3));
    const column = columns.find(
      (candidate) => headerKey(candidate.name) === key && !taken.has(candidate.name),
    );
    if (!column) return [];
    const how = 'custom field of the same name' as const;
    return [{ target: column.name, source: name, how, expression: position(index) }];
  });
}

export interface FeedPlan {
  table: string;
  columns: PlannedColumn[];
  keep?: { sql: string; reason: string };
  distinct: boolean;
}

/** How a recognised source's feed reads a file with these headers; undefined when a key column is absent. */
export function planFeed(feed: Feed, headers: Headers): FeedPlan | undefined {
  const table = canonicalTable(feed.table);
  if (!table) throw new Error(`no canonical table ${feed.table}`);
  const columns = Object.entries(feed.columns)
    .map(([target, column]) => planColumn(target, column, headers))
    .filter((column) => column !== undefined);
  columns.push(...customFields(feed.table, new Set(columns.map((column) => column.target)), headers));
  const present = new Set(columns.map((column) => column.target));
  if (table.columns.some((column) => column.required && !present.has(column.name))) return undefined;
  const condition = feed.where && fillIn(feed.where.sql, headers);
  // Where the export has none of the columns it asks about, there is nothing to filter by.
  const keep = condition && /\bc\d+\b/.test(condition) ? condition : undefined;
  return {
    table: feed.table,
    columns,
    keep: keep === undefined ? undefined : { sql: keep, reason: feed.where!.reason },
    distinct: false,
  };
}
