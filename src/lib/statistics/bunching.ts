import { SEED } from './bootstrap.ts';
import {
  balanced,
  canLearn,
  first,
  frameOf,
  JUST_BELOW,
  NEAR,
  nearIn,
  type Balance,
  type Frame,
} from './bunchingWindow.ts';
import { dispersion } from './countFit.ts';
import { randomFrom } from './random.ts';
import { binOf, binsAround, ROUND_STEPS, upperEdge } from './rateBins.ts';
import { judge, type Judged } from './verdict.ts';

/** A discount that was given, in points of list; lines of one deal are drawn together. */
export interface GivenRate {
  rate: number;
  deal?: string;
}

export interface BunchingOptions {
  /** Whether the limit itself is allowed (≤) or not (<). */
  inclusive: boolean;
  /** Steps of round numbers, widest first; none makes the plain polynomial that heaping fools. */
  steps?: readonly number[];
  draws?: number;
}

export interface BunchingBin {
  /** Points; the bin is one point wide. */
  upTo: number;
  found: number;
  /** What would have been given without the limit. */
  expected: number;
  inWindow: boolean;
}

export interface Bunching {
  /** The excess as a share of the rates near the limit, with what can be said. */
  share: Judged;
  /** The excess at and just below the limit, in rates. */
  excess: number;
  excessInterval: { low: number; high: number } | null;
  /** What is missing above it, up to the window's end. */
  missing: number;
  /** The window's ends, in points: the first is where the excess begins. */
  window: { from: number; to: number };
  balanced: boolean;
  /** Rates within NEAR points of the limit. */
  near: number;
  /** Rates that the counterfactual is drawn from, and those near. */
  n: number;
  deals: number;
  bins: BunchingBin[];
  warnings: string[];
}

export type BunchingFound = { bunching: Bunching; why: null } | { bunching: null; why: string };

export { NEAR };
/** Ours: fewer rates near the limit can't tell an excess from chance. */
export const FEWEST_NEAR = 100;
/** Ours: the smallest excess worth acting on, as a share of the rates near. */
export const MINIMUM_SHARE = 0.1;
/** Enough for a standard error: Efron & Tibshirani 1993, "An Introduction to the Bootstrap", section 6.4. */
const DRAWS = 200;

/**
 * More deals than this are drawn in as many groups of them, so that the cost stays: random groups, Wolter 2007,
 * "Introduction to Variance Estimation", 2nd ed., chapter 2.
 */
const MOST_DRAWN = 1000;

/** Counts by bin of each deal, or group of deals where they are many: pairs of bin and count, one after another. */
function drawnTogether(deals: readonly number[][], bins: number): Int32Array[] {
  const groups = Math.min(deals.length, MOST_DRAWN);
  return Array.from({ length: groups }, (_, group) => {
    const counts = new Int32Array(bins);
    for (let deal = group; deal < deals.length; deal += groups)
      for (const bin of deals[deal]!) counts[bin]! += 1;
    return Int32Array.from([...counts].flatMap((n, bin) => (n > 0 ? [bin, n] : [])));
  });
}

/** Standard deviations of share and excess over deals drawn anew. */
function errorsOf(frame: Frame, deals: readonly number[][], like: Balance, draws: number) {
  const random = randomFrom(SEED);
  const groups = drawnTogether(deals, frame.bins.bins);
  const shares: number[] = [];
  const excesses: number[] = [];
  const counts = new Float64Array(frame.bins.bins);
  for (let draw = 0; draw < draws; draw += 1) {
    counts.fill(0);
    for (let i = 0; i < groups.length; i += 1) {
      const group = groups[Math.floor(random() * groups.length)]!;
      for (let at = 0; at < group.length; at += 2) counts[group[at]!]! += group[at + 1]!;
    }
    const again = balanced(frame, counts, like);
    if (!again) continue;
    excesses.push(again.excess);
    shares.push(again.excess / nearIn(frame, counts));
  }
  // What most draws can't form has no error worth the name.
  const told = shares.length > draws / 2;
  return { share: told ? deviation(shares) : null, excess: told ? deviation(excesses) : null };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function warningsOf(limit: number, found: Balance, excess: Judged): string[] {
  const warnings = [];
  if (excess.verdict === 'effect' && found.excess > 0 && found.missing < found.excess / 2)
    warnings.push(
      'Less than half of the excess is missing above the limit: some of it may come from elsewhere, or the number may be liked for itself.',
    );
  if (limit % 25 === 0)
    warnings.push(
      `${limit} is a quarter of the whole too: where quarters are liked, some of the excess is that.`,
    );
  return warnings;
}

/**
 * Excess of discount rates at and just below an approval limit over what a polynomial, with effects for classes of
 * round numbers, would have there; both are learned without the limit's window, and the limit has no effect of its
 * own. The window begins one point below the limit and ends where what is missing above makes up for the excess:
 * Kleven & Waseem 2013, Quarterly Journal of Economics 128, 669–723; Kleven 2016, Annual Review of Economics 8,
 * 435–464; after Chetty, Friedman, Olsen & Pistaferri 2011, Quarterly Journal of Economics 126, 749–804. Bins are one
 * point wide and so hold one whole point each. Counts are Poisson with a log link, so that a class of round numbers
 * draws the same share of its neighbours everywhere. Errors by drawing deals anew, wider where bins vary more than
 * chance. Says why where it can't tell.
 */
export function bunching(
  rates: readonly GivenRate[],
  limit: number,
  { inclusive, steps = ROUND_STEPS, draws = DRAWS }: BunchingOptions,
): BunchingFound {
  const highest = rates.reduce((most, { rate }) => Math.max(most, rate), 0);
  const bins = binsAround(limit, inclusive, highest);
  const counts = new Float64Array(bins.bins);
  const deals = new Map<string | number, number[]>();
  rates.forEach(({ rate, deal }, i) => {
    const bin = binOf(bins, rate);
    if (bin < 0) return;
    counts[bin]! += 1;
    const of = deals.get(deal ?? i);
    if (of) of.push(bin);
    else deals.set(deal ?? i, [bin]);
  });
  if (bins.last < 0) return { bunching: null, why: 'the limit is below one point' };
  const frame = frameOf(bins, steps, counts);
  const near = nearIn(frame, counts);
  if (near < FEWEST_NEAR)
    return { bunching: null, why: `${near} discounts within ${NEAR} points of the limit are too few` };
  if (!canLearn(frame, counts, bins.last + 1))
    return { bunching: null, why: 'no other round number of its kind is left to learn from' };
  const found = balanced(frame, counts);
  if (!found) return { bunching: null, why: 'too few discounts lie away from the limit' };

  const drawn = errorsOf(frame, [...deals.values()], found, draws);
  const wider = Math.sqrt(Math.max(1, dispersion(found, counts, found.used)));
  const df = Math.max(1, found.used.reduce((sum, one) => sum + one, 0) - frame.design.columns);
  const judged = (estimate: number, error: number | null, minimum: number) =>
    judge({ estimate, error: error === null ? null : error * wider, df }, minimum);
  const share = judged(found.excess / near, drawn.share, MINIMUM_SHARE);
  const { low, high } = judged(found.excess, drawn.excess, 0);
  return {
    bunching: {
      ...{ share, near, deals: deals.size, n: counts.reduce((sum, n) => sum + n, 0) },
      ...{ excess: found.excess, missing: found.missing, balanced: found.missing >= found.excess },
      excessInterval: low === null || high === null ? null : { low, high },
      window: { from: limit - JUST_BELOW, to: upperEdge(bins, found.upper) },
      bins: Array.from(counts, (n, bin) => ({
        ...{ upTo: upperEdge(bins, bin), found: n, expected: found.expected[bin]! },
        inWindow: bin >= first(frame) && bin <= found.upper,
      })),
      warnings: warningsOf(limit, found, share),
    },
    why: null,
  };
}
