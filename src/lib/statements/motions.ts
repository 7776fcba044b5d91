import { count, money, period, points, rate } from '../design/formats.ts';
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

/** What exchange rates make of a retention, where that is another figure; '' where it is the same. */
function withRatesInWords(
  { withRates, ...retained }: Retained,
  which: 'gross' | 'net',
  say: (rate: number) => string,
): string {
  const [steady, moved] = [retained[which].rate, withRates[which]];
  if (steady === null || moved === null) return '';
  return rate(steady) === rate(moved) ? '' : say(moved);
}

/** "7.3% more" */
const moreOrLess = (of: number) => `${rate(Math.abs(of - 1))} ${of >= 1 ? 'more' : 'less'}`;

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
    const rates = withRatesInWords(retained, 'net', (net) => ` (with them ${moreOrLess(net)})`);
    const left = rates === '' ? '' : ', exchange rates left out';
    if (said !== null)
      return `The ${who} paid ${moreOrLess(retained.net.rate!)}${end}${left}${rates}${losing}.`;
    if (retained.net.interval !== null)
      return lost === null
        ? `Whether the ${who} paid more or less${end} can't be told.`
        : `${rate(lost)} of what customers paid ${earlier[horizon.id]} earlier was lost${end.replace(' at ', ' by ')}; whether growth made up for it can't be told.`;
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
  const rates = (which: 'gross' | 'net') =>
    withRatesInWords(year.retained, which, (of) => `, with exchange rates ${rate(of)}`);
  const parts = [
    `net retention ${rate(net.rate)}${net.interval ? ` (95% interval ${rateInterval(net.interval)})` : ''}${rates('net')}`,
    `gross ${rate(gross.rate)}${gross.interval ? ` (${rateInterval(gross.interval)})` : ''}${rates('gross')}`,
    `${rate(logos.rate)} of customers kept${logos.interval ? ` (${rateInterval(logos.interval)})` : ''}`,
  ];
  return `Of the ${count(customers, 'customer')} who paid when the span began: ${parts.join(', ')}.`;
}

/** What moved the recurring amount, in words: the parts add up from its start to its end. */
export function bridgeInWords(bridge: NonNullable<Retention['bridge']>, currency: string): string {
  const { parts, horizon } = bridge;
  const part = (id: string) => parts[`recurring_${id}`] ?? 0;
  const said = (amount: number) => money(Math.abs(amount), currency);
  const [start, end, rates] = [part('start'), part('end'), part('currency')];
  const percent = (of: number) => `${points(of / start - 1).replace(/\s*pts$/, '')}%`;
  const steady = said(rates) === said(0) ? '' : `, ${percent(end - rates)} without exchange rates`;
  const change = start > 0 ? ` (${percent(end)}${steady})` : '';
  const moved = (what: string, amount: number) =>
    said(amount) === said(0) ? [] : [`${what} ${amount > 0 ? 'added' : 'took'} ${said(amount)}`];
  const ways = [
    `new customers brought ${said(part('new'))}`,
    `expansion ${said(part('expansion'))}`,
    ...moved('price', part('price')),
    ...moved('exchange rates', rates),
    `${said(part('churn') + part('contraction'))} was lost`,
  ];
  const priced = part('price') === 0 ? ' No change of price stands out from quantity.' : '';
  return `From ${said(start)} a month to ${said(end)} ${over[horizon.id]}${change}: ${ways.slice(0, -1).join(', ')}; ${ways.at(-1)}.${priced}`;
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
  const said = ({ horizon, retained }: (typeof known)[number]) => {
    const moved = (which: 'gross' | 'net') =>
      withRatesInWords(retained, which, (of) => ` (${rate(of)} with exchange rates)`);
    return `${over[horizon.id]}, ${rate(retained.gross.rate)} gross${moved('gross')} and ${rate(retained.net.rate)} net${moved('net')}`;
  };
  const end = quarters.at(-1);
  const until = end ? `To the end of ${nameOf(end.period)}` : 'To now';
  const untold = spans
    .filter(({ retained }) => retained.gross.rate === null && retained.customers > 0)
    .map(({ horizon }) => over[horizon.id]);
  const why =
    untold.length === 0
      ? ''
      : ` It can't be told ${untold.join(' or ')}: no contract is known to have ended when that span began, so customers who had left by then may be missing.`;
  return `${until}: ${said(first)}${last === first ? '' : `; ${said(last)}`}.${why}`;
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
  return `${read}${price} What exchange rates did to amounts that stood is left out. Each quarter begins with the customers who paid then; a rule stands at 100%.`;
}

/** The lines of the retention picture. */
export const retentionCourses = ({ quarters }: Retention) =>
  (['net', 'gross'] as const).flatMap((series) =>
    quarters.map((quarter) => ({ period: quarter.period, series, value: quarter[series] })),
  );
