import { count, date, moneyToTheCent, rate } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import { addDays } from '../metrics/span.ts';
import { matchedByInWords, wordsOf } from '../questions/leakage/causes.ts';
import type { Allocation, BilledAsSold } from './billedAsSold.ts';
import { dealHref } from './links.ts';

export const matchColumns: Column[] = [
  { id: 'product', label: 'Sold' },
  { id: 'deal', label: 'Deal' },
  { id: 'cause', label: 'What became of it' },
  { id: 'service', label: 'Service', unit: 'date' },
  { id: 'sold', label: 'Sold for' },
  { id: 'billed', label: 'Billed' },
  { id: 'difference', label: 'Difference', unit: 'cents', signed: true, phone: 'figure' },
  { id: 'sure', label: 'How sure', unit: 'rate', phone: 'line' },
];

/** Each part with both amounts in their own currency, what differs marked; `withDeal` names its deal. */
export const matchRows = (rows: readonly Allocation[], withDeal: boolean): Row[] =>
  rows.map((one) => {
    const isCredit = (one.credit_amount ?? 0) !== 0;
    const billed = one.billed_currency ?? one.currency;
    const notes = Object.entries({
      cause: one.reason ?? (one.difference ? wordsOf(one.cause).toDo : null),
      service:
        one.service_to === null || one.service_to === one.service_from
          ? null
          : `to ${date(addDays(one.service_to, -1))}`,
      billed: one.invoice_id,
      sure: one.confidence === null ? null : matchedByInWords(one.matched_by),
    }).filter((note): note is [string, string] => Boolean(note[1]));
    return {
      key: one.match_id,
      faint: one.cause === 'timing',
      links: withDeal && one.deal_id !== null ? { deal: dealHref(one.deal_id) } : undefined,
      cells: {
        product: one.product_name ?? (isCredit ? 'Credit' : 'The whole deal, without lines'),
        deal: withDeal ? (one.deal_name ?? one.deal_id) : null,
        cause: wordsOf(one.cause).label,
        service: one.service_from,
        sold: isCredit ? null : moneyToTheCent(one.sold_amount, one.currency),
        billed: isCredit
          ? `${moneyToTheCent(one.credit_amount, billed)} credited`
          : moneyToTheCent(one.billed_amount, billed),
        difference: one.difference,
        sure: one.confidence,
      },
      alarm: (one.difference ?? 0) < 0 && !one.cause.startsWith('unmatched') ? ['difference'] : [],
      notes: Object.fromEntries(notes),
    };
  });

/** What of it was billed as sold, and what can still be billed. */
export function matchInWords({ due, matched, less }: BilledAsSold, currency: string): string {
  if (due <= 0 && less <= 0) return 'Nothing that was sold has come due yet.';
  const short =
    less < 0.005
      ? 'nothing was billed short'
      : `${moneyToTheCent(less, currency)} can still be billed or claimed back`;
  if (due <= 0) return `Nothing that was sold has come due; ${short}.`;
  return `Of ${moneyToTheCent(due, currency)} that came due, ${rate(matched / due)} was billed as sold; ${short}.`;
}

/** "12 parts", or how many of them are shown. */
export const matchBasis = ({ rows, count: all }: BilledAsSold): string =>
  all > rows.length ? `${count(rows.length)} of ${count(all, 'part')}` : count(all, 'part');
