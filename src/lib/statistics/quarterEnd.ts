import { twoSidedT } from './studentT.ts';
import { judge, type Judged } from './verdict.ts';
import {
  clusteredErrorOf,
  formOfCoefficients,
  valueOf,
  weightedFit,
  type Observations,
} from './weightedFit.ts';

/** Bookings of one cluster (a rep) in one quarter, before or within its last days. */
export interface BookedCell {
  cluster: string;
  /** The part of the quarter's business days that its last days are, 0 to 1. */
  expected: number;
  isLate: boolean;
  amount: number;
  /** Σ of the squares of single amounts. */
  squares: number;
}

export interface ShareAtEnd {
  share: number;
  expected: number;
  /** share − expected, as fractions. */
  above: Judged;
  p: number;
}

/**
 * The share of bookings in the last days of quarters against that of the business days they are. A ratio estimator
 * with errors by cluster: Cochran 1977, "Sampling Techniques", 3rd ed., section 6.3 and 9A.1, with t by
 * Satterthwaite's approximation over what clusters' amounts weigh, so that a few large deals are not taken for many.
 * `worthActing` is the smallest share above that is, a fraction. Null where nothing was booked.
 */
export function shareAtEnd(cells: readonly BookedCell[], worthActing: number): ShareAtEnd | null {
  const total = cells.reduce((sum, { amount }) => sum + amount, 0);
  if (!(total > 0)) return null;
  const late = cells.reduce((sum, { isLate, amount }) => sum + (isLate ? amount : 0), 0);
  const expected = cells.reduce((sum, cell) => sum + cell.amount * cell.expected, 0) / total;
  const above = late / total - expected;
  const scores = new Map<string, number>();
  const weights = new Map<string, number>();
  for (const { cluster, isLate, amount, squares, expected: part } of cells) {
    const score = amount * (Number(isLate) - part - above);
    scores.set(cluster, (scores.get(cluster) ?? 0) + score);
    weights.set(cluster, (weights.get(cluster) ?? 0) + squares);
  }
  const n = scores.size;
  const ofScores = [...scores.values()].reduce((sum, score) => sum + score * score, 0);
  const weight = [...weights.values()].reduce((sum, one) => sum + one, 0);
  const df = weight ** 2 / [...weights.values()].reduce((sum, one) => sum + one * one, 0) - 1;
  const error = n > 2 ? Math.sqrt((n / (n - 1)) * ofScores) / total : 0;
  const judged = judge({ estimate: above, error: error > 0 && df >= 1 ? error : null, df }, worthActing);
  const p = judged.error === null ? 1 : twoSidedT(above / judged.error, df);
  return { share: late / total, expected, above: judged, p };
}

/** Deals of one cluster that are alike in every factor of the mix, summed. */
export interface MixedCell {
  cluster: string;
  levels: readonly string[];
  isLate: boolean;
  deals: number;
  /** Σ of the deals' rates, fractions. */
  rates: number;
}

export interface GapAtEnd extends Judged {
  p: number;
}

const silent: GapAtEnd = { ...judge({ estimate: 0, error: null, df: 0 }), p: 1 };

/** A column for each level but the first of each factor, and last of all one for being late. */
function columnsOf(cells: readonly MixedCell[]): Float64Array[] {
  const factors = cells[0]?.levels.length ?? 0;
  const columns: Float64Array[] = [Float64Array.from(cells, () => 1)];
  for (let factor = 0; factor < factors; factor += 1) {
    const levels = [...new Set(cells.map(({ levels }) => levels[factor]!))].toSorted();
    for (const level of levels.slice(1))
      columns.push(Float64Array.from(cells, ({ levels }) => Number(levels[factor] === level)));
  }
  columns.push(Float64Array.from(cells, ({ isLate }) => Number(isLate)));
  return columns;
}

/**
 * How much more is given away in the last days of quarters on deals alike otherwise: least squares over the levels of
 * the mix, each deal counting once, with a level of its own for every cluster (a rep) where `ownLevels` says so, and
 * errors by cluster (CR2 of Bell & McCaffrey 2002 with Satterthwaite's degrees of freedom; see weightedFit.ts).
 * `worthActing` is the smallest gap that is, a fraction. Says nothing where the mix leaves nothing to compare.
 */
export function gapAtEnd(
  cells: readonly MixedCell[],
  { ownLevels, worthActing }: { ownLevels: boolean; worthActing: number },
): GapAtEnd {
  if (!cells.some(({ isLate }) => isLate) || cells.every(({ isLate }) => isLate)) return silent;
  const at = new Map([...new Set(cells.map(({ cluster }) => cluster))].map((name, index) => [name, index]));
  const cluster = Int32Array.from(cells, (cell) => at.get(cell.cluster)!);
  const observations: Observations = {
    outcomes: Float64Array.from(cells, ({ rates, deals }) => rates / deals),
    weights: Float64Array.from(cells, ({ deals }) => deals),
    ...{ cluster, clusters: at.size, unit: ownLevels ? cluster : null, units: ownLevels ? at.size : 0 },
  };
  const columns = columnsOf(cells);
  const fit = weightedFit(observations, ownLevels ? columns.slice(1) : columns);
  const wide = columns.length - Number(ownLevels);
  const form = formOfCoefficients(
    fit,
    Array.from({ length: wide }, (_, column) => Number(column === wide - 1)),
  );
  if (!form) return silent;
  const found = clusteredErrorOf(fit, form, valueOf(form, observations));
  const judged = judge(found, worthActing);
  return { ...judged, p: judged.error === null ? 1 : twoSidedT(found.estimate / judged.error, found.df) };
}
