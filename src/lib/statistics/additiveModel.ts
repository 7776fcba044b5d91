import type { Panel } from './panel.ts';

/** One number a unit and time, unit after unit. */
export type Grid = Float64Array;

/** Takes the means of units and of times out of a grid. */
function withoutMeans(grid: Grid, units: number, times: number): Grid {
  const byTime = new Float64Array(times);
  const byUnit = new Float64Array(units);
  grid.forEach((value, at) => {
    byTime[at % times]! += value / units;
    byUnit[Math.floor(at / times)]! += value / times;
  });
  const all = byTime.reduce((sum, mean) => sum + mean, 0) / times;
  return grid.map((value, at) => value - byTime[at % times]! - byUnit[Math.floor(at / times)]! + all);
}

const product = (a: Grid, b: Grid) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);

export interface AdditiveModel {
  /** What unit, time and one common effect of treatment leave unexplained. */
  residuals: Grid;
  /** The treated times, without their means over units and times, scaled to length 1 (all 0: no such thing). */
  treatment: Grid;
}

/**
 * Fits outcome = unit + time + effect × treated by least squares. With few clusters its residuals tell more of
 * the noise than those about each cohort's own mean, which one cluster can fill alone.
 */
export function additiveModel({ units, times }: Panel): AdditiveModel {
  const outcomes = new Float64Array(units.length * times.length);
  const treated = new Float64Array(outcomes.length);
  units.forEach((unit, i) => {
    outcomes.set(unit.outcomes, i * times.length);
    times.forEach((time, t) => {
      if (unit.firstTreated !== null && time >= unit.firstTreated) treated[i * times.length + t] = 1;
    });
  });
  const left = withoutMeans(outcomes, units.length, times.length);
  const design = withoutMeans(treated, units.length, times.length);
  const length = Math.sqrt(product(design, design));
  const treatment = length > 1e-9 ? design.map((value) => value / length) : design.fill(0);
  const effect = product(treatment, left);
  return { residuals: left.map((value, at) => value - effect * treatment[at]!), treatment };
}
