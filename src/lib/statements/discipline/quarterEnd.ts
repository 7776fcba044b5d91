import { count, moneyInWords, points, pointsInterval, rate } from '../../design/formats.ts';
import type { QuarterEnd } from '../../questions/discipline/quarterEnd.ts';
import type { GapAtEnd, ShareAtEnd } from '../../statistics/quarterEnd.ts';
import type { Judged } from '../../statistics/verdict.ts';
import type { Looked, Said } from './section.ts';

const ids = { share: 'quarter_end/share', deals: 'quarter_end/deals', gap: 'quarter_end/gap' };

/** The comparisons of the section. */
export const quarterEndLooked = ({ booked, bookedDeals, own }: QuarterEnd): Looked[] => [
  ...(booked ? [{ id: ids.share, p: booked.p }] : []),
  ...(bookedDeals ? [{ id: ids.deals, p: bookedDeals.p }] : []),
  ...(own.error === null ? [] : [{ id: ids.gap, p: own.p }]),
];

/** More than chance explains, beside all else on the page and by its own 95% interval: the rate of 10% allows more. */
const isClear = (judged: Judged, stands: boolean) => stands && judged.verdict === 'effect';

const plain = (value: number) => points(Math.abs(value)).replace('+', '').replace('\u00a0pts', ' points');

function shareInWords({ share, expected, above }: ShareAtEnd, of: string, stands: boolean): string {
  const told = `The last ten business days of the quarter brought ${rate(share)} of ${of}; even days would bring ${rate(expected)}`;
  if (isClear(above, stands))
    return `${told} (difference ${pointsInterval(above.low!, above.high!)} points).`;
  return above.verdict === 'cannot tell' || above.verdict === 'effect'
    ? `${told}, which these data can't tell from chance.`
    : `${told}: no difference larger than ${plain(above.largerThan!)}.`;
}

function gapInWords(own: GapAtEnd, stands: boolean): string {
  if (own.error === null)
    return 'Whether deals are discounted more deeply there can’t be told: too few have a list price.';
  if (isClear(own, stands))
    return `Deals like them carry ${plain(own.estimate)} ${own.estimate > 0 ? 'more' : 'less'} discretionary discount there (95% interval ${pointsInterval(own.low!, own.high!)}).`;
  if (own.verdict === 'no effect larger than')
    return `Comparable deals are discounted no differently there, by no more than ${plain(own.largerThan!)}.`;
  return `Whether comparable deals are discounted more deeply there can’t be told: the interval is ${pointsInterval(own.low!, own.high!)} points.`;
}

/** How bookings and discounts at the end of quarters compare, in two sentences. */
export function quarterEndInWords(found: QuarterEnd, stands: (id: string) => boolean): string {
  const { booked, bookedDeals, own } = found;
  if (!booked) return `${count(found.deals, 'deal')} in quarters that are over are too few to compare.`;
  // By deals where money, which hangs on a few large ones, can't tell.
  const byDeals =
    bookedDeals !== null &&
    !isClear(booked.above, stands(ids.share)) &&
    isClear(bookedDeals.above, stands(ids.deals));
  const share = byDeals
    ? shareInWords(bookedDeals, 'deals', true)
    : shareInWords(booked, 'bookings', stands(ids.share));
  return `${share} ${gapInWords(own, stands(ids.gap))}`;
}

/** Dollars a year that the deeper discounts come to on late deals' lists, with their interval. */
export function costAYear({ own, lateListAYear }: QuarterEnd) {
  return own.error === null
    ? null
    : {
        amount: own.estimate * lateListAYear,
        low: own.low! * lateListAYear,
        high: own.high! * lateListAYear,
      };
}

/** What stands beside the picture: cost, the programmes' part, and what was found elsewhere. */
export function quarterEndNote(found: QuarterEnd, stands: (id: string) => boolean, currency: string): string {
  const cost = costAYear(found);
  const say = (value: number) => moneyInWords(value, currency);
  const parts = [];
  if (cost && isClear(found.own, stands(ids.gap)) && found.own.estimate > 0)
    parts.push(
      `That is ${say(cost.amount)} a year on what closes then (${say(cost.low)} to ${say(cost.high)}).`,
    );
  if (found.programme.error !== null)
    parts.push(
      `Programme discounts differ there by ${points(found.programme.estimate)} (${pointsInterval(found.programme.low!, found.programme.high!)}).`,
    );
  parts.push(
    `${count(found.quarters, 'quarter')} that ${found.quarters === 1 ? 'is' : 'are'} over. Elsewhere, gaming the timing of deals cost one enterprise software vendor 6–8% of revenue (Larkin 2014).`,
  );
  return parts.join(' ');
}

/** What of it may stand in the headline. */
export function quarterEndSaid(found: QuarterEnd, stands: (id: string) => boolean, currency: string): Said[] {
  const { own } = found;
  if (!isClear(own, stands(ids.gap)) || !(own.estimate > 0)) return [];
  const cost = costAYear(found)!;
  return [
    {
      headline: `Quarter end costs ${plain(own.estimate)} of discount`,
      sentence: `In the last ten business days of a quarter comparable deals are discounted ${plain(own.estimate)} more (${pointsInterval(own.low!, own.high!)}), about ${moneyInWords(cost.amount, currency)} a year.`,
      section: 'quarter-end',
      dollars: cost.low,
    },
  ];
}
