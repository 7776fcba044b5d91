import { count, points, pointsInterval, rate } from '../../design/formats.ts';
import type { Compared } from '../../questions/value/comparison.ts';

/** How the two groups of a comparison are called: "deals with value on record", "those without". */
export interface Groups {
  one: string;
  other: string;
}

const size = (value: number) => points(Math.abs(value)).replace('+', '');
const interval = ({ low, high }: Compared) => `95% interval ${pointsInterval(low!, high!)} pts`;

/** What two groups of deals differ by, as far as the data tell; association, never cause. */
export function comparedInWords(compared: Compared, { one, other }: Groups): string {
  const { measure, estimate, verdict, stands, largerThan, smallestDetectable, minimumEffect } = compared;
  const discount = measure === 'discount_rate';
  const of = discount ? 'discount' : 'wins';
  if (compared.error === null)
    return `Too few deals are known to compare the ${of} of ${one} and of ${other}.`;
  if (verdict === 'cannot tell')
    return `Whether ${discount ? 'discounts' : 'wins'} differ between ${one} and ${other}: cannot tell (difference ${points(estimate)}, ${interval(compared)}). Such data would show a difference of ${size(smallestDetectable!)} or more; ${size(minimumEffect)} is worth acting on.`;
  if (verdict === 'no effect larger than')
    return `Between ${one} and ${other} there is no difference in ${of} larger than ${size(largerThan!)} (${interval(compared)}).`;
  const less = estimate < 0;
  const rates = ` (${rate(compared.one)} against ${rate(compared.other)})`;
  const said = discount
    ? `${one} are discounted ${size(estimate)} of list ${less ? 'less' : 'more'} than ${other}${rates}, ${interval(compared)}`
    : `${one} are won ${less ? 'less' : 'more'} often than ${other}${rates}, difference ${points(estimate)}, ${interval(compared)}`;
  const doubt = stands ? '' : '; among all that is compared here, it may still be chance';
  return `${said[0]!.toUpperCase()}${said.slice(1)}${doubt}.`;
}

/** "1.12 times as often (95% interval 0.97 to 1.29)"; empty where nothing was won. */
export function ratioInWords({ ratio }: Compared): string {
  if (ratio === null) return '';
  const text = (value: number) => value.toFixed(2);
  return `${text(ratio.ratio)} times as often (95% interval ${text(ratio.low)} to ${text(ratio.high)})`;
}

/** What all comparisons of groups of deals leave open. */
export const association =
  'An association: which deals get the one or the other is not by chance, and their mix is not taken out.';

/** Which discounts and which deals are compared. */
export const basisInWords = (discounts: 'discretionary' | 'all', withoutRenewals: boolean): string =>
  [
    discounts === 'discretionary'
      ? 'Discounts that someone decided, on won deals.'
      : 'All discounts on won deals: the source does not say which someone decided.',
    withoutRenewals ? 'Wins without renewals.' : 'Wins with renewals, which the source does not tell apart.',
  ].join(' ');

/** "412 deals" */
export const dealsInWords = (n: number): string => count(n, 'deal');
