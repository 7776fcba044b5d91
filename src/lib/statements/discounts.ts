import { count, moneyInWords, points, pointsInterval, rate } from '../design/formats.ts';
import type { Difference } from '../questions/differences.ts';
import type { Totals } from './totals.ts';

export interface Periods {
  /** "FY27 Q3"; null where all there is is asked about. */
  now: string | null;
  /** "Q2"; null where nothing is compared. */
  before: string | null;
  /** The period is not over yet. */
  isOpen?: boolean;
}

const others: Record<string, string> = {
  region: 'the rest of the company',
  segment: 'other segments',
  manager_id: 'other managers',
  rep_id: 'other reps',
};

/** The finding a page leads with: of those that may be stated, the one that costs most. */
export function costliest(differences: readonly Difference[]): Difference | null {
  const stated = differences.filter(({ stands, gap }) => stands && gap > 0);
  return stated.toSorted((a, b) => b.dollars - a.dollars)[0] ?? null;
}

const when = ({ now }: Periods) => (now === null ? '' : ` in ${now}`);

/** Nothing to work out: says what is missing instead. Null where there is something. */
function nothing(totals: Totals, periods: Periods): string | null {
  if (totals.deals === 0) return `Nothing was won${when(periods)}.`;
  if (totals.list === null || totals.discount === null)
    return `What discounts cost${when(periods)} is not known: no list price is.`;
  return null;
}

const isPlain = (filtered: boolean) => (filtered ? 'Of what is asked for, ' : '');

/** Headline of the discount page: who gives away more than the rest, where that may be said. */
export function discountsHeadline(
  totals: Totals,
  periods: Periods,
  differences: readonly Difference[],
  filtered = false,
): string {
  const missing = nothing(totals, periods);
  if (missing) return missing;
  const found = costliest(differences);
  if (found)
    return `${isPlain(filtered)}${found.name} gives away ${rate(found.rate)} of list; ${filtered ? 'the rest' : (others[found.dimension] ?? 'the rest')} ${rate(found.rest)}.`;
  const spent = `Discounts took ${rate(totals.rate)} of list${when(periods)}`;
  if (differences.length === 0) return `${spent}; there are too few deals to compare who gave them.`;
  return `${spent}; of ${count(differences.length, 'group')} compared, none gives away more than chance explains.`;
}

/** What the headline's finding rests on, and how many others there are. */
export function differenceInWords(
  differences: readonly Difference[],
  totals: Totals,
  currency: string,
): string | undefined {
  if (totals.deals === 0 || totals.list === null) return undefined;
  const family =
    'Compared are regions, segments, managers and reps with ten deals or more that do not rest on a few large ones; deal mix is not taken out.';
  if (differences.length === 0)
    return 'A region, segment, manager or rep is compared from ten deals on, if it does not rest on a few large ones.';
  const found = costliest(differences);
  const stated = differences.filter(({ stands }) => stands).length;
  if (!found)
    return stated > 0
      ? `${count(stated, 'group gives', 'groups give')} away less than the rest. ${family}`
      : family;
  const reach = pointsInterval(found.low, found.high);
  const gap = `The gap of ${points(found.gap).replace('+', '')} (95% interval ${reach}, ${count(found.deals, 'deal')}) comes to ${moneyInWords(found.dollars, currency)}.`;
  const many = stated === 1 ? 'It is the only one' : `It is one of ${stated}`;
  return `${gap} ${many} of ${differences.length} comparisons that chance does not explain. ${family}`;
}

/** Ours: below this share of net with a list price, a figure of discounts says that it leaves out the rest. */
const MOSTLY_PRICED = 0.9;

/** What figures of discounts leave out, where that is much; undefined else. */
export const leftOutInWords = ({ coverage, list }: Pick<Totals, 'coverage' | 'list'>): string | undefined =>
  coverage === null || list === null || coverage >= MOSTLY_PRICED
    ? undefined
    : `List price is known for ${rate(coverage, 0)} of net alone; what was given away on the rest is not counted.`;

/** Headline of the overview: what discounts cost, against the period before. */
export function overviewHeadline(totals: Totals, periods: Periods, currency: string): string {
  const missing = nothing(totals, periods);
  if (missing) return missing;
  const cost = `${periods.isOpen ? 'So far, discounts' : 'Discounts'} cost ${moneyInWords(totals.discount, currency)}${when(periods)}, ${rate(totals.rate)} of list`;
  if (totals.before === null || periods.before === null) return `${cost}.`;
  const change = totals.discount! - totals.before;
  if (Math.abs(change) < 1) return `${cost}, as in ${periods.before}.`;
  return `${cost}; ${moneyInWords(Math.abs(change), currency)} ${change > 0 ? 'more' : 'less'} than in ${periods.before}.`;
}
