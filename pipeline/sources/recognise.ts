import { canonicalTable } from '../schema/canonical.ts';
import { billingNotNeeded } from './billingNotNeeded.ts';
import { chargebee } from './chargebee.ts';
import { hubspot } from './hubspot/hubspot.ts';
import { netsuite } from './netsuite/netsuite.ts';
import { headerKey, type Apart, type Feed, type Source, type SourceColumn } from './source.ts';
import { salesforce } from './salesforce/salesforce.ts';
import { recurly } from './recurly.ts';
import { stripe } from './stripe/stripe.ts';
import { templates } from './templates.ts';
import { zuora } from './zuora/zuora.ts';

export const sources: readonly Source[] = [
  ...[...salesforce, ...hubspot],
  ...[...stripe, ...zuora, ...chargebee, ...recurly, ...netsuite, ...billingNotNeeded],
  ...templates,
];

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

  /** Whether any of these names is not among them. */
  lacksAny(names: readonly string[]): boolean {
    return names.some((name) => !this.byKey.has(headerKey(name)));
  }

  /** Position of the first spelling that is present, or undefined. */
  find(spellings: readonly string[]): number | undefined {
    for (const spelling of spellings) {
      const index = this.byKey.get(headerKey(spelling));
      if (index !== undefined) return index;
    }
    return undefined;
  }

  /**
   * What the first spelling that is present reads: a column, or for `price.product` the value inside the JSON of a
   * column `price`.
   */
  place(spellings: readonly string[]): Place | undefined {
    for (const spelling of spellings) {
      const index = this.byKey.get(headerKey(spelling));
      if (index !== undefined) return { name: this.names[index] ?? '', expression: position(index) };
      if (!isPath(spelling)) continue;
      const parts = spelling.split('.');
      for (let length = parts.length - 1; length > 0; length--) {
        const whole = this.byKey.get(headerKey(parts.slice(0, length).join('.')));
        if (whole === undefined) continue;
        const path = parts.slice(length).map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`));
        return { name: spelling, expression: `inside(${position(whole)}, '$${path.join('')}')` };
      }
    }
    return undefined;
  }
}

/** `price.product`, not `Account.Id`, which reports write for a column of its own. */
const isPath = (spelling: string) => /^[a-z]\w*(\.[a-z0-9]\w*)+$/.test(spelling);

/** Where a value stands in a record: what a person calls it, and the SQL text that reads it. */
interface Place {
  name: string;
  expression: string;
}

export interface Recognition {
  source: Source;
  /** 0–1: share of the export's usual headers that are there. */
  confidence: number;
  matched: number;
}

/** `DEAL_ID`, `Deal Id` and `deal-id` as a template writes it. */
const asTemplate = (name: string) => name.trim().toLowerCase().replaceAll(/[ -]/g, '_');

function score(source: Source, headers: Headers): Recognition | undefined {
  const has = (header: string | string[]) => headers.place([header].flat()) !== undefined;
  if (!source.needs.every(has)) return undefined;
  if (source.never?.some(has)) return undefined;
  if (source.only && new Headers([...source.needs, ...source.expects].flat()).lacksAny(headers.names))
    return undefined;
  const expected = source.expects.filter(has).length;
  if (templates.includes(source)) {
    // A template is told by its columns' own names, however they are cased: a header that is none of them speaks
    // against it.
    const known = headers.names.filter((name) => source.expects.includes(asTemplate(name))).length;
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
  /** Where the expression may give rows that are different the same key: how they are told apart. */
  apart?: Apart;
}

const position = (index: number) => `c${index}`;

/** Turns `{Header|Other?}` into the reader's column names; undefined when a needed header is absent. */
function fillIn(sql: string, headers: Headers): string | undefined {
  let complete = true;
  const filled = sql.replace(/\{([^{}?]+)(\?)?\}/g, (_, spellings: string, optional?: string) => {
    const place = headers.place(spellings.split('|'));
    if (place !== undefined) return place.expression;
    if (!optional) complete = false;
    return 'null::varchar';
  });
  return complete ? filled : undefined;
}

/** The headers that give a column as they stand. */
export function spellingsOf(column: SourceColumn): string[] {
  if (Array.isArray(column)) return column;
  if ('utc' in column) return column.utc;
  return 'first' in column ? column.first : [];
}

/** Columns that connectors add to what they copy. */
const connectorMarks = [
  '_fivetran_synced',
  '_airbyte_extracted_at',
  '_airbyte_emitted_at',
  '_sdc_batched_at',
];

/** An instant without a zone is in UTC where a connector wrote it. */
const inUtc = (text: string) =>
  `case when regexp_matches(${text}, '^\\d{4}-\\d{2}-\\d{2}[ T]\\d{1,2}:\\d{2}(:\\d{2}([.]\\d+)?)?$') then ${text} || 'Z' else ${text} end`;

/** How a column is filled from a file with these headers; undefined where they don't give it. */
export function planColumn(
  target: string,
  column: SourceColumn,
  headers: Headers,
): PlannedColumn | undefined {
  const place = headers.place(spellingsOf(column));
  if (place !== undefined) {
    const isUtc = 'utc' in column && headers.find(connectorMarks) !== undefined;
    const expression = isUtc ? inUtc(place.expression) : place.expression;
    return { target, source: place.name, how: 'by header', expression };
  }
  if (Array.isArray(column) || 'utc' in column) return undefined;
  const { sql, how, apart }: { sql: string; how: string; apart?: Apart } =
    'first' in column ? column.else : { sql: column.sql, how: column.sql };
  const expression = fillIn(sql, headers);
  if (expression === undefined) return undefined;
  return {
    ...{ target, source: how, how: 'computed', expression: `(${expression})::varchar` },
    ...(apart && { apart: apart === 'each row' ? apart : { by: fillIn(apart.by, headers)! } }),
  };
}

/** Custom fields (`Term_Months__c`, and as connectors write it `term_months_c`) fill the canonical column of the same name. */
function customFields(table: string, taken: Set<string>, headers: Headers): PlannedColumn[] {
  const columns = canonicalTable(table)?.columns ?? [];
  return headers.names.flatMap((name, index): PlannedColumn[] => {
    if (!/_c$/i.test(name)) return [];
    const key = headerKey(name.replace(/_+c$/i, ''));
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
  /** SQL text of a JSON list whose items are the rows, and the column in which the reader then has each item. */
  each?: { list: string; item: string };
  /** Of rows with the same `of` only the one with the last `by` counts. */
  newest?: { of: string; by: string };
}

/** The column by which stage.ts tells the last version of each record. */
const LAST_VERSION = '"last version"';

/** How the versions of a record are told apart, where the file may hold several. */
function newestOf(feed: Feed, headers: Headers): FeedPlan['newest'] {
  const of = feed.newest && headers.place(feed.newest.of);
  const by = feed.newest && headers.place(feed.newest.by);
  return of && by && { of: of.expression, by: by.expression };
}

function keepOf(condition: string | undefined, reason = '', isVersioned = false): FeedPlan['keep'] {
  if (!isVersioned) return condition === undefined ? undefined : { sql: condition, reason };
  const replaced = 'replaced by a later version of the same record';
  return condition === undefined
    ? { sql: LAST_VERSION, reason: replaced }
    : { sql: `(${condition}) and ${LAST_VERSION}`, reason: `${reason}, or ${replaced}` };
}

/** How a recognised source's feed reads a file with these headers; undefined when a key column is absent. */
export function planFeed(feed: Feed, given: Headers): FeedPlan | undefined {
  const table = canonicalTable(feed.table);
  if (!table) throw new Error(`no canonical table ${feed.table}`);
  const list = feed.each && given.place(feed.each);
  if (feed.each && !list) return undefined;
  const headers = list ? new Headers([...given.names, 'item']) : given;
  const columns = Object.entries(feed.columns)
    .map(([target, column]) => planColumn(target, column, headers))
    .filter((column) => column !== undefined);
  columns.push(...customFields(feed.table, new Set(columns.map((column) => column.target)), headers));
  const present = new Set(columns.map((column) => column.target));
  if (table.columns.some((column) => column.required && !present.has(column.name))) return undefined;
  const condition = feed.where && fillIn(feed.where.sql, headers);
  // Where the export has none of the columns it asks about, there is nothing to filter by.
  const keep = condition && /\bc\d+\b/.test(condition) ? condition : undefined;
  const newest = newestOf(feed, headers);
  return {
    table: feed.table,
    columns,
    keep: keepOf(keep, feed.where?.reason, newest !== undefined),
    distinct: false,
    ...(list && { each: { list: list.expression, item: position(given.names.length) } }),
    ...(newest && { newest }),
  };
}
