import { askedSearch, dealsHref } from '$lib/asking/asking.ts';
import { count, date } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import { inPeriod } from '$lib/questions/discipline/inPeriod.ts';
import { limitKeys, type Limit } from '$lib/questions/discipline/policy.ts';
import { policyAsked } from '$lib/questions/discipline/policyAsked.ts';
import type { NeedsApproval } from '$lib/questions/discipline/whatIf.ts';
import * as words from '$lib/statements/discipline/policy.ts';
import type { Asked } from './asked.ts';
import { whatIfHref } from './what-if/whatIfHref.ts';
import { dealColumns, dealRows } from './whatIfTable.ts';

/** Deals and sellers that are listed; the largest come first. An address holds no more deals than this. */
const LISTED = 12;
const MOST_LINKED = 200;

/** Beside each other on a phone there is room for the deals of both alone. */
const load = (id: string, label: string, alone: boolean): Column[] => [
  { id: `${id}_deals`, label: `Deals, ${label}`, unit: 'count', phone: alone ? 'figure' : 'line' },
  { id: `${id}_quarter`, label: 'a quarter', unit: 'tenths', phone: alone ? 'line' : 'hide' },
  { id: `${id}_discount`, label: 'Discount', unit: 'money', phone: alone ? 'line' : 'hide' },
];
const loadColumns = (label: string, changed: boolean): Column[] => [
  { id: 'name', label },
  ...load('today', 'today', !changed),
  ...(changed ? load('changed', 'changed', false) : []),
];

const policyColumns: Column[] = [
  { id: 'role', label: 'Role', sortable: false },
  { id: 'for', label: 'For', sortable: false, phone: 'line' },
  { id: 'binds', label: 'Binds', sortable: false, phone: 'line' },
  { id: 'rate', label: 'Most, of list', unit: 'rate', sortable: false, phone: 'figure' },
  { id: 'amount', label: 'Most, in money', unit: 'money', sortable: false, phone: 'line' },
  { id: 'from', label: 'From', sortable: false, phone: 'line', oneLine: true },
  { id: 'to', label: 'Until', sortable: false, phone: 'line', oneLine: true },
];

const forWhom = ({ product_family: family, segment }: Limit) =>
  [family, segment].filter(Boolean).join(', ') || 'everything';

const policyRows = (limits: readonly Limit[]): Row[] =>
  limits.map((limit, at) => ({
    key: `${at}`,
    faint: !limit.is_current,
    cells: {
      role: words.roleInWords(limit.role),
      for: forWhom(limit),
      binds: limit.binds === 'line' ? 'each line' : 'the deal',
      rate: limit.max_rate === null ? null : limit.max_rate / 100,
      amount: limit.max_amount,
      from: limit.valid_from === null ? 'always' : date(limit.valid_from),
      to: limit.valid_to === null ? 'still' : date(limit.valid_to),
    },
  }));

const loadRows = (
  rows: readonly NeedsApproval[],
  quarters: number,
  of: Parameters<typeof words.loads>[2],
): Row[] =>
  words
    .loads(rows, quarters, of)
    .slice(0, LISTED)
    .map(({ name, today, changed }) => ({
      key: name,
      cells: {
        name,
        today_deals: today.deals,
        today_quarter: today.aQuarter,
        today_discount: today.discount,
        changed_deals: changed.deals,
        changed_quarter: changed.aQuarter,
        changed_discount: changed.discount,
      },
    }));

/** The limits as they are, and which past deals would have needed approval under others. */
export async function policySection({ warehouse, asking, scope, url, priced }: Asked) {
  const [{ limits, current, changed, differs, rows, concerned: listed }, quarters] = await Promise.all([
    policyAsked(warehouse, asking, url.searchParams, scope),
    inPeriod(warehouse, asking),
  ]);
  const { currency } = warehouse.build;
  const keys = limitKeys(current);
  return {
    looked: [],
    shown: () => ({
      said: [],
      currency,
      any: limits.length > 0,
      differs,
      answer: priced
        ? `${words.whatIfInWords(rows, quarters, differs, currency)}${differs ? '' : ' Change a limit to see what would differ.'}`
        : words.notPricedInWords,
      basis: count(rows.length, 'deal'),
      columns: policyColumns,
      limits: policyRows(limits),
      inputs: changed.map((limit, at) => ({
        key: keys[at]!,
        name: `${words.roleInWords(limit.role)}, ${forWhom(limit)}, ${limit.binds === 'line' ? 'each line' : 'the deal'}`,
        rate: limit.max_rate,
        amount: limit.max_amount,
      })),
      // What is asked stays when the form is sent.
      kept: [...askedSearch(asking)],
      reset: `?${askedSearch(asking)}#policy`,
      byApprover: {
        columns: loadColumns('Who has to approve', differs),
        rows: loadRows(rows, quarters, (row, policy) =>
          row[policy] === null ? null : words.roleInWords(row[policy]),
        ),
      },
      bySeller: {
        columns: loadColumns('Rep', differs),
        rows: loadRows(rows, quarters, (row) => row.rep_name ?? row.rep_id ?? 'nobody'),
      },
      deals:
        listed.length === 0
          ? undefined
          : listed.length <= MOST_LINKED
            ? dealsHref(asking, { deal_id: listed.map(({ deal_id: id }) => id) })
            : whatIfHref(asking, url.searchParams),
      listed: listed.length,
      dealColumns: dealColumns(differs),
      dealRows: dealRows(listed.slice(0, LISTED)),
      explain: {
        id: 'over_limit_deals',
        title: 'What if the limits were others',
        definition:
          'Won deals of the period under today’s limits and under the changed ones, whenever they closed. Who has to approve is the role with the least reach that may grant all of the deal; roles that sell approve nobody else’s.',
        n: count(rows.length, 'deal'),
        notes: [
          'What sellers would have done under other limits is not known: some would have kept to them.',
          'Of limits that fit, the one made for the family and segment counts before the one for all.',
        ],
      },
    }),
  };
}
