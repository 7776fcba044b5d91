import { askedSearch, dealsHref, type Asking } from '../../asking/asking.ts';
import type { WaterfallBar } from '../waterfall.ts';
import { kindsOffInvoice } from './offInvoice.ts';
import type { Basis } from './onInvoice.ts';

/** What a list of bills or of things given back sums, by the bar that opens into it. */
export const barsWithRows: Record<string, { label: string; measures: string[]; sums: string }> = {
  ...Object.fromEntries(
    kindsOffInvoice.map(({ id, label }) => [id, { label, measures: [id], sums: id }] as const),
  ),
  list_amount: {
    label: 'List on bills',
    measures: ['billed_priced_list', 'billed_net'],
    sums: 'billed_priced_list',
  },
  discount: {
    label: 'Discount on bills',
    measures: ['billed_below_list', 'billed_priced_list'],
    sums: 'billed_below_list',
  },
  by_code: {
    label: 'Coupons and promotions',
    measures: ['billed_by_code', 'billed_priced_list'],
    sums: 'billed_by_code',
  },
  other_discount: {
    label: 'Other discount',
    measures: ['billed_other_discount', 'billed_priced_list'],
    sums: 'billed_other_discount',
  },
  uplift: {
    label: 'Billed above list',
    measures: ['billed_uplift', 'billed_priced_list'],
    sums: 'billed_uplift',
  },
  unpriced_net: { label: 'Billed without list', measures: ['billed_unpriced'], sums: 'billed_unpriced' },
  net_amount: { label: 'Billed', measures: ['billed_net', 'billed_priced_list'], sums: 'billed_net' },
};

const isOffInvoice = new Set<string>(kindsOffInvoice.map(({ id }) => id));

/** Deals behind a bar of the booked basis, narrowed as far as a deal's lines tell. */
const narrowed: Record<string, Record<string, string | string[]>> = {
  discretionary: { discount_kind: 'discretionary' },
  programme: { discount_kind: ['programme', 'channel', 'volume', 'promotion'] },
  other_discount: { discount_kind: 'unknown' },
  unpriced_net: { list_source: '' },
};

/** The address of the rows that a bar sums: deals, bills, or what was given back. Null for sums of other bars. */
export function rowsOfBar({ id }: Pick<WaterfallBar, 'id'>, basis: Basis, asking: Asking): string | null {
  if (['pocket', 'margin', 'currency', 'other_rates'].includes(id)) return null;
  if (basis === 'booked' && !isOffInvoice.has(id)) return dealsHref(asking, narrowed[id]);
  if (!barsWithRows[id]) return null;
  const search = askedSearch(asking);
  search.delete('compare');
  search.set('period', asking.period ?? 'all');
  search.set('bar', id);
  return `/discounts/rows?${search}`;
}
