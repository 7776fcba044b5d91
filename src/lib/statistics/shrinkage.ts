import { twoSidedP } from './normal.ts';
import { criticalT } from './studentT.ts';

export interface Measured {
  name: string;
  value: number;
  /** The sampling variance of `value`, known, above 0. */
  variance: number;
}

export interface Shrunken extends Measured {
  /** How much of the distance to the mean is taken away, 0 to 1. */
  shrinkage: number;
  estimate: number;
  error: number;
  low: number;
  high: number;
}

export interface Shrinkage {
  /** What all are shrunk towards: the mean weighted by how much each tells. */
  mean: number;
  /** Variance of the true values about their mean; 0 where noise explains all differences. */
  between: number;
  /** The chance of values so far apart if all units were alike. */
  chanceIfAlike: number;
  units: Shrunken[];
}

/** The variance between units by Morris' moment equation, which is REML's where variances are equal. */
function betweenUnits(units: readonly Measured[]): { mean: number; between: number } {
  const k = units.length;
  let between = 0;
  let mean = 0;
  for (let step = 0; step < 1000; step += 1) {
    const weights = units.map(({ variance }) => 1 / (variance + between));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    mean = units.reduce((sum, { value }, i) => sum + weights[i]! * value, 0) / total;
    const moments = units.reduce(
      (sum, { value, variance }, i) => sum + weights[i]! * ((k / (k - 1)) * (value - mean) ** 2 - variance),
      0,
    );
    const next = Math.max(0, moments / total);
    const settled = Math.abs(next - between) <= 1e-12 * (next + between);
    between = next;
    if (settled) break;
  }
  return { mean, between };
}

/**
 * Cochran's Q against chi-square: Cochran 1954, "The combination of estimates from different experiments",
 * Biometrics 10, 101–129, with the cube-root approximation of Wilson & Hilferty 1931, PNAS 17, 684–688.
 */
function chanceIfAlike(units: readonly Measured[]): number {
  const total = units.reduce((sum, { variance }) => sum + 1 / variance, 0);
  const mean = units.reduce((sum, { value, variance }) => sum + value / variance, 0) / total;
  const q = units.reduce((sum, { value, variance }) => sum + (value - mean) ** 2 / variance, 0);
  const df = units.length - 1;
  const z = (Math.cbrt(q / df) - 1 + 2 / (9 * df)) / Math.sqrt(2 / (9 * df));
  return z > 0 ? twoSidedP(z) / 2 : 1 - twoSidedP(z) / 2;
}

/**
 * Empirical Bayes estimates of units' true values, normal with known variances: Morris 1983, "Parametric
 * empirical Bayes inference: theory and applications", JASA 78, 47–55 (section 5), with his 95% intervals. With
 * equal variances it is Efron & Morris' estimator: 1 − (k−3) variance ÷ Σ(value − mean)² of the distance is
 * kept. Needs four units or more; null with fewer.
 */
export function shrink(units: readonly Measured[]): Shrinkage | null {
  const k = units.length;
  if (k < 4) return null;
  const { mean, between } = betweenUnits(units);
  const weights = units.map(({ variance }) => 1 / (variance + between));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const typical = units.reduce((sum, { variance }, i) => sum + weights[i]! * variance, 0) / total;
  const critical = criticalT(0.05, Infinity);
  const shrunken = units.map((unit, i): Shrunken => {
    const { value, variance } = unit;
    const shrinkage = (((k - 3) / (k - 1)) * variance) / (variance + between);
    const estimate = mean + (1 - shrinkage) * (value - mean);
    // What a unit's own part in the mean and the uncertainty of the shrinkage itself add.
    const ownPart = weights[i]! / total;
    const ofShrinkage = ((2 / (k - 3)) * shrinkage ** 2 * (typical + between)) / (variance + between);
    const error = Math.sqrt(variance * (1 - (1 - ownPart) * shrinkage) + ofShrinkage * (value - mean) ** 2);
    const reach = critical * error;
    return { ...unit, shrinkage, estimate, error, low: estimate - reach, high: estimate + reach };
  });
  return { mean, between, chanceIfAlike: chanceIfAlike(units), units: shrunken };
}

/** √n arcsin(2p − 1): has variance 1 whatever p is. Efron & Morris 1975, JASA 70, 311–319, section 2. */
export const arcsine = (share: number, n: number) => Math.sqrt(n) * Math.asin(2 * share - 1);

/** The share that `arcsine` makes `value` of. */
export const shareOfArcsine = (value: number, n: number) => {
  const angle = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, value / Math.sqrt(n)));
  return (Math.sin(angle) + 1) / 2;
};
