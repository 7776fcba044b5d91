import { countFit, type CountDesign, type CountFit } from './countFit.ts';
import { meanAround, roundNumberIn, type RateBins, type RoundNumber } from './rateBins.ts';

/** Where the excess begins: points below the limit. */
export const JUST_BELOW = 1;
/** How far above the limit discounts are drawn down from, at most, in points. */
const FARTHEST = 10;
/** Degree of the polynomial of the logarithm of counts. */
const DEGREE = 3;
/** Fewer rates at other round numbers of a class teach nothing. */
const FEWEST_ROUND = 10;
/** Newton's steps of a fit to deals drawn anew. */
const STEPS_OF_DRAW = 1;
/** Rates on either side of the limit, in points, that the excess is held against. Ours. */
export const NEAR = 5;

/** The bins around a limit with what is fitted to them. */
export interface Frame {
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
  /** The last bin that the window may reach. */
  farthest: number;
  coefficients: Float64Array;
}

/** A window, what would have been in it, and how excess and missing mass compare. */
export interface Balance extends Like {
  expected: Float64Array;
  used: Uint8Array;
  excess: number;
  missing: number;
  upper: number;
}

/** The polynomial's columns and one for each kind of round number; the limit has none. */
export function frameOf(bins: RateBins, steps: readonly number[], counts: Float64Array): Frame {
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

/** The first bin of the window. */
export const first = ({ bins }: Frame) => bins.last + 1 - JUST_BELOW;

/** Whether each class of round numbers in the window can be learned from outside of it. */
export function canLearn(frame: Frame, counts: Float64Array, upper: number): boolean {
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

function farthestOf(frame: Frame, counts: Float64Array): number {
  const most = Math.min(frame.bins.last + FARTHEST, frame.bins.bins - 2);
  let upper = frame.bins.last;
  while (upper < most && canLearn(frame, counts, upper + 1)) upper += 1;
  return upper;
}

/** Widens the window upwards until what is missing above the limit makes up for the excess below it. */
export function balanced(frame: Frame, counts: Float64Array, like?: Like): Balance | null {
  const { bins } = frame;
  const from = first(frame);
  const used = new Uint8Array(bins.bins).fill(1);
  for (let bin = from; bin <= bins.last; bin += 1) used[bin] = 0;
  let best: Balance | null = null;
  let near = like;
  const farthest = like?.farthest ?? farthestOf(frame, counts);
  for (let upper = bins.last + 1; upper <= farthest; upper += 1) {
    used[upper] = 0;
    const { fit, offset } = fitted(frame, counts, used, near);
    if (!fit) break;
    if (near) near = { offset, farthest, coefficients: fit.coefficients };
    let excess = 0;
    let missing = 0;
    for (let bin = from; bin <= upper; bin += 1)
      if (bin <= bins.last) excess += counts[bin]! - fit.expected[bin]!;
      else missing += fit.expected[bin]! - counts[bin]!;
    if (best && excess - missing >= best.excess - best.missing) continue;
    best = { ...fit, offset, farthest, used: used.slice(), excess, missing, upper };
    if (missing >= excess) break;
  }
  return best;
}

/** Rates near the limit. */
export const nearIn = ({ nearFrom, nearTo }: Frame, counts: Float64Array) =>
  counts.subarray(nearFrom, nearTo + 1).reduce((sum, n) => sum + n, 0);
