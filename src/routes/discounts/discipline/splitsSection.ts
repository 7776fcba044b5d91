import { dealsHref } from '$lib/asking/asking.ts';
import { count, date } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import { splitsAtLimits, type Splits } from '$lib/questions/discipline/splits.ts';
import * as words from '$lib/statements/discipline/splits.ts';
import { SPLIT_DAYS } from '$lib/statistics/splitDeals.ts';
import type { Asked } from './asked.ts';

/** Sets that are listed; the largest come first. */
const LISTED = 25;

const columns: Column[] = [
  { id: 'customer', label: 'Customer', sortable: false },
  { id: 'deals', label: 'Deals', unit: 'count', sortable: false, phone: 'line' },
  { id: 'rep', label: 'Rep', sortable: false, phone: 'line' },
  { id: 'days', label: 'Closed', sortable: false, phone: 'line' },
  { id: 'amount', label: 'Discount together', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'limit', label: 'Limit', unit: 'money', sortable: false, phone: 'line' },
];

const rowsOf = ({ sets, names }: Splits, href: (ids: string[]) => string): Row[] =>
  sets.slice(0, LISTED).map(({ deals, amount, limit }) => {
    const [first, last] = [names.get(deals[0]!.id)!, names.get(deals.at(-1)!.id)!];
    const ids = deals.map(({ id }) => id);
    return {
      key: ids.join(' '),
      href: href(ids),
      cells: {
        customer: first.account_name ?? first.account_id,
        rep: first.rep_name,
        deals: deals.length,
        days:
          first.closed_on === last.closed_on
            ? date(first.closed_on)
            : `${date(first.closed_on)} – ${date(last.closed_on)}`,
        ...{ amount, limit },
      },
    };
  });

/** Whether deals are split to stay within a limit in dollars. */
export async function splitsSection({ warehouse, asking, scope }: Asked) {
  const found = await splitsAtLimits(warehouse, asking, scope);
  const href = (ids: string[]) => dealsHref(asking, { deal_id: ids });
  return {
    looked: found ? words.splitsLooked(found) : [],
    shown: (stands: (id: string) => boolean) => ({
      said: found ? words.splitsSaid(found, stands) : [],
      currency: warehouse.build.currency,
      found: found && {
        stands: words.splitsStand(stands),
        answer: words.splitsInWords(found, stands),
        basis: `${count(found.deals, 'deal')} within the limit`,
        columns,
        rows: rowsOf(found, href),
        deals:
          found.sets.length > 0
            ? href(found.sets.slice(0, LISTED).flatMap(({ deals }) => deals.map(({ id }) => id)))
            : undefined,
        explain: {
          id: 'over_limit_deals',
          title: 'Split deals',
          definition: `Won deals of one customer and rep, closed within ${SPLIT_DAYS} days, whose discounts are each within the dollar limit of the rep’s role and together over it.`,
          n: count(found.deals, 'deal'),
          source: 'Good 2005, Permutation, Parametric, and Bootstrap Tests of Hypotheses, chapter 3',
          notes: [
            'By chance: days of closing permuted among each rep’s deals, which keeps the rush at quarter end and who buys how often.',
            'Customers who buy in bursts for reasons of their own look the same.',
          ],
        },
      },
    }),
  };
}
