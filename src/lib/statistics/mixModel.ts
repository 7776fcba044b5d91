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

export interface EncodedCell extends Omit<MixCell, 'levels'> {
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
  /** What holds columns to the mean or to the level below: a matrix that is added to the design. */
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
export function addCell(sums: MixSums, cell: EncodedCell): void {
  addOuter(sums.design, sums.size, cell.columns, cell.counted);
  addTo(sums.rates, cell.columns, cell.rates);
  addTo(sums.scatter, cell.columns, cell.scatter);
  addOuter(sums.noise, sums.size, cell.columns, cell.countedSquares * cell.variance);
}

/** Solves the normal equations of all but some of the cells (null: of all). */
export function solverOf(all: MixSums, without: MixSums | null, prior: Float64Array) {
  const rest = all.design.slice();
  if (without) for (let at = 0; at < rest.length; at += 1) rest[at]! -= without.design[at]!;
  for (let at = 0; at < rest.length; at += 1) rest[at]! += prior[at]!;
  const solve = solver(rest, all.size);
  const fit = (of: 'rates' | 'scatter') =>
    solve(without ? all[of].map((value, at) => value - without[of][at]!) : all[of]);
  return { solve, fit };
}

/** The model's value for a deal with these columns. */
export const valueAt = (coefficients: Float64Array, columns: readonly number[]): number =>
  columns.reduce((sum, column) => sum + coefficients[column]!, 0);

/**
 * Columns of zeros and ones, one a level, and what holds their coefficients to the mean. A level of an ordered factor
 * is held to the one below it, so that a thin level is drawn to its neighbour and not to the mean: the lowest is where
 * the steps begin and has no column. What is not known ('') stands apart.
 */
function encoded(cells: readonly MixCell[], factors: readonly Factor[]) {
  let size = 1;
  const held: { column: number; below: number | null; by: number }[] = [];
  const columnOf = factors.map(({ prior: by, ordered }, factor) => {
    const levels = [...new Set(cells.map((cell) => cell.levels[factor]!))];
    const own = new Map<string, number | null>();
    const hold = (level: string, below: number | null) => {
      own.set(level, size);
      held.push({ column: size, below, by });
      size += 1;
    };
    if (!ordered) {
      for (const level of levels) hold(level, null);
      return own;
    }
    if (levels.includes('')) hold('', null);
    levels
      .filter((level) => level !== '')
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .forEach((level, rank, inOrder) => {
        if (rank === 0) own.set(level, null);
        else hold(level, own.get(inOrder[rank - 1]!)!);
      });
    return own;
  });
  const prior = new Float64Array(size * size);
  for (const { column, below, by } of held) {
    prior[column * size + column]! += by;
    if (below === null) continue;
    prior[below * size + below]! += by;
    prior[column * size + below]! -= by;
    prior[below * size + column]! -= by;
  }
  // However empty, every column has one solution.
  for (let at = 0; at < size; at += 1) prior[at * size + at]! += 1e-9;
  const all = cells.map((cell): EncodedCell => {
    const columns = [0];
    cell.levels.forEach((level, factor) => {
      const column = columnOf[factor]!.get(level)!;
      if (column !== null) columns.push(column);
    });
    // Cells may carry much else, and there may be very many: only what the model is made of comes along.
    const { unit, deals, weight, squares, outcome, counted, countedSquares, rates, squaredRates } = cell;
    const sums = { deals, weight, squares, outcome, counted, countedSquares, rates, squaredRates };
    return { unit, ...sums, columns, scatter: 0, variance: 0 };
  });
  return { all, size, prior };
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
export const scatterPrior = (prior: Float64Array) => prior.map((held) => 20 * held);

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
  const { all, size, prior } = encoded(cells, factors);
  if (all.reduce((sum, cell) => sum + cell.deals, 0) < 2) return null;
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
