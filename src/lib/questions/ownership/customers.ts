import { alone, downloadDoors, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Filter, Request, Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { asFarAs } from './fitting.ts';
import { askedFrom, recordedEnds, type RecordedEnds } from './recordedEnds.ts';

/** Shares are fractions; null where nothing is known. */
export interface OwnedShares {
  one: number | null;
  none: number | null;
  several: number | null;
}

export interface OwnedQuarter extends OwnedShares {
  period: string;
  isOpen: boolean;
}

/** A customer that someone has to act on today. */
export interface Unclear {
  account_id: string;
  account_name: string;
  owned_by: 'none' | 'several';
  why: string | null;
  since: string;
  days: number;
  owners: string | null;
  before: string | null;
  /** A year's earnings of the contracts in force. */
  atStake: number;
  isCustomer: boolean;
  region: string | null;
  segment: string | null;
}

/** Accounts as they stand today; those that never bought are prospects. */
export interface Standing {
  count: number;
  prospects: number;
}

export interface CustomerOwnership {
  /** What the figures over time are counted over; null where all that is asked about lies before ends are recorded. */
  counted: Asking | null;
  ends: RecordedEnds;
  days: OwnedShares;
  revenue: OwnedShares;
  customerDays: number;
  orphaned: number;
  changesAYear: number | null;
  quarters: OwnedQuarter[];
  /** As of the newest export. */
  now: { all: Standing; none: Standing; several: Standing; atStake: number };
  /** Those with most at stake first, at most SHOWN. */
  list: Unclear[];
  /** Who has waited longest of all. */
  longest: Unclear | null;
  ignored: string[];
  downloads: { label: string; href: string }[];
  listDownloads: { label: string; href: string }[];
}

/** Quarters drawn. */
const QUARTERS = 12;

/** Accounts listed on the page; the download has all. */
const SHOWN = 50;

const shares = (prefix: string) => ['one_owner', 'no_owner', 'several_owners'].map((id) => `${prefix}_${id}`);
const figures = [
  'customer_days',
  ...shares('share'),
  ...shares('revenue'),
  'days_orphaned',
  'owner_changes_a_year',
];
const listKeys = [
  'account_id',
  'account_name',
  'owned_by',
  'why_none',
  'owned_since',
  'owner_names',
  'owners_before',
  'is_customer',
  'region',
  'segment',
];
const listed = ['days_as_now', 'revenue_at_stake', 'customers_now'];
const unclear: Filter = { dimension: 'owned_by', not: false, kind: 'one of', values: ['none', 'several'] };

const number = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : null);
const text = (row: AnswerRow, id: string) => (typeof row[id] === 'string' ? row[id] : null);
const sharesOf = (row: AnswerRow, prefix: string): OwnedShares => ({
  one: number(row, `${prefix}_one_owner`),
  none: number(row, `${prefix}_no_owner`),
  several: number(row, `${prefix}_several_owners`),
});

/**
 * Who owns the customers (Brock, "Who Owns The Customer?"): shares of days and of revenue with one owner, none or
 * several in the time asked about and by quarter, and the customers without a clear owner today.
 */
export async function customerOwnership(
  warehouse: Warehouse,
  asked: Asking,
  scope: Scope,
): Promise<CustomerOwnership> {
  const { asking, ignored } = asFarAs(alone(asked), 'account_owner_span');
  const always = { ...asking, period: null, span: null };
  const ends = await recordedEnds(warehouse);
  const counted = askedFrom(asking, ends.from);
  const ofList = { measures: listed, by: listKeys };
  const narrowed = { ...always, filters: [...asking.filters, unclear] };
  const ask = (of: Asking, question: Pick<Request, 'measures'> & Partial<Request>) =>
    answer(warehouse, requestOf(of, question), scope);
  const [answered, course, standing, atStake, waiting] = await Promise.all([
    counted && ask(counted, { measures: figures }),
    ask(always, { measures: shares('share'), by: ['fiscal_quarter'] }),
    ask(always, { measures: listed, by: ['owned_by', 'is_customer'] }),
    ask(narrowed, { ...ofList, limit: SHOWN, sort: { id: 'revenue_at_stake', descending: true } }),
    ask(narrowed, { ...ofList, limit: 1, sort: { id: 'days_as_now', descending: true } }),
  ]);
  const { data_on } = warehouse.build;
  const quarters = warehouse.periods.filter(
    ({ kind, starts_on }) =>
      kind === 'quarter' && starts_on <= data_on && (ends.from === null || starts_on >= ends.from),
  );
  const totals = answered?.totals ?? {};
  const sum = (rows: AnswerRow[], id: string) =>
    rows.reduce((total, row) => total + (number(row, id) ?? 0), 0);
  const now = (...states: string[]): Standing => {
    const rows = standing.rows.filter(({ owned_by }) => states.includes(String(owned_by)));
    return {
      count: sum(rows, 'customers_now'),
      prospects: sum(
        rows.filter(({ is_customer }) => is_customer !== true),
        'customers_now',
      ),
    };
  };
  const search = new URLSearchParams(asked.search);
  search.set('owned_by', 'none,several');
  return {
    ...{ counted, ends },
    days: sharesOf(totals, 'share'),
    revenue: sharesOf(totals, 'revenue'),
    customerDays: number(totals, 'customer_days') ?? 0,
    orphaned: number(totals, 'days_orphaned') ?? 0,
    changesAYear: ends.firstEnd === null ? null : number(totals, 'owner_changes_a_year'),
    quarters: quarters.slice(-QUARTERS).flatMap(({ period, ends_on }) => {
      const row = course.rows.find(({ fiscal_quarter }) => fiscal_quarter === period);
      return row ? [{ period, isOpen: ends_on > data_on, ...sharesOf(row, 'share') }] : [];
    }),
    now: {
      all: now('one', 'none', 'several'),
      none: now('none'),
      several: now('several'),
      atStake: sum(
        standing.rows.filter(({ owned_by }) => owned_by !== 'one'),
        'revenue_at_stake',
      ),
    },
    list: today(atStake.rows).toSorted(urgent),
    longest: today(waiting.rows)[0] ?? null,
    ignored,
    downloads: downloadDoors(
      { ...(counted ?? asking), search: kept(asked, ignored) },
      { measures: figures, by: ['fiscal_quarter'] },
    ),
    listDownloads: downloadDoors({ ...always, search }, ofList),
  };
}

/** Filters that the fact can't answer would make a download fail; where there are any, none is offered narrower. */
const kept = ({ search }: Asking, ignored: string[]) => (ignored.length > 0 ? new URLSearchParams() : search);

function unclearOf(row: AnswerRow): Unclear {
  return {
    account_id: String(row.account_id),
    account_name: String(row.account_name),
    owned_by: row.owned_by === 'several' ? 'several' : 'none',
    why: text(row, 'why_none'),
    since: String(row.owned_since),
    days: number(row, 'days_as_now') ?? 0,
    owners: text(row, 'owner_names'),
    before: text(row, 'owners_before'),
    atStake: number(row, 'revenue_at_stake') ?? 0,
    isCustomer: row.is_customer === true,
    region: text(row, 'region'),
    segment: text(row, 'segment'),
  };
}

/** Spans of the past have the same keys and nothing that stands now. */
const today = (rows: AnswerRow[]): Unclear[] =>
  rows.filter((row) => (number(row, 'customers_now') ?? 0) > 0).map(unclearOf);

/** Revenue at stake first, then who has waited longest. */
const urgent = (a: Unclear, b: Unclear) => b.atStake - a.atStake || b.days - a.days;
