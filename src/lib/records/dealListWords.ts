import type { Asking } from '../asking/asking.ts';
import { count, moneyInWords, period, rate } from '../design/formats.ts';
import type { DealList } from './dealList.ts';
import { isByLine } from './dealList.ts';

/** Which deals the asking counts, as said before "deals": won ones unless a filter says otherwise. */
export function populationOf({ filters }: Pick<Asking, 'filters'>): string {
  const said = new Map<string, string>();
  for (const filter of filters) {
    if (filter.kind !== 'one of' || filter.values.length !== 1) continue;
    const value = filter.not ? { true: 'false', false: 'true' }[filter.values[0]!] : filter.values[0];
    if (value !== undefined) said.set(filter.dimension, value);
  }
  const [won, closed] = [said.get('is_won'), said.get('is_closed')];
  if (won === 'true') return 'won';
  if (closed === 'false') return 'open';
  if (won === 'false') return closed === 'true' ? 'lost' : 'open or lost';
  if (closed === 'true') return 'closed';
  const decided = filters.some(({ dimension }) => ['stage', 'is_won', 'is_closed'].includes(dimension));
  return decided ? '' : 'won';
}

/** "412 won deals, $4.2 million of discount." */
export function findingOf(list: DealList, asking: Asking, currency: string): string {
  const deals = dealsInWords(list.count, populationOf(asking));
  if (list.count === 0) return `No ${populationOf(asking)} deal fits.`.replace('  ', ' ');
  const { discount, net_amount: net } = list.totals as Record<string, number | null>;
  if (discount !== null && discount !== undefined)
    return `${deals}, ${moneyInWords(discount, currency)} of discount.`;
  if (net !== null && net !== undefined)
    return `${deals}, ${moneyInWords(net, currency)}; their list price is not known.`;
  return `${deals}, without an amount.`;
}

/** What is counted and what it rests on, in a sentence or two. */
export function standfirstOf(list: DealList, asking: Asking, currency: string): string {
  if (list.count === 0) return '';
  const { discount_rate: share, list_amount: sum } = list.totals as Record<string, number | null>;
  const population = populationOf(asking);
  const parts = [
    `${capital(`${population} deals`.trim())} ${whenOf(population, asking.period)}.`,
    share === null || share === undefined
      ? ''
      : `The discount is ${rate(share)} of ${moneyInWords(sum ?? null, currency)} of list.`,
    list.coverage === null || list.coverage >= 0.9995
      ? ''
      : `List price is known for ${rate(list.coverage, 0)} of net; the rest is left out of discount.`,
    isByLine(asking) ? 'Sums are over the lines that fit; the rest of each deal is left out.' : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** "closed in FY26 Q3"; open deals have a close date that is expected. */
function whenOf(population: string, asked: string | null): string {
  const isExpected = population === 'open';
  if (asked === null) return isExpected ? 'whenever they are expected to close' : 'whenever they closed';
  const verb = isExpected
    ? 'expected to close'
    : ['won', 'lost', 'closed'].includes(population)
      ? 'closed'
      : 'with a close date';
  return `${verb} ${asked.includes('..') ? period(asked) : `in ${period(asked)}`}`;
}

const dealsInWords = (n: number, population: string) => count(n, `${population} deal`.trim());

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
