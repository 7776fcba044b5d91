import { count, date, moneyToTheCent, period, rate } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import { addDays } from '../metrics/span.ts';
import { isUnmatched, matchedByInWords, nounOf, wordsOf } from '../questions/leakage/causes.ts';
import type { Difference } from '../questions/leakage/list.ts';
import type { TieOut } from '../questions/leakage/tieOut.ts';
import type { LeakGroup } from '../questions/leakage/where.ts';
import type { LeakQuarter } from '../questions/leakage/course.ts';
import { accountHref, dealHref } from '../records/links.ts';
import { placeOf } from '../records/sourced.ts';

const fixed = (columns: Column[]): Column[] => columns.map((column) => ({ ...column, sortable: false }));

export const tieOutColumns = fixed([
  { id: 'cause', label: 'What became of it' },
  { id: 'parts', label: 'Parts of lines', unit: 'count', phone: 'line' },
  { id: 'sold', label: 'Sold', unit: 'money', phone: 'line' },
  { id: 'billed', label: 'Billed', unit: 'money', phone: 'line' },
  { id: 'less', label: 'Billed less', unit: 'money', phone: 'figure' },
  { id: 'more', label: 'Billed more', unit: 'money', phone: 'line' },
  { id: 'sure', label: 'How sure', unit: 'rate', phone: 'line' },
]);

/** Matched first, then each cause, what is not due yet, and both sides in all: they add up to what was read. */
export function tieOutRows(found: TieOut, listHref: (cause: string) => string): { rows: Row[]; total: Row } {
  const causes = found.causes.map(({ cause, parts, sold, billed, less, more, confidence }): Row => ({
    key: cause,
    href: listHref(cause),
    cells: {
      cause: wordsOf(cause).label,
      ...{ parts, sold, billed, sure: confidence },
      less: less > 0 ? less : null,
      more: more > 0 ? more : null,
    },
    alarm: less > 0 ? ['less'] : [],
  }));
  const matched: Row = {
    key: 'matched',
    cells: {
      cause: wordsOf('matched').label,
      parts: found.matchedParts,
      sold: found.matched,
      billed: found.matchedBilled,
      ...{ less: null, more: null, sure: null },
    },
  };
  const later: Row[] =
    found.notDue === 0
      ? []
      : [
          {
            key: 'timing',
            faint: true,
            cells: {
              cause: wordsOf('timing').label,
              parts: found.notDueParts,
              sold: found.notDue,
              billed: null,
              ...{ less: null, more: null, sure: null },
            },
          },
        ];
  const sum = (id: 'less' | 'more') => found.causes.reduce((whole, one) => whole + one[id], 0);
  return {
    rows: [matched, ...causes, ...later],
    total: {
      key: 'all',
      cells: {
        cause: 'All that was sold, all that was billed',
        parts: found.parts + found.notDueParts,
        sold: found.due + found.notDue,
        billed: found.billed,
        less: sum('less'),
        more: sum('more'),
        sure: null,
      },
    },
  };
}

/** The picture's parts: what came due, was billed as sold, found no bill, each cause of a known difference, and credits. */
export const tieOutParts = (found: TieOut) => [
  {
    ...{ id: 'due', label: 'Came due', kind: 'due' },
    ...{ amount: found.due, over: 0, lines: count(found.n, 'line') },
  },
  {
    ...{ id: 'matched', label: wordsOf('matched').label, kind: 'matched' },
    ...{
      amount: found.matched,
      over: 0,
      lines: count(found.matchedParts, 'part of a line', 'parts of lines'),
    },
  },
  ...(found.unmatchedSold < 0.005
    ? []
    : [
        {
          ...{ id: 'unmatched', label: wordsOf('unmatched_sold').label, kind: 'unmatched' },
          ...{ amount: found.unmatchedSold, over: 0, lines: '' },
        },
      ]),
  ...found.causes
    .filter(({ cause }) => !isUnmatched(cause))
    .toSorted((a, b) => b.less + b.more - a.less - a.more)
    .map(({ cause, less, more, lines }) => ({
      ...{
        id: cause,
        label: wordsOf(cause).label,
        kind: cause === 'unauthorised_credit' ? 'credit' : 'cause',
      },
      ...{ amount: less, over: more, lines: count(lines, nounOf(cause)) },
    })),
];

export const whereColumns = (label: string): Column[] =>
  fixed([
    { id: 'name', label },
    { id: 'due', label: 'Came due', unit: 'money', phone: 'line' },
    { id: 'matched', label: 'Billed as sold', unit: 'rate', phone: 'line' },
    { id: 'less', label: 'Billed less', unit: 'money', phone: 'figure' },
    { id: 'part', label: 'Share', unit: 'rate', bar: true, phone: 'line' },
    { id: 'share', label: 'Of what came due', unit: 'rate', phone: 'line' },
    { id: 'more', label: 'Billed more', unit: 'money', phone: 'line' },
    { id: 'lines', label: 'Lines', unit: 'count', phone: 'line' },
  ]);

export const whereRow = (
  { id, name, due, matched, less, more, lines, isFew }: LeakGroup,
  all: number,
  href?: string,
): Row => ({
  key: id ?? name,
  href,
  faint: isFew,
  cells: {
    ...{ name, due, less, lines },
    matched: due > 0 ? matched / due : null,
    part: all > 0 ? less / all : null,
    share: due > 0 ? less / due : null,
    more: more > 0 ? more : null,
  },
});

/** Quarters as the trend's picture takes them. */
export const courseRows = (quarters: readonly LeakQuarter[]) =>
  quarters.map(({ period, less, share, before, is_open }) => ({
    ...{ period, discount: less, discount_rate: share, rate_before: before, is_open },
  }));

export const listColumns: Column[] = [
  { id: 'customer', label: 'Customer' },
  { id: 'deal', label: 'Deal' },
  { id: 'cause', label: 'Cause' },
  { id: 'service', label: 'Service', unit: 'date', sortable: false },
  { id: 'sold', label: 'Sold', sortable: false },
  { id: 'billed', label: 'Billed', sortable: false },
  { id: 'difference', label: 'Difference', unit: 'cents', signed: true, phone: 'figure' },
  { id: 'happened_on', label: 'Due or billed', unit: 'date' },
  { id: 'confidence', label: 'How sure', unit: 'rate', phone: 'line' },
];

/** What a cause's own section shows of its largest rows. */
export const exampleColumns = fixed(listColumns.filter(({ id }) => !['cause', 'happened_on'].includes(id)));

/**
 * A difference as a row: both amounts in their currency, each side's place in its file under it, and under the
 * difference what it is in its own currency, where that is not the one of the page.
 */
export const listRows = (differences: readonly Difference[], currency: string): Row[] =>
  differences.map((one) => {
    const isCredit = one.cause === 'unauthorised_credit';
    const billed = one.billed_currency ?? one.currency;
    const last = one.service_to === null ? null : date(addDays(one.service_to, -1));
    const reason = isUnmatched(one.cause) ? one.reason : null;
    const notes = Object.entries({
      customer: one.match_id,
      deal: [one.product_name, one.rep_name].filter(Boolean).join(' · '),
      cause: reason ?? wordsOf(one.cause).toDo,
      service: one.service_from === one.service_to || last === null ? null : `to ${last}`,
      sold: placeOf({ source_file: one.sold_file, source_line: one.sold_line }),
      billed: placeOf({ source_file: one.billed_file, source_line: one.billed_line }),
      difference:
        one.currency === currency || one.own_difference === null
          ? null
          : moneyToTheCent(one.own_difference, one.currency, { signed: true }),
      happened_on: one.invoice_id,
      confidence: one.confidence === null ? null : matchedByInWords(one.matched_by),
    }).filter((note): note is [string, string] => Boolean(note[1]));
    return {
      key: one.match_id,
      href: one.account_id === null || !one.has_account ? undefined : accountHref(one.account_id),
      links: one.deal_id === null ? undefined : { deal: dealHref(one.deal_id) },
      cells: {
        customer: one.account_name ?? one.account_id ?? 'no customer known',
        deal: one.deal_name ?? one.deal_id,
        cause: wordsOf(one.cause).label,
        service: one.service_from,
        sold: isCredit ? null : moneyToTheCent(one.sold_amount, one.currency),
        billed: isCredit
          ? `${moneyToTheCent(one.credit_amount, billed)} credited`
          : moneyToTheCent(one.billed_amount, billed),
        difference: one.difference,
        happened_on: one.happened_on,
        confidence: one.confidence,
      },
      notes: Object.fromEntries(notes),
    };
  });

/** The share that was billed short in the last whole quarter, against a year before. */
export function courseInWords(quarters: readonly LeakQuarter[]): string {
  const last = quarters.findLast(({ share, is_open }) => !is_open && share !== null);
  if (!last || last.share === null) return 'No quarter with enough lines is over yet.';
  const now = `Of what came due in ${period(last.period)}, ${rate(last.share)} was billed short`;
  if (last.before === null) return `${now}; there is no year before to compare with.`;
  return `${now}; a year before it was ${rate(last.before)}.`;
}
