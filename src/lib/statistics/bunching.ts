import { countFit, dispersion, type CountDesign, type CountFit } from './countFit.ts';
import { SEED } from './bootstrap.ts';
import { randomFrom } from './random.ts';
import {
  binOf,
  binsAround,
  meanAround,
  ROUND_STEPS,
  roundNumberIn,
  upperEdge,
  type RateBins,
  type RoundNumber,
} from './rateBins.ts';
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

/** Rates on either side of the limit, in points, that the excess is held against. Ours. */
export const NEAR = 5;
/** Ours: fewer rates near the limit can't tell an excess from chance. */
export const FEWEST_NEAR = 100;
/** Ours: the smallest excess worth acting on, as a share of the rates near. */
export const MINIMUM_SHARE = 0.1;
/** Where the excess begins: points below the limit. */
const JUST_BELOW = 1;
/** How far above the limit discounts are drawn down from, at most, in points. */
const FARTHEST = 10;
/** Degree of the polynomial of the logarithm of counts. */
const DEGREE = 3;
/** Fewer rates at other round numbers of a class teach nothing. */
const FEWEST_ROUND = 10;
/** Enough for a standard error: Efron & Tibshirani 1993, "An Introduction to the Bootstrap", section 6.4. */
const DRAWS = 200;
/** Newton's steps of a fit to deals drawn anew. */
const STEPS_OF_DRAW = 1;

/**
 * More deals than this are drawn in as many groups of them, so that the cost stays: random groups, Wolter 2007,
 * "Introduction to Variance Estimation", 2nd ed., chapter 2.
 */
const MOST_DRAWN = 1000;

interface Frame {
  bins: RateBins;
  design: CountDesign;
  /** Of each bin: the round number in it. */
  round: (RoundNumber | null)[];
  steps: readonly number[];
  nearFrom: number;
  nearTo: number;
}

/** A fit to start from. */
interface Like {
  offset: Float64Array;
  coefficients: Float64Array;
}

interface Balance extends Like {
  expected: Float64Array;
  used: Uint8Array;
  excess: number;
  missing: number;
  upper: number;
}

function frameOf(bins: RateBins, steps: readonly number[], counts: Float64Array): Frame {
  const round = Array.from(counts, (_, bin) => roundNumberIn(bins, bin, steps));
  const columns = DEGREE + 1 + steps.length;
  const rows = new Float64Array(bins.bins * columns);
  for (let bin = 0; bin < bins.bins; bin += 1) {
    const x = (2 * bin) / Math.max(1, bins.bins - 1) - 1;
    for (let power = 0; power <= DEGREE; power += 1) rows[bin * columns + power] = x ** power;
    const number = round[bin];
    if (number) rows[bin * columns + DEGREE + 1 + number.kind] = 1;
  }
  return {
    ...{ bins, round, steps },
    design: { cells: bins.bins, columns, rows },
    nearFrom: Math.max(0, bins.last + 1 - NEAR),
    nearTo: Math.min(bins.bins - 1, bins.last + NEAR),
  };
}

const first = ({ bins }: Frame) => bins.last + 1 - JUST_BELOW;

/** Whether each class of round numbers in the window can be learned from outside of it. */
function canLearn(frame: Frame, counts: Float64Array, upper: number): boolean {
  const outside = new Float64Array(frame.steps.length);
  const inside = new Uint8Array(frame.steps.length);
  frame.round.forEach((number, bin) => {
    if (!number) return;
    if (bin >= first(frame) && bin <= upper) inside[number.kind] = 1;
    else outside[number.kind]! += counts[bin]!;
  });
  return outside.every((n, at) => n >= FEWEST_ROUND || !inside[at]);
}

/**
 * Who rounds to a number comes from half a step on either side of it, so a round number holds more or less of its
 * neighbours where the curve is bent: the log of that, for the curve of a fit.
 */
function bendOf({ bins, design, round, steps }: Frame, { coefficients }: CountFit): Float64Array {
  const curve = new Float64Array(bins.bins);
  for (let bin = 0; bin < bins.bins; bin += 1) {
    let sum = 0;
    for (let k = 0; k <= DEGREE; k += 1) sum += design.rows[bin * design.columns + k]! * coefficients[k]!;
    curve[bin] = Math.exp(sum);
  }
  return Float64Array.from(round, (number, bin) => {
    if (!number) return 0;
    const drawn = Math.exp(coefficients[DEGREE + 1 + number.kind]!) - 1;
    const around = meanAround(bins, curve, number.value, steps[number.kind]! / 2) / curve[bin]!;
    // A number that people avoid draws from nobody.
    return drawn > 0 ? Math.log((1 + drawn * around) / (1 + drawn)) : 0;
  });
}

/** Fits the bins outside the window, and again with the bend that the first fit shows. */
function fitted(frame: Frame, counts: Float64Array, used: Uint8Array, like?: Like) {
  const { design } = frame;
  // Drawn anew, the bend is as good as the same, and one of Newton's steps for each window is as good
  // as all: it begins where the window before ended.
  if (like) {
    const { offset, coefficients } = like;
    return { fit: countFit(design, counts, used, offset, coefficients, STEPS_OF_DRAW), offset };
  }
  const flat = new Float64Array(counts.length);
  const straight = countFit(design, counts, used, flat);
  const offset = straight ? bendOf(frame, straight) : flat;
  return { fit: straight && countFit(design, counts, used, offset, straight.coefficients), offset };
}

/** Widens the window upwards until what is missing above the limit makes up for the excess below it. */
function balanced(frame: Frame, counts: Float64Array, like?: Like): Balance | null {
  const { bins } = frame;
  const from = first(frame);
  const used = new Uint8Array(bins.bins).fill(1);
  for (let bin = from; bin <= bins.last; bin += 1) used[bin] = 0;
  let best: Balance | null = null;
  let near = like;
  const farthest = Math.min(bins.last + FARTHEST, bins.bins - 2);
  for (let upper = bins.last + 1; upper <= farthest && canLearn(frame, counts, upper); upper += 1) {
    used[upper] = 0;
    const { fit, offset } = fitted(frame, counts, used, near);
    if (!fit) break;
    if (near) near = { offset, coefficients: fit.coefficients };
    let excess = 0;
    let missing = 0;
    for (let bin = from; bin <= upper; bin += 1)
      if (bin <= bins.last) excess += counts[bin]! - fit.expected[bin]!;
      else missing += fit.expected[bin]! - counts[bin]!;
    if (best && excess - missing >= best.excess - best.missing) continue;
    best = { ...fit, offset, used: used.slice(), excess, missing, upper };
    if (missing >= excess) break;
  }
  return best;
}

const nearIn = ({ nearFrom, nearTo }: Frame, counts: Float64Array) =>
  counts.subarray(nearFrom, nearTo + 1).reduce((sum, n) => sum + n, 0);

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
