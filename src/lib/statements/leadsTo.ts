import { count, decimal, moneyInWords, points, pointsInterval, rate } from '../design/formats.ts';
import type { Lost } from '../questions/leadsTo/lost.ts';
import type { DiscountPath } from '../questions/leadsTo/path.ts';
import type { Band, Outcome } from '../questions/leadsTo/yearAfter.ts';

const did: Record<Outcome, string> = {
  stayed: 'stayed for a year or longer',
  recurring: 'paid, a year after, of what they began with',
  service: 'were given in free services, of list,',
};

/** What a customer is given on the next deal, for ten points more on this one. */
export function pathInWords({ next: { within, together, units, pairUnits } }: DiscountPath): string {
  const onTen = (slope: number) => slope / 10;
  const interval = (low: number, high: number) => pointsInterval(onTen(low), onTen(high));
  if (together.low === null || together.high === null)
    return `Only ${count(pairUnits, 'customer')} bought more than once at known list prices: whether one discount goes with the next can't be told.`;
  const more =
    together.verdict === 'effect'
      ? `A customer given ten points more than such deals get is given ${decimal(Math.abs(together.estimate) * 10, 1)} points ${together.estimate > 0 ? 'more' : 'less'} on the next (95%: ${interval(together.low, together.high)}).`
      : `A customer given ten points more than such deals get is given about as much as others on the next (95%: ${interval(together.low, together.high)}).`;
  if (within.low === null || within.high === null)
    return `${more} Too few customers bought three times to say whether the deal or the customer is behind it.`;
  const same = `Within the same customer, a deal's own ten points go with ${points(onTen(within.estimate))} on the next (95%: ${interval(within.low, within.high)}; ${count(units, 'customer')} with three deals or more)`;
  const meaning = {
    effect:
      within.estimate > 0 ? 'one discount begets the next.' : 'a deep discount is followed by a lesser one.',
    'no effect larger than': `one discount begets no more than ${decimal((within.largerThan ?? 0) * 10, 1)} points of the next.`,
    'cannot tell': 'whether one discount begets the next cannot be told.',
  }[within.verdict];
  return `${more} ${same}: ${meaning}`;
}

/** What stands out a year after, in at most two sentences; association, and said to be so. */
export function yearInWords(bands: readonly Band[]): string {
  const known = bands.filter(({ outcomes }) => outcomes.stayed !== null);
  const customers = bands.reduce((sum, band) => sum + band.customers, 0);
  if (known.length < 2)
    return `Of ${count(customers, 'customer')} the first deal and the year after it are known: too few to compare by the discount of the first.`;
  const found = bands.flatMap(({ band, outcomes }) =>
    (Object.keys(outcomes) as Outcome[]).flatMap((outcome) => {
      const of = outcomes[outcome];
      return of?.stands ? [{ band, outcome, of }] : [];
    }),
  );
  if (found.length === 0) {
    const told = known.every(({ outcomes }) => outcomes.stayed!.difference.verdict !== 'cannot tell');
    return told
      ? 'A year after, customers did much the same whatever their first discount was.'
      : `A year after, customers did not differ by their first discount by more than chance; with ${count(customers, 'customer')} a difference that matters could have gone unseen.`;
  }
  const [first] = found.toSorted((a, b) => a.of.p - b.of.p);
  const { band, outcome, of } = first!;
  const { low, high } = of.difference;
  return `Customers whose first discount was ${band} ${did[outcome]} ${rate(of.observed)}; such customers with other discounts ${rate(of.expected)} (a difference of ${pointsInterval(low!, high!)}). Association: they may have differed before.`;
}

/** What went to customers who had left a year after. */
export function lostInWords({ settled, lost, lostCustomers, customers }: Lost, currency: string): string {
  if (!(settled > 0)) return '';
  if (lost <= 0)
    return `Of ${moneyInWords(settled, currency)} of discount whose year is over, nothing went to a customer who had left.`;
  return `Of ${moneyInWords(settled, currency)} of discount whose year is over, ${moneyInWords(lost, currency)} (${rate(lost / settled)}) bought nothing: ${count(lostCustomers, 'customer')} of ${count(customers)} had left a year after.`;
}

/** How much of the discount the answer knows of. */
export function lostBasis({ settled, old, deals }: Lost): string {
  const share = old > 0 ? Math.min(1, settled / old) : null;
  const known = share === null ? '' : ` · a year after known for ${rate(share, 0)} of the discount that old`;
  return `${count(deals, 'deal')}${known}`;
}

/** The slopes as numbers, for the note under the picture. */
export function pathNote({ next, deals, everySoMany }: DiscountPath): string {
  const { within, runs, pairs } = next;
  const parts = [
    'Points of ten deals or more.',
    'Deep first discounts come down and shallow ones go up by chance alone; the sentence above takes that out.',
    `${count(pairs, 'pair')} of deals, ${count(runs, 'run')} of three.`,
    within.smallestDetectable === null
      ? ''
      : `The smallest carry-over that these could show: ${decimal(within.smallestDetectable)} points a point.`,
    everySoMany > 1 ? `Read from every ${everySoMany}th customer: ${count(deals, 'deal')}.` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
