import { normalFrom, randomFrom } from './random.ts';

/** A unit's discount beside what its mix of deals comes to elsewhere, with that difference's standard error. */
export interface UnitSides {
  observed: number;
  expected: number;
  error: number;
}

export interface ConcentrationBeyondMix {
  /** Index of concentration less what chance alone gives; 0 where the mix of deals explains all. */
  value: number;
  /** 95% interval. */
  low: number;
  high: number;
  units: number;
}

const DRAWS = 400;
const SEED = 20190701;

/** Twice the area between the diagonal and the curve of observed against expected, units of the highest ratio first. */
function indexOf(observed: readonly number[], expected: readonly number[]): number {
  const order = observed
    .map((_, i) => i)
    .sort((a, b) => observed[b]! / expected[b]! - observed[a]! / expected[a]!);
  const amount = observed.reduce((sum, each) => sum + each, 0);
  const share = expected.reduce((sum, each) => sum + each, 0);
  // A draw in which nobody gives anything away concentrates nothing.
  if (amount === 0) return 0;
  let reached = 0;
  let area = 0;
  for (const i of order) {
    const step = observed[i]! / amount;
    area += (expected[i]! / share) * (reached + step / 2);
    reached += step;
  }
  return 2 * area - 1;
}

/**
 * How much of an amount is concentrated on units beyond what their mix of deals explains: the index of concentration
 * (Lorenz 1905) with what the mix comes to as the share, less its mean where units differ by chance alone, drawn from
 * each unit's own error. Interval from draws around what was observed (parametric bootstrap: Efron & Tibshirani 1993,
 * An Introduction to the Bootstrap, section 6.5). Null with fewer than two units that expect anything.
 */
export function concentrationBeyondMix(units: readonly UnitSides[]): ConcentrationBeyondMix | null {
  const known = units.filter(({ expected, error }) => expected > 0 && Number.isFinite(error));
  if (known.length < 2 || !known.some(({ observed }) => observed > 0)) return null;
  const normal = normalFrom(randomFrom(SEED));
  const expected = known.map((unit) => unit.expected);
  const observed = known.map((unit) => Math.max(0, unit.observed));
  const scale = observed.reduce((sum, each) => sum + each, 0) / expected.reduce((sum, each) => sum + each, 0);
  const drawn = (around: (at: number) => number) =>
    Array.from({ length: DRAWS }, () =>
      indexOf(
        known.map(({ error }, at) => Math.max(0, around(at) + error * normal())),
        expected,
      ),
    );
  const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const chance = mean(drawn((at) => expected[at]! * scale));
  const around = drawn((at) => observed[at]!);
  const middle = mean(around);
  const spread = Math.sqrt(mean(around.map((index) => (index - middle) ** 2)));
  const value = indexOf(observed, expected) - chance;
  return { value, low: value - 1.96 * spread, high: value + 1.96 * spread, units: known.length };
}
