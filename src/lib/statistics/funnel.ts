import { poissonAtMost, poissonQuantile } from './poisson.ts';
import { sampleQuantile } from './sampleQuantile.ts';
import { criticalT } from './studentT.ts';

export interface Compared {
  name: string;
  observed: number;
  /** What would be observed at the target's rate, above 0. */
  expected: number;
  /** Standard error of observed ÷ expected where nobody differs; not used for counts. */
  error?: number;
}

export interface Limits {
  low: number;
  high: number;
}

export interface OnFunnel extends Compared {
  ratio: number;
  z: number | null;
  limits95: Limits;
  limits998: Limits;
  outside: 'no' | '95%' | '99.8%';
}

export interface Funnel {
  target: number;
  /** How much wider than chance the units vary: the mean square of winsorised z. Null for exact limits. */
  dispersion: number | null;
  /** Variance between units that the limits allow for (additive), in the ratio's square. */
  between: number;
  /** Units outside the 95% limits, and the chance of as many or more if no unit differed. */
  outside95: number;
  chanceOfSoMany: number;
  units: OnFunnel[];
}

export type Adjustment = 'additive' | 'multiplicative' | 'none';

function placed({ low, high }: Limits, outer: Limits, ratio: number): OnFunnel['outside'] {
  if (ratio < outer.low || ratio > outer.high) return '99.8%';
  return ratio < low || ratio > high ? '95%' : 'no';
}

/** P(at least `n` of `of` units are outside limits that hold with 95%). */
function chanceOfSoMany(n: number, of: number): number {
  let below = 0;
  let term = 0.95 ** of;
  for (let k = 0; k < n; k += 1) {
    below += term;
    term *= ((of - k) / (k + 1)) * (0.05 / 0.95);
  }
  return Math.min(1, Math.max(0, 1 - below));
}

function counted(units: OnFunnel[], rest: Omit<Funnel, 'outside95' | 'chanceOfSoMany' | 'units'>): Funnel {
  const outside95 = units.filter(({ outside }) => outside !== 'no').length;
  return { ...rest, outside95, chanceOfSoMany: chanceOfSoMany(outside95, units.length), units };
}

/** z-scores with the outermost tenth at each end drawn in: a few true outliers must not widen the limits. */
function winsorised(z: number[], share = 0.1): number[] {
  const low = sampleQuantile(z, share);
  const high = sampleQuantile(z, 1 - share);
  return z.map((value) => Math.max(low, Math.min(high, value)));
}

/**
 * A funnel plot of observed ÷ expected against 95% and 99.8% limits about `target`: Spiegelhalter 2005, "Funnel
 * plots for comparing institutional performance", Statistics in Medicine 24, 1185–1202. Over-dispersion from
 * z-scores winsorised by a tenth: φ = Σz² ÷ I; multiplicative limits use √φ × error where φ > 1, additive ones
 * √(error² + τ²) with τ² by the method of moments (DerSimonian & Laird 1986, Controlled Clinical Trials 7).
 */
export function funnel(
  units: readonly (Compared & { error: number })[],
  { target = 1, adjustment = 'additive' as Adjustment } = {},
): Funnel {
  const z = units.map(({ observed, expected, error }) => (observed / expected - target) / error);
  const n = units.length;
  const dispersion = n > 0 ? winsorised(z).reduce((sum, value) => sum + value * value, 0) / n : 1;
  const weights = units.map(({ error }) => error ** -2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  const excess = n * dispersion - (n - 1);
  const between = adjustment === 'additive' && n > 1 ? Math.max(0, excess) / (total - squares / total) : 0;
  const widening = adjustment === 'multiplicative' ? Math.sqrt(Math.max(1, dispersion)) : 1;
  const placedUnits = units.map((unit, i): OnFunnel => {
    const ratio = unit.observed / unit.expected;
    const spread = widening * Math.sqrt(unit.error ** 2 + between);
    const limits = (p: number): Limits => {
      const reach = criticalT(p, Infinity) * spread;
      return { low: target - reach, high: target + reach };
    };
    const [limits95, limits998] = [limits(0.05), limits(0.002)];
    return { ...unit, ratio, z: z[i]!, limits95, limits998, outside: placed(limits95, limits998, ratio) };
  });
  return counted(placedUnits, { target, dispersion, between });
}

/**
 * The funnel of counts that are Poisson about `target` × expected: exact limits, the counts that fewer than
 * 2.5% (0.1%) fall short of or exceed, over expected. Spiegelhalter 2005, appendix A.1, without interpolating
 * between counts, so that no limit is crossed more often than it says (Seaton & Manktelow 2012, BMC Medical
 * Research Methodology 12:98, the prediction limits of their table).
 */
export function poissonFunnel(units: readonly Compared[], target = 1): Funnel {
  const placedUnits = units.map((unit): OnFunnel => {
    const mean = target * unit.expected;
    const ratio = unit.observed / unit.expected;
    const limits = (p: number): Limits => {
      const low = poissonQuantile(p, mean);
      // A quantile met exactly is itself a count that only p fall to.
      const inner = poissonAtMost(low, mean) === p ? low + 1 : low;
      return { low: inner / unit.expected, high: poissonQuantile(1 - p, mean) / unit.expected };
    };
    const [limits95, limits998] = [limits(0.025), limits(0.001)];
    return { ...unit, ratio, z: null, limits95, limits998, outside: placed(limits95, limits998, ratio) };
  });
  return counted(placedUnits, { target, dispersion: null, between: 0 });
}
