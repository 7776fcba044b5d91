import { count, moneyInWords, points, pointsInterval, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { Unearned, UnearnedUnit } from '../../questions/discipline/unearned.ts';
import type { Looked, Said } from './section.ts';

const total = 'unearned/all';
const idOf = ({ unit }: UnearnedUnit) => `unearned/${unit}`;

/** The comparisons of the section: the sum, and every customer or group with deals enough. */
export const unearnedLooked = ({ range, units }: Unearned): Looked[] => [
  ...(range ? [{ id: total, p: range.p }] : []),
  ...units.filter(({ isCompared }) => isCompared).map((unit) => ({ id: idOf(unit), p: unit.p })),
];

/** Who gets more than their volume earns, for good, as far as it may be stated: what is believed lies above nothing. */
export const whoStands = ({ units }: Unearned, stands: (id: string) => boolean): UnearnedUnit[] =>
  units.filter((unit) => unit.isCompared && unit.low > 0 && unit.beyond > 0 && stands(idOf(unit)));

const plain = (value: number) => points(value).replace('+', '').replace('pts', 'points');

const named = (unit: UnearnedUnit) =>
  unit.customers.length > 1
    ? `${unit.name}, ${count(unit.customers.length, 'customer')} of one group,`
    : unit.name;

/** What customers get beyond what their volume earns, in one or two sentences. */
export function unearnedInWords(found: Unearned, stands: (id: string) => boolean, currency: string): string {
  const { range } = found;
  if (!range)
    return found.deals === 0
      ? ''
      : 'Cannot tell: too few customers bought in more than one half-year to tell habit from luck.';
  const say = (value: number) => moneyInWords(Math.max(0, value), currency);
  const who = whoStands(found, stands);
  const first = who[0];
  const one = first
    ? ` ${named(first)} gets ${plain(first.believed)} more than its volume earns others (95% interval ${pointsInterval(first.low, first.high)}).`
    : ' No single customer or group with enough deals stands out.';
  if (!(range.low > 0) || !stands(total))
    return `What customers get beyond what their volume earns, and keep getting, can’t be told from nothing: at most ${say(range.high / found.years)} a year.${first ? one : ''}`;
  return `Customers keep ${say(range.estimate / found.years)} a year that their volume does not earn (95% interval ${say(range.low / found.years)} to ${say(range.high / found.years)}).${one}`;
}

/** What stands beside the picture. */
export function unearnedNote(found: Unearned, currency: string): string {
  const { range, once, alone, deals, kind, years, left } = found;
  const parts = [];
  if (range && range.byChance > 0)
    parts.push(
      `${moneyInWords(range.byChance / years, currency)} a year, what chance alone shows with such deals, is taken off.`,
    );
  if (once > 0)
    parts.push(
      `${count(once, 'deal')} of ${count(deals)} ${once === 1 ? 'belongs' : 'belong'} to customers who bought on one side of the split of time only: nothing is known to last there, and nothing of it is counted.`,
    );
  if (left > 0) parts.push(`${count(left, 'smaller customer')} are not looked at.`);
  if (alone > 0)
    parts.push(
      `${count(alone, 'deal')} ${alone === 1 ? 'has' : 'have'} too few others in the same segment to compare with.`,
    );
  if (kind === 'of no kind') parts.push('Which discounts someone decided is not recorded: all are counted.');
  return parts.join(' ');
}

export function unearnedSaid(found: Unearned, stands: (id: string) => boolean, currency: string): Said[] {
  return whoStands(found, stands)
    .slice(0, 1)
    .map((unit) => ({
      headline: `${unit.name} gets ${plain(unit.believed)} that its volume does not earn`,
      isNamed: true,
      sentence: `${named(unit)} gets ${plain(unit.believed)} more than its volume earns others, ${moneyInWords(unit.beyond / found.years, currency)} a year.`,
      section: 'unearned',
      dollars: unit.beyond / found.years,
    }));
}

export const unearnedColumns: Column[] = [
  { id: 'name', label: 'Customer or group', sortable: false },
  { id: 'deals', label: 'Deals', unit: 'count', sortable: false, phone: 'hide' },
  { id: 'rate', label: 'Discount', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'expected', label: 'Earned by volume', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'believed', label: 'Believed to last', unit: 'points', signed: true, sortable: false, phone: 'line' },
  { id: 'interval', label: '95%', sortable: false, phone: 'hide' },
  { id: 'beyond', label: 'Not earned, a year', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'said', label: 'Verdict', sortable: false, phone: 'line' },
];

/** What may be said of one customer or group. */
function verdictOf(unit: UnearnedUnit, stated: boolean): string {
  if (stated) return 'stands out';
  return unit.isCompared ? 'cannot tell' : 'too few deals';
}

const SHOWN = 6;

/** Customers and groups with the most dollars; those with too few deals are grey. */
export function unearnedRows(
  found: Unearned,
  stands: (id: string) => boolean,
  links: (unit: UnearnedUnit) => Pick<Row, 'href' | 'links'>,
): Row[] {
  const stated = new Set(whoStands(found, stands));
  return found.units
    .filter(({ beyond, isCompared }) => beyond > 0 || isCompared)
    .slice(0, SHOWN)
    .map((unit) => ({
      key: unit.unit,
      ...links(unit),
      faint: !unit.isCompared,
      cells: {
        name:
          unit.customers.length > 1
            ? `${unit.name} (${count(unit.customers.length, 'customer')})`
            : unit.name,
        ...{ deals: unit.deals, rate: unit.rate, expected: unit.expected, believed: unit.believed },
        interval: pointsInterval(unit.low, unit.high),
        beyond: unit.beyond / found.years,
        said: verdictOf(unit, stated.has(unit)),
      },
    }));
}

/** How it is found, for whoever opens "explain". */
export const unearnedMethod = (found: Unearned): string[] => [
  'Expected: by segment, a line of deals’ rates over the logarithm of what the customer buys in a year, fitted without the customer and its group. Customers of one group are one; each of them is held to its own volume.',
  'Lasting: fiscal half-years are split in turn into two sides; what a customer’s two sides agree on is believed, what they differ by is luck (after Kane & Staiger 2008; Chetty, Friedman & Rockoff 2014), and the rest is shrunken (Stephens 2017).',
  'Dollars: the believed excess on the customer’s list, never more than what was seen, less what comes out when the sides of different customers are put together. A sum of whatever lies above the line would be noise and is shown nowhere.',
  'Interval: parametric bootstrap (Davison & Hinkley 1997), and never above zero where chance alone shows as much in more than 1.5 of 100. Single customers and groups are stated from ten deals on, within the page’s false-discovery rate of 10%.',
  `Association: a region or rep who gives everyone more raises the customers’ excess as well; the section on recoverable dollars takes that apart. ${rate(found.list > 0 && found.deals > 0 ? 1 - found.alone / found.deals : null, 0)} of deals have others to be compared with.`,
];
