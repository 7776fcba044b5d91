import { addOuter, solver } from './linearSystem.ts';

/** A factor of the mix: how many deals' worth of evidence each of its levels is held towards the mean by. */
export interface Factor {
  name: string;
  prior: number;
  /** Its levels have an order, numbers or names with numbers in them. */
  ordered?: boolean;
}

/** Deals of one unit that are alike in every factor, summed. A deal's rate is its outcome ÷ its weight. */
export interface MixCell {
  unit: string;
  /** One level per factor, in the order of the factors. */
  levels: readonly string[];
  deals: number;
  /** Σ weight, Σ weight², Σ outcome: what observed and expected are summed by. */
  weight: number;
  squares: number;
  outcome: number;
  /** What each deal counts for in fitting the model, 1 for most: Σ, Σ of squares, Σ × rate, Σ × rate². */
  counted: number;
  countedSquares: number;
  rates: number;
  squaredRates: number;
}

export interface EncodedCell extends MixCell {
  columns: number[];
  /** Σ of squared residuals of rates, and what one deal's is expected to be. */
  scatter: number;
  variance: number;
}

/** The normal equations: Σ x x′, Σ rate x, Σ squared residual x, and what deals' noise does to them. */
export interface MixSums {
  size: number;
  design: Float64Array;
  rates: Float64Array;
  scatter: Float64Array;
  noise: Float64Array;
}

export interface MixModel {
  cells: EncodedCell[];
  /** The sums over all units, without what holds levels to the mean. */
  all: MixSums;
  /** What holds each column to the mean. */
  prior: Float64Array;
  /** No variance is taken for smaller. */
  leastVariance: number;
}

export function emptySums(size: number): MixSums {
  const [square, line] = [() => new Float64Array(size * size), () => new Float64Array(size)];
  return { size, design: square(), rates: line(), scatter: line(), noise: square() };
}

const addTo = (line: Float64Array, columns: readonly number[], by: number) => {
  for (const column of columns) line[column]! += by;
};

/** Adds a cell of the model to sums of some of its cells. */
export function addCell(sums: MixSums, { columns, ...cell }: EncodedCell): void {
  addOuter(sums.design, sums.size, columns, cell.counted);
  addTo(sums.rates, columns, cell.rates);
  addTo(sums.scatter, columns, cell.scatter);
  addOuter(sums.noise, sums.size, columns, cell.countedSquares * cell.variance);
}

/** Solves the normal equations of all but some of the cells (null: of all). */
export function solverOf(all: MixSums, without: MixSums | null, prior: Float64Array) {
  const rest = all.design.slice();
  if (without) for (let at = 0; at < rest.length; at += 1) rest[at]! -= without.design[at]!;
  for (let i = 0; i < all.size; i += 1) rest[i * all.size + i]! += prior[i]!;
  const solve = solver(rest, all.size);
  const fit = (of: 'rates' | 'scatter') =>
    solve(without ? all[of].map((value, at) => value - without[of][at]!) : all[of]);
  return { solve, fit };
}

/** The model's value for a deal with these columns. */
export const valueAt = (coefficients: Float64Array, columns: readonly number[]): number =>
  columns.reduce((sum, column) => sum + coefficients[column]!, 0);

/**
 * Columns of zeros and ones. A level of an ordered factor has its own step and all steps below it, so that a thin
 * level is drawn to its neighbour and not to the mean; what is not known ('') stands apart.
 */
function encoded(cells: readonly MixCell[], factors: readonly Factor[]) {
  const priors = [0];
  const columnsOf = factors.map(({ prior, ordered }, factor) => {
    const levels = [...new Set(cells.map((cell) => cell.levels[factor]!))];
    const own = new Map(levels.map((level) => [level, [priors.push(prior) - 1]]));
    if (!ordered) return own;
    const inOrder = levels
      .filter((level) => level !== '')
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const steps = inOrder.map((level) => own.get(level)![0]!);
    inOrder.forEach((level, rank) => own.set(level, steps.slice(1, rank + 1)));
    return own;
  });
  const all = cells.map((cell): EncodedCell => {
    const columns = [0, ...cell.levels.flatMap((level, factor) => columnsOf[factor]!.get(level)!)];
    return { ...cell, columns, scatter: 0, variance: 0 };
  });
  return { all, priors: Float64Array.from(priors) };
}

/** x′ (design)⁻¹ x of a deal with these columns: how much of the model's value for it is its own doing. */
function leverageIn(inverse: Float64Array[]): (columns: readonly number[]) => number {
  return (columns) => {
    let sum = 0;
    for (const i of columns) for (const j of columns) sum += inverse[i]![j]!;
    return sum;
  };
}

/** Ours: squared residuals are so uneven that twenty deals are worth one. */
export const scatterPrior = (prior: Float64Array) => prior.map((deals) => 20 * deals);

/** Ours: a deal whose value is all its own doing tells nothing of its scatter. */
const MOST_LEVERAGE = 0.9;

/**
 * An additive model of deals' rates over the levels of the factors, by least squares: each deal counts once,
 * however large, so that a few large ones don't decide what is expected of all. A ridge draws thin levels to the
 * mean or their neighbour (Hoerl & Kennard 1970, "Ridge regression", Technometrics 12, 55–67). The variance of one
 * deal's rate is fitted to squared residuals over the same factors (Davidian & Carroll 1987, "Variance function
 * estimation", JASA 82, 1079–1091), each over 1 − its leverage (HC2 of MacKinnon & White 1985, Journal of
 * Econometrics 29, 305–325). Null with too few deals to fit anything.
 */
export function fitMix(cells: readonly MixCell[], factors: readonly Factor[]): MixModel | null {
  const { all, priors } = encoded(cells, factors);
  if (all.reduce((sum, cell) => sum + cell.deals, 0) < 2) return null;
  const size = priors.length;
  const prior = priors.map((deals) => deals + 1e-9);
  const sums = emptySums(size);
  for (const cell of all) addCell(sums, cell);
  const { solve, fit } = solverOf(sums, null, prior);
  const rates = fit('rates');
  const unit = (at: number) => Float64Array.from({ length: size }, (_, i) => Number(i === at));
  const leverage = leverageIn(Array.from({ length: size }, (_, at) => solve(unit(at))));
  for (const cell of all) {
    const value = valueAt(rates, cell.columns);
    const scatter = cell.squaredRates - 2 * value * cell.rates + cell.counted * value * value;
    const own = Math.min(MOST_LEVERAGE, (leverage(cell.columns) * cell.countedSquares) / cell.counted);
    cell.scatter = Math.max(0, scatter) / (1 - own);
    addTo(sums.scatter, cell.columns, cell.scatter);
  }
  const variances = solverOf(sums, null, scatterPrior(prior)).fit('scatter');
  const total = (of: (cell: EncodedCell) => number) => all.reduce((sum, cell) => sum + of(cell), 0);
  // Ours: an additive fit may fall below zero where scatter is small; a tenth of the typical is the floor.
  const leastVariance = total(({ scatter }) => scatter) / total(({ counted }) => counted) / 10;
  for (const cell of all) {
    cell.variance = Math.max(leastVariance, valueAt(variances, cell.columns));
    addOuter(sums.noise, size, cell.columns, cell.countedSquares * cell.variance);
  }
  return { cells: all, all: sums, prior, leastVariance };
}
