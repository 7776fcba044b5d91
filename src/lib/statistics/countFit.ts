import { solver } from './linearSystem.ts';

/** A design of columns by cell, row after row. */
export interface CountDesign {
  cells: number;
  columns: number;
  rows: Float64Array;
}

export interface CountFit {
  coefficients: Float64Array;
  /** What every cell would hold, those left out of the fit too. */
  expected: Float64Array;
}

const ITERATIONS = 30;
/** Counts are fitted to this part of themselves. */
const NEAR_ENOUGH = 1e-3;
/** Bounds of the log of a count, so that an empty class of cells ends the search and not the arithmetic. */
const [LEAST, MOST] = [-9, 16];

/** Logs of what is expected, before the offset. */
function predicted({ cells, columns, rows }: CountDesign, coefficients: Float64Array, into: Float64Array) {
  for (let cell = 0; cell < cells; cell += 1) {
    let sum = 0;
    for (let k = 0; k < columns; k += 1) sum += rows[cell * columns + k]! * coefficients[k]!;
    into[cell] = Math.min(MOST, Math.max(LEAST, sum));
  }
}

/**
 * Fits log E(count) = offset + columns × coefficients to the cells marked in `used`, by Poisson maximum likelihood with
 * iteratively reweighted least squares: McCullagh & Nelder 1989, "Generalized Linear Models", 2nd ed., section 2.5.
 * `start` saves steps where a like fit is known, and then few `steps` may do. Null where the columns can't be told apart.
 */
export function countFit(
  design: CountDesign,
  counts: Float64Array,
  used: Uint8Array,
  offset: Float64Array,
  start?: Float64Array,
  steps = ITERATIONS,
): CountFit | null {
  const { cells, columns, rows } = design;
  let logs: Float64Array = new Float64Array(cells);
  let after: Float64Array = new Float64Array(cells);
  let coefficients: Float64Array = start?.slice() ?? new Float64Array(columns);
  if (start) predicted(design, coefficients, logs);
  else for (let cell = 0; cell < cells; cell += 1) logs[cell] = Math.log(counts[cell]! + 0.5) - offset[cell]!;
  const matrix = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (let step = 0; step < steps; step += 1) {
    matrix.fill(0);
    right.fill(0);
    for (let cell = 0; cell < cells; cell += 1) {
      if (!used[cell]) continue;
      const mean = Math.exp(logs[cell]! + offset[cell]!);
      const working = mean * logs[cell]! + counts[cell]! - mean;
      const at = cell * columns;
      for (let i = 0; i < columns; i += 1) {
        const value = rows[at + i]!;
        if (value === 0) continue;
        right[i]! += value * working;
        for (let j = 0; j <= i; j += 1) matrix[i * columns + j]! += value * mean * rows[at + j]!;
      }
    }
    for (let i = 0; i < columns; i += 1) {
      matrix[i * columns + i]! *= 1 + 1e-10;
      for (let j = 0; j < i; j += 1) matrix[j * columns + i] = matrix[i * columns + j]!;
    }
    try {
      coefficients = solver(matrix, columns)(right);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
    predicted(design, coefficients, after);
    let moved = 0;
    for (let cell = 0; cell < cells; cell += 1)
      if (used[cell]) moved = Math.max(moved, Math.abs(after[cell]! - logs[cell]!));
    [logs, after] = [after, logs];
    if (moved < NEAR_ENOUGH) break;
  }
  return { coefficients, expected: logs.map((log, cell) => Math.exp(log + offset[cell]!)) };
}

/** Pearson's χ² ÷ degrees of freedom of the cells used: 1 where counts vary as chance makes them. */
export function dispersion(fit: CountFit, counts: Float64Array, used: Uint8Array): number {
  let sum = 0;
  let n = 0;
  for (let cell = 0; cell < counts.length; cell += 1) {
    if (!used[cell]) continue;
    sum += (counts[cell]! - fit.expected[cell]!) ** 2 / fit.expected[cell]!;
    n += 1;
  }
  return sum / Math.max(1, n - fit.coefficients.length);
}
