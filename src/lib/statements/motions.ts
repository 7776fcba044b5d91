import { count, moneyInWords, period, points, rate } from '../design/formats.ts';
import type { Retained, Retention } from '../questions/motions/retention.ts';
import type { Motions } from '../questions/motions/motionTable.ts';
import type { Why } from '../questions/motions/whyMissing.ts';
import type { Periods } from './discounts.ts';

/** An interval as a table says it; null where there is none. */
export const rateInterval = (interval: { low: number; high: number } | null): string | null =>
  interval === null ? null : `${rate(interval.low)} to ${rate(interval.high)}`;

/** The longest span of a year at most whose retention is known. */
export function yearOf(kept: Retention | null) {
  const found = kept?.spans.findLast(
    ({ horizon, retained }) => horizon.quarters <= 4 && retained.net.rate !== null,
  );
  return found ?? null;
}

const earlier = { quarter: 'a quarter', year: 'a year', three_years: 'three years' };
const over = { quarter: 'over a quarter', year: 'over a year', three_years: 'over three years' };

/** Whether the customers of the cohort pay more or less, where chance does not explain it. */
function direction({ net }: Retained): 'more' | 'less' | null {
  if (net.interval === null) return null;
  return net.interval.low > 1 ? 'more' : net.interval.high < 1 ? 'less' : null;
}

/** Headline: what customers who were there pay after a year, if the data can tell; else where bookings come from. */
export function motionsHeadline(kept: Retention | null, { motions, net }: Motions, periods: Periods): string {
  const year = yearOf(kept);
  if (year) {
    const { retained, horizon } = year;
    const said = direction(retained);
    const lost = retained.gross.rate === null ? null : 1 - retained.gross.rate;
    const losing = lost === null ? '' : `; ${rate(lost)} of what they had paid was lost`;
    const last = kept!.quarters.at(-1);
    const end = last ? ` at the end of ${period(last.period)}` : ' by now';
    const who = `customers of ${earlier[horizon.id]} earlier`;
    if (said !== null)
      return `The ${who} paid ${rate(Math.abs(retained.net.rate! - 1))} ${said}${end}${losing}.`;
    if (retained.net.interval !== null)
      return `Whether the ${who} paid more or less${end} can't be told${losing}.`;
  }
  const largest = motions.toSorted((a, b) => b.net - a.net)[0];
  const when = periods.now === null ? '' : ` in ${periods.now}`;
  if (!largest || !(net > 0)) return `Nothing was won${when}.`;
  return `${rate(largest.share, 0)} of bookings${when} came from ${largest.motion} deals; what customers stay is not known.`;
}

/** What the headline rests on. */
export function motionsStandfirst(kept: Retention | null): string | undefined {
  const year = yearOf(kept);
  if (!year) return undefined;
  const { net, gross, logos, customers } = year.retained;
  const parts = [
    `net retention ${rate(net.rate)}${net.interval ? ` (95% interval ${rateInterval(net.interval)})` : ''}`,
    `gross ${rate(gross.rate)}${gross.interval ? ` (${rateInterval(gross.interval)})` : ''}`,
    `${rate(logos.rate)} of customers kept${logos.interval ? ` (${rateInterval(logos.interval)})` : ''}`,
  ];
  return `Of the ${count(customers, 'customer')} who paid when the span began: ${parts.join(', ')}.`;
}

/** What moved the recurring amount most, in words. */
export function bridgeInWords(bridge: NonNullable<Retention['bridge']>, currency: string): string {
  const { parts, horizon } = bridge;
  const money = (id: string) => moneyInWords(Math.abs(parts[id] ?? 0), currency);
  const lost = Math.abs(parts.recurring_churn! + parts.recurring_contraction!);
  const growth = parts.recurring_start! > 0 ? parts.recurring_end! / parts.recurring_start! - 1 : null;
  const change = growth === null ? '' : ` (${points(growth).replace(' pts', '%').replace('\u00a0pts', '%')})`;
  const price = parts.recurring_price ?? 0;
  const priced =
    price === 0
      ? ' No change of price stands out from quantity.'
      : ` Price ${price > 0 ? 'added' : 'took'} ${money('recurring_price')}.`;
  return `From ${money('recurring_start')} a month to ${money('recurring_end')} ${over[horizon.id]}${change}: new customers brought ${money('recurring_new')}, expansion ${money('recurring_expansion')}; ${moneyInWords(lost, currency)} was lost.${priced}`;
}

/** Retention of the last whole quarter beside the year, or what keeps it from being told. */
export function retentionInWords({ spans, quarters }: Retention, nameOf: (period: string) => string): string {
  const known = spans.filter(({ retained }) => retained.gross.rate !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) {
    const none =
      quarters.length === 0 ? 'No whole quarter is over yet' : 'No contract is known to have ended yet';
    return `${none}: who had left before can't be told, and so retention can't.`;
  }
  const said = ({ horizon, retained: { gross, net } }: (typeof known)[number]) =>
    `${over[horizon.id]}, ${rate(gross.rate)} gross and ${rate(net.rate)} net`;
  const end = quarters.at(-1);
  const until = end ? `To the end of ${nameOf(end.period)}` : 'To now';
  return `${until}: ${said(first)}${last === first ? '' : `; ${said(last)}`}.`;
}

/** What recurring amounts are read from, and what that can't tell. */
export function retentionNote({ basis, namesRenewals }: Pick<Why, 'basis' | 'namesRenewals'>): string {
  const read =
    basis === 'subscription'
      ? 'Recurring amounts are recomputed from subscriptions.'
      : 'No subscriptions are loaded: recurring amounts are read from lines of won deals with a term.';
  const price =
    basis === 'subscription' && !namesRenewals
      ? ' The source does not say which contract renews which: price is told apart only where a product follows itself.'
      : '';
  return `${read}${price} Each quarter begins with the customers who paid then; a rule stands at 100%.`;
}

/** The lines of the retention picture. */
export const retentionCourses = ({ quarters }: Retention) =>
  (['net', 'gross'] as const).flatMap((series) =>
    quarters.map((quarter) => ({ period: quarter.period, series, value: quarter[series] })),
  );
