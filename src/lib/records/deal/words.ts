import { count, date, decimal, money, rate } from '../../design/formats.ts';
import { isolated } from '../isolated.ts';
import { inWords } from '../words.ts';
import type { DealFacts } from './facts.ts';
import type { LineSums } from './lines.ts';
import type { PriceSteps } from './priceSteps.ts';

type Sums = PriceSteps['sums'];

const positive = (value: number | null | undefined): value is number => (value ?? 0) > 0;

/** "Ember, new: $127,857 off $507,717 of list, 25.2%." */
export function findingOf(deal: DealFacts, sums: Sums, currency: string): string {
  const name = isolated(deal.deal_name);
  const { list_amount: list, discount, uplift, net_amount: net, discount_rate: share } = sums;
  const was = deal.is_won ? 'sold' : 'offered';
  if (positive(list) && positive(discount))
    return `${name}: ${money(discount, currency)} off ${money(list, currency)} of list, ${rate(share ?? null)}.`;
  if (positive(list) && positive(uplift))
    return `${name}: ${was} ${money(uplift, currency)} above ${money(list, currency)} of list.`;
  if (positive(list)) return `${name}: ${was} at its list price of ${money(list, currency)}.`;
  if (net !== null && net !== undefined)
    return `${name}: ${money(net, currency)}; its list price is not known.`;
  return `${name}: no amount is known.`;
}

/** Who, when and how it ended. */
export function standfirstOf(deal: DealFacts): string {
  const by = deal.rep_name ? ` by ${isolated(deal.rep_name)}` : '';
  const customer = deal.account_name ? `, ${isolated(deal.account_name)}` : '';
  const when = deal.closed_on ? ` on ${date(deal.closed_on)}` : '';
  if (!deal.is_closed) {
    const stage = deal.stage ? `Open in ${isolated(deal.stage)}` : 'Open';
    return `${stage}${customer}${deal.closed_on ? `, expected to close${when}` : ''}${by}.`;
  }
  const outcome = deal.is_won === null ? 'Closed' : deal.is_won ? 'Won' : 'Lost';
  const took =
    deal.days_open !== null && deal.days_open >= 0
      ? `, ${count(deal.days_open, 'day')} after it was opened`
      : '';
  const why =
    deal.is_won === false && deal.lost_reason ? ` Reason given: ${isolated(deal.lost_reason)}.` : '';
  return `${outcome}${when}${by}${customer}${took}.${why}`;
}

/** What the steps from list to margin come to, in words, with what is not known. */
export function stepsInWords(sums: Sums, currency: string): string {
  const { list_amount: list, net_amount: net, unpriced_net: unpriced, gross_margin: margin } = sums;
  const coverage = sums.cost_coverage ?? null;
  const parts = [
    positive(list)
      ? `${money(net ?? null, currency)} is left of ${money(list, currency)} of list.`
      : `${money(net ?? null, currency)} net; no line has a list price, so no discount can be said.`,
    positive(list) && positive(unpriced)
      ? `${money(unpriced, currency)} of it is on lines whose list price is not known.`
      : '',
    coverage === null || coverage === 0
      ? 'Unit cost is not known, so there is no margin.'
      : coverage === 1
        ? `After unit cost ${money(margin ?? null, currency)} is margin.`
        : `Unit cost is known for ${rate(coverage, 0)} of net; on that part ${money(margin ?? null, currency)} is margin.`,
  ];
  return parts.filter(Boolean).join(' ');
}

/** By which rate a deal in another currency is shown here; empty where it is in the reporting currency. */
export function conversionInWords(sums: LineSums | null, currency: string): string {
  if (!sums?.currency || sums.currency === currency) return '';
  if (sums.base_rate === null)
    return ` There is no rate from ${sums.currency} on its day, so nothing adds up here.`;
  return ` The deal is in ${sums.currency}, shown here in ${currency} at ${decimal(sums.base_rate, 4)}.`;
}

/** "36 months", "once" */
export function termOf(period: string | null, months: number | null): string | null {
  if (months === null) return inWords(period);
  return count(months, 'month');
}
