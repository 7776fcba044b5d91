import { count, days, decimal, moneyInWords, period, rate } from '../design/formats.ts';
import type { Channel } from '../questions/motions/channel.ts';
import { DEPENDENCE } from '../questions/motions/channel.ts';
import type { Consumption } from '../questions/motions/consumption.ts';
import type { Dots } from '../questions/motions/dots.ts';
import type { ExpenseToBookings } from '../questions/motions/expense.ts';
import type { Motions } from '../questions/motions/motionTable.ts';
import type { Renewals } from '../questions/motions/renewals.ts';
import type { RetentionBy } from '../questions/motions/retentionBy.ts';
import type { Meetings, Touch } from '../questions/motions/touch.ts';
import { CROWDED, LITTLE_DOT } from '../metrics/measures/motions.ts';
import { sharesApart } from '../statistics/sharesApart.ts';
import { capital } from '../records/dealListWords.ts';
import { rateInterval } from './motions.ts';

/** What of the bookings is growth, where it comes from, and what most of it costs in discount and time. */
export function motionsInWords({ motions, net }: Motions, currency: string): string {
  if (!(net > 0)) return 'Nothing was won.';
  const say = (amount: number) => moneyInWords(amount, currency);
  const renewed = motions.find(({ motion }) => motion === 'renew')?.net ?? 0;
  const growing = motions
    .filter(({ motion, net: own }) => motion !== 'renew' && own > 0)
    .toSorted((a, b) => b.net - a.net);
  const [first] = growing;
  if (!first) return `All of ${say(net)} booked renews what customers had: nothing of it is growth.`;
  const growth = net - renewed;
  const kept =
    renewed > 0
      ? `Of ${say(net)} booked, ${say(renewed)} (${rate(renewed / net, 0)}) renews what customers had; ${say(growth)} is growth: `
      : `${say(net)} was booked, all of it growth: `;
  const parts = growing.map(
    ({ motion, net: own }, at) =>
      `${motion === 'not known' ? 'deals of no known motion' : `${motion} deals`}${at === 0 ? ' bring' : ''} ${say(own)} (${rate(own / growth, 0)})`,
  );
  const cycle = first.cycle === null ? '' : ` and take ${days(Math.round(first.cycle))} (median)`;
  const whose = first.motion === 'not known' ? 'The largest of these' : `${capital(first.motion)} deals`;
  const given =
    first.discountRate === null ? '' : ` ${whose} give away ${rate(first.discountRate)} of list${cycle}.`;
  return `${kept}${parts.join(', ')}.${given}`;
}

/** Which group of customers is kept less than the rest, if any is. */
export function retentionByInWords(found: RetentionBy): string {
  const { split, groups } = found;
  const apart = sharesApart(
    groups.map(({ name, retained }) => ({ name, hits: retained.stayed, n: retained.customers })),
  );
  if (apart.length < 2) return `There are too few customers to compare ${split.several}.`;
  const [most] = apart
    .filter(({ stands }) => stands)
    .toSorted((x, y) => x.share - x.rest - (y.share - y.rest));
  if (!most)
    return `Of ${count(apart.length, split.one, split.several)} compared, none keeps more or fewer of its customers than chance explains.`;
  return `${most.name} keeps ${rate(most.share)} of its customers over the span; the rest ${rate(most.rest)}.`;
}

/** How much of what came due was renewed, and how much of it in time. */
export function renewalsInWords({ total }: Renewals): string {
  const { due, renewed, onTime, byAmount, renewedInterval, onTimeInterval } = total;
  const within = (interval: Renewals['total']['renewedInterval']) =>
    interval ? ` (95% interval ${rateInterval(interval)})` : '';
  const amount = byAmount === null ? '' : `; by amount ${rate(byAmount)}`;
  return `${count(due, 'contract line')} came due: ${rate(renewed / due)} were renewed${within(renewedInterval)}${amount}, ${rate(onTime / due)} in time${within(onTimeInterval)}.`;
}

/** What a dollar of bookings costs, plain and with the discounts that someone decided. */
export function expenseInWords({ year, quarters, departments }: ExpenseToBookings, currency: string): string {
  const counted = departments.flatMap(({ name, counted: is }) => (is ? [name] : []));
  const scope = `Counted: ${counted.join(', ')}.`;
  const last = year ?? quarters.at(-1);
  if (!last || last.plain === null) return `No whole quarter has both expense and bookings. ${scope}`;
  const latest = period(quarters.at(-1)!.period);
  const span = year ? `Over the four quarters to ${latest}` : `In ${latest}`;
  const plain = `${span}, 1 ${currency} of bookings cost ${decimal(last.plain)} of sales expense`;
  const loaded =
    last.loaded === null
      ? '; what discounts add is not known, since no line says what kind its discount is'
      : `, and ${decimal(last.loaded)} with the discount that someone decided (contracts over several years by their first)`;
  return `${plain}${loaded}. ${scope}`;
}

/** The lines of the picture of expense to bookings; without kinds of discount there is only the plain one. */
export const expenseCourses = ({ quarters }: ExpenseToBookings) =>
  (['loaded', 'plain'] as const).flatMap((series) =>
    quarters.some((quarter) => quarter[series] !== null)
      ? quarters.map((quarter) => ({
          period: quarter.period,
          series: series === 'plain' ? 'plain' : 'with discount',
          value: quarter[series],
        }))
      : [],
  );

/** How dependent bookings are on partners. */
export function channelInWords({ partners, indirect, top1, top5, spread }: Channel): string {
  const [first] = partners;
  const above = partners.filter(({ share }) => share >= DEPENDENCE);
  const dependence =
    above.length === 0
      ? `none reaches ${rate(DEPENDENCE, 0)} of all bookings`
      : `${above.map(({ name, share }) => `${name} (${rate(share)})`).join(', ')} ${above.length === 1 ? 'reaches' : 'reach'} ${rate(DEPENDENCE, 0)} of all bookings`;
  const interval = spread?.hhiInterval
    ? ` (95% interval ${decimal(spread.hhiInterval.low)} to ${decimal(spread.hhiInterval.high)})`
    : '';
  const hhi = spread
    ? ` The index of concentration (HHI) is ${decimal(spread.hhi)}${interval}, as of ${decimal(spread.effectiveNumber, 1)} equal partners.`
    : '';
  return `${rate(indirect)} of bookings go through ${count(partners.length, 'partner')}; ${dependence}. ${first!.name} has ${rate(top1, 0)} of what goes through partners, the largest five ${rate(top5, 0)}.${hhi}`;
}

/** Small expansions: their share and growth. */
export function dotsInWords({ net, deals, bookings, expansions, growth }: Dots, currency: string): string {
  const share =
    bookings > 0
      ? `, ${rate(net / bookings)} of all bookings and ${rate(net / expansions)} of expansion`
      : '';
  const grew =
    growth.year === null
      ? 'There are too few to say how they grow.'
      : `In the last four whole quarters they came to ${rate(Math.abs(growth.year))} ${growth.year >= 0 ? 'more' : 'less'} than in the four before.`;
  return `${count(deals, 'expansion')} below ${moneyInWords(LITTLE_DOT, currency)} brought ${moneyInWords(net, currency)}${share}. ${grew}`;
}

/** Whether what is only expected is counted as if it were sold. */
export function consumptionInWords({ won, open }: Consumption, currency: string): string {
  const money = (amount: number) => moneyInWords(amount, currency);
  const pipeline = `Open deals commit to ${money(open.committed)}; ${money(open.proForma)} more is only expected`;
  const counted = open.counted + won.counted;
  const flagged =
    counted > 0
      ? ` ${money(counted)} of what is only expected stands in the amounts as if it were sold.`
      : ' None of that stands in the amounts as if it were sold.';
  return `${pipeline}. Won in the period: ${money(won.committed)} committed, ${money(won.proForma)} expected.${flagged}`;
}

/** Which step needs a person most. */
export function touchInWords({ rows, rate: all }: Touch): string {
  const compared = rows.filter(({ faint }) => !faint);
  const most = compared.toSorted((a, b) => Number(b.cells.all) - Number(a.cells.all))[0];
  const whole = `A person had to act in ${rate(all)} of the steps recorded`;
  return most ? `${whole}, most often to ${most.cells.name}: ${rate(Number(most.cells.all))}.` : `${whole}.`;
}

/** Whether we come with more people than the customer. */
export function meetingsInWords({ ratio, crowded, meetings: held }: Meetings): string {
  const flagged = ratio !== null && ratio >= CROWDED ? ', which is too many' : '';
  return `In ${count(held, 'meeting')}, ${decimal(ratio)} of our people met each of theirs${flagged}; in ${rate(crowded / held, 0)} of them there were ${CROWDED} of ours or more for each of theirs.`;
}
