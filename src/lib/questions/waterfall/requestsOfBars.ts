import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import type { Request } from '../../metrics/request.ts';
import type { Waterfall } from '../waterfall.ts';
import { kindsOffInvoice } from './offInvoice.ts';
import type { Basis } from './onInvoice.ts';
import { ofConcessions } from './slice.ts';

/** What bars on the invoice are asked with, the discount first. */
const onInvoice: Record<Basis, string[]> = {
  booked: ['discount', 'list_amount', 'uplift', 'unpriced_net', 'net_amount', 'cost_amount'],
  billed: [
    ...['billed_below_list', 'billed_priced_list', 'billed_by_code', 'billed_uplift', 'billed_unpriced'],
    'billed_net',
  ],
};

/** The requests whose answers the bars of a waterfall are, in the order of the bars; sums of bars are asked for by none. */
export function requestsOfBars(
  { bars, basis }: Pick<Waterfall, 'bars' | 'basis'>,
  asking: Asking,
): [Request, ...Request[]] {
  const has = (id: string) => bars.some((bar) => bar.id === id);
  const ask = (measures: string[], more: Partial<Request> = {}) =>
    requestOf(alone(asking), { measures, ...more });
  return [
    ask(onInvoice[basis].filter((id) => id !== 'cost_amount' || has(id))),
    ...(has('discretionary') || has('programme') ? [ask(['discount'], { by: ['discount_kind'] })] : []),
    ...kindsOffInvoice
      .filter(({ id }) => has(id))
      .map(({ id }) => ask([id], { filters: ofConcessions(asking) })),
    ...(has('currency')
      ? [ask(['net_variance', 'cost_variance']), ask(['given_variance']), ask(['credit_variance'])]
      : []),
  ];
}
