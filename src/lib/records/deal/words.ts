import { count, date, decimal, money, rate } from '../../design/formats.ts';
import { isolated } from '../isolated.ts';
import { inWords } from '../words.ts';
import type { DealFacts } from './facts.ts';
import type { DealLine, LineSums } from './lines.ts';
import type { TeamMember } from './people.ts';
import type { PriceSteps } from './priceSteps.ts';
import type { QuoteLine } from './quotes.ts';

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
  const gone = deal.vanished_on ? `Not in the exports since ${date(deal.vanished_on)}` : '';
  if (gone && deal.is_won === null) {
    const stage = deal.stage ? `, last in ${isolated(deal.stage)}` : '';
    return `${gone}${stage}${customer}${by}. Whether it was won is not known; it counts neither as open nor as lost.`;
  }
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
  return `${outcome}${when}${by}${customer}${took}.${why}${gone && ` ${gone}.`}`;
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

/** "part of Suite, whose price is on the parent": what a line is in a bundle; null for all others. */
export function bundleInWords({ bundle_role: role, bundle, price_on: on }: DealLine): string | null {
  if (role === null || bundle === null) return null;
  if (role === 'part')
    return `part of ${isolated(bundle)}${on === 'parent' ? ', which carries the price' : ''}`;
  const price = {
    parent: 'its price is that of all parts',
    parts: 'its price is on its parts',
    both: 'its price is told again by its parts, and counts there',
    each: null,
  }[on ?? 'each'];
  return joined('a bundle', price);
}

/** Who shares the revenue, and whether the shares come to the whole; empty without revenue splits. */
export function splitsInWords(team: readonly TeamMember[]): string {
  const sharing = team.filter(({ is_revenue_split: is, split_share: share }) => is && (share ?? 0) > 0);
  if (sharing.length === 0) return '';
  const whole = sharing.reduce((sum, { split_share: share }) => sum + (share ?? 0), 0);
  const names = sharing.map(
    ({ person, split_share: share }) => `${isolated(person)} ${rate((share ?? 0) / 100, 0)}`,
  );
  const said = `Revenue is split: ${names.join(', ')}.`;
  return Math.abs(whole - 100) <= 0.01
    ? said
    : `${said} That comes to ${rate(whole / 100, 0)}, so the deal is credited to its owner alone.`;
}

/** How far the discount moved from the first offer with a price to the last. */
export function quotesInWords(lines: readonly QuoteLine[]): string {
  const offers = [...new Set(lines.map(({ quote_id: id }) => id))]
    .map((offer) => lines.filter(({ quote_id: id }) => id === offer))
    .map((offer) => {
      const priced = offer.filter(({ unit_list: list, unit_net: net }) => list !== null && net !== null);
      const sum = (price: 'unit_list' | 'unit_net') =>
        priced.reduce((total, line) => total + line[price]! * (line.quantity ?? 1), 0);
      return { list: sum('unit_list'), net: sum('unit_net') };
    })
    .filter(({ list }) => list > 0)
    .map(({ list, net }) => 1 - net / list);
  const [first, last] = [offers[0], offers.at(-1)];
  if (first === undefined || last === undefined) return '';
  return offers.length === 1
    ? `It was offered at ${rate(first)} off list.`
    : `The first of ${offers.length} offers was at ${rate(first)} off list, the last at ${rate(last)}.`;
}

const joined = (...words: (string | null)[]) => words.filter(Boolean).join(': ') || null;

/** "36 months", "once" */
export function termOf(period: string | null, months: number | null): string | null {
  if (months === null) return inWords(period);
  return count(months, 'month');
}
