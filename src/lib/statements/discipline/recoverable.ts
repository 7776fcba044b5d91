import { count, moneyInWords, points, pointsInterval, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { LastingUnit } from '../../questions/discipline/lastingExcess.ts';
import type { Recoverable } from '../../questions/discipline/recoverable.ts';
import type { Looked, Said } from './section.ts';

const total = 'recoverable/all';
const idOf = ({ kind, unit }: LastingUnit) => `recoverable/${kind}/${unit}`;

/** The comparisons of the section: the sum, and every rep and customer with deals enough. */
export const recoverableLooked = ({ excess: { range, units } }: Recoverable): Looked[] => [
  ...(range ? [{ id: total, p: range.p }] : []),
  ...units.filter(({ isCompared }) => isCompared).map((unit) => ({ id: idOf(unit), p: unit.p })),
];

/** Whether the sum may be stated: found, and surviving among all that the page looked at. */
export const recoverableStands = ({ verdict }: Recoverable, stands: (id: string) => boolean): boolean =>
  verdict === 'found' && stands(total);

/** Whose excess may be stated by name. */
export const leakers = ({ excess }: Recoverable, stands: (id: string) => boolean): LastingUnit[] =>
  excess.units.filter((unit) => unit.isCompared && unit.low > 0 && unit.beyond > 0 && stands(idOf(unit)));

/** "if no deal is lost by it", "if 10% of the deals are". */
export const lossInWords = (lost: number) =>
  lost === 0 ? 'if no deal is lost by it' : `if ${rate(lost, 0)} of those deals are lost`;

/** What holding the price is worth in a year, as a range over the scenarios. */
export function recoverableInWords(
  found: Recoverable,
  stands: (id: string) => boolean,
  currency: string,
): string {
  const say = (value: number) => moneyInWords(value, currency);
  const { verdict, scenarios, excess } = found;
  if (verdict === 'missing')
    return found.n === 0
      ? ''
      : 'Cannot tell: it takes several reps with deals in more than one half-year to tell habit from luck.';
  const [first, last] = [scenarios[0]!, scenarios.at(-1)!];
  if (!recoverableStands(found, stands)) {
    const most = `at most ${say(Math.max(0, excess.range!.high))} a year before any deal is lost by it`;
    return verdict === 'no more than'
      ? `There is little to recover: what reps keep giving and customers keep getting beyond comparable deals comes to ${most}.`
      : `Cannot tell: what reps give and customers get beyond comparable deals may be luck; it comes to ${most}.`;
  }
  const worth = `Holding them to the middle of their kind is worth`.replace(
    'the middle of their kind',
    found.choice.percentile === 50
      ? 'the middle of their kind'
      : `the ${count(found.choice.percentile)}th percentile of their kind`,
  );
  const range =
    first === last
      ? `${say(first.worth)} a year ${lossInWords(first.lost)}`
      : `${say(first.worth)} a year ${lossInWords(first.lost)}, and ${last.worth < 0 ? `costs ${say(-last.worth)}` : say(last.worth)} ${lossInWords(last.lost)}`;
  const even =
    found.breakEven === null
      ? ''
      : ` It pays as long as fewer than ${rate(found.breakEven, 0)} of them are lost.`;
  return `Some reps keep giving, and some customers keep getting, more than comparable deals. ${worth} ${range}.${even}`;
}

/** The affected deals, what was taken off, and what the scenarios suppose. */
export function recoverableNote({ excess, verdict }: Recoverable, currency: string): string {
  if (!excess.range) return '';
  const say = (value: number) => moneyInWords(value, currency);
  const { affected, range, kind } = excess;
  const left =
    affected.margin === null
      ? 'Cost is not known: a deal lost counts with its whole price.'
      : `A deal lost counts with its margin, ${say(affected.margin)} a year on all of them${affected.costKnown < 0.995 ? ` (cost known for ${rate(affected.costKnown, 0)} of net)` : ''}.`;
  const deals = `Affected are ${count(Math.round(affected.deals), 'deal')} a year of ${say(affected.net)} net.`;
  const parts = verdict === 'found' ? [deals, left] : [];
  parts.push(
    `${say(range.byChance)} a year, what chance alone shows with such deals, is taken off. Bars are 95% intervals.`,
  );
  if (excess.left > 0) parts.push(`${count(excess.left, 'smaller one')} of them are not looked at.`);
  if (kind === 'of no kind') parts.push('Which discounts someone decided is not recorded: all are counted.');
  return parts.join(' ');
}

/** Dollars a year by region of the reps' deals, the most first: "West $120,000". Empty where one region has all. */
export function regionsInWords({ excess: { units } }: Recoverable, currency: string): string {
  const regions = new Map<string, number>();
  for (const { kind, byRegion } of units)
    if (kind === 'rep')
      for (const [name, amount] of byRegion) regions.set(name, (regions.get(name) ?? 0) + amount);
  const known = [...regions]
    .filter(([name, amount]) => name !== '' && amount > 0)
    .toSorted(([, a], [, b]) => b - a);
  if (known.length < 2) return '';
  const all = known.reduce((sum, [, amount]) => sum + amount, 0);
  const [name, most] = known[0]!;
  return `${name} has ${rate(most / all, 0)} of what reps give beyond the line, ${moneyInWords(most, currency)} a year before what chance shows is taken off.`;
}

export function recoverableSaid(
  found: Recoverable,
  stands: (id: string) => boolean,
  currency: string,
): Said[] {
  if (!recoverableStands(found, stands)) return [];
  return [
    {
      headline: 'Some reps keep giving, and some customers keep getting, more than comparable deals',
      sentence: recoverableInWords(found, stands, currency),
      section: 'recoverable',
      dollars: Math.max(0, found.high!),
    },
  ];
}

export const recoverableColumns: Column[] = [
  { id: 'name', label: 'Rep or customer', sortable: false },
  { id: 'kind', label: 'Kind', sortable: false, phone: 'line' },
  { id: 'deals', label: 'Deals', unit: 'count', sortable: false, phone: 'hide' },
  {
    id: 'believed',
    label: 'Beyond comparable deals',
    unit: 'points',
    signed: true,
    sortable: false,
    phone: 'line',
  },
  { id: 'interval', label: '95%', sortable: false, phone: 'hide' },
  { id: 'beyond', label: 'A year', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'said', label: 'Verdict', sortable: false, phone: 'line' },
];

const SHOWN = 12;

/** Those with the most dollars; those with too few deals to be compared are grey. */
export function recoverableRows(
  found: Recoverable,
  stands: (id: string) => boolean,
  links: (unit: LastingUnit) => Pick<Row, 'href' | 'links'>,
): Row[] {
  const stated = new Set(leakers(found, stands));
  return found.excess.units
    .filter(({ beyond }) => beyond > 0)
    .slice(0, SHOWN)
    .map((unit) => ({
      key: `${unit.kind} ${unit.unit}`,
      ...links(unit),
      faint: !unit.isCompared,
      cells: {
        name:
          unit.customers.length > 1
            ? `${unit.name} (${count(unit.customers.length, 'customer')})`
            : unit.name,
        kind: unit.kind === 'customer' && unit.customers.length > 1 ? 'group' : unit.kind,
        ...{ deals: unit.deals, believed: unit.believed, beyond: unit.beyond },
        interval: pointsInterval(unit.low, unit.high),
        said: stated.has(unit) ? 'stands out' : unit.isCompared ? 'cannot tell' : 'too few deals',
      },
    }));
}

/** How it is found, for whoever opens "explain". */
export const recoverableMethod = ({ choice }: Recoverable, least: number): string[] => [
  'Comparable deals: a model of segment, deal type, product family, size and quarter, fitted without the rep’s (or the customer’s) own deals. Discretionary discounts only.',
  'Lasting: fiscal half-years are split in turn into two sides; what the two sides of a rep or customer agree on is believed, what they differ by is luck (after Kane & Staiger 2008; Chetty, Friedman & Rockoff 2014), and the rest is shrunken (Stephens 2017).',
  `Beyond: counted is what lies ${points(least).replace('+', '').replace('pts', 'point')} or more beyond the ${choice.percentile === 50 ? 'median' : `${choice.percentile}th percentile`} of reps (and of customers), never more than what was seen. A customer is held against its rep’s own excess, so that nothing counts twice; customers of one group are one.`,
  'Less chance: the same sum with the sides of different reps (customers) put together is taken off. Interval: parametric bootstrap (Davison & Hinkley 1997), and never above zero where chance shows as much in more than 1.5 of 100.',
  'Scenarios: of the excess, what is kept on deals not lost, less the margin of deals lost. Who gives more may sell what is harder to sell: association.',
];
