import { indexOf, ordered, type Total } from './concentrationCurve.ts';
import { normalFrom, randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';

/** A unit's discount beside what its mix of deals comes to elsewhere, with that difference's standard error. */
export interface MixUnit {
  /** What rates are taken of, such as list. */
  share: number;
  observed: number;
  expected: number;
  error: number;
}

export interface ConcentrationByMix {
  /** The mean index if units differed by their mix of deals and by chance alone; 95 of 100 such indexes lie between. */
  index: number;
  low: number;
  high: number;
  /** The mean curve, and where 95 of 100 such curves run, at even steps of the share. */
  curve: { share: number; amount: number; low: number; high: number }[];
}

const DRAWS = 400;
const SEED = 20241109;
/** Steps of the curve: every fiftieth of the share. */
const STEPS = 50;

/** The curve's height at even steps of the share, between the units' own corners in straight lines. */
function heights(sums: readonly Total[]): number[] {
  const share = sums.reduce((sum, each) => sum + each.share, 0);
  const amount = sums.reduce((sum, each) => sum + each.amount, 0);
  const found: number[] = [0];
  const reached = { share: 0, amount: 0 };
  for (const at of ordered(sums)) {
    const step = { share: sums[at]!.share / share, amount: sums[at]!.amount / amount };
    while (found.length <= STEPS && found.length / STEPS <= reached.share + step.share + 1e-12) {
      const part = step.share > 0 ? (found.length / STEPS - reached.share) / step.share : 1;
      found.push(reached.amount + part * step.amount);
    }
    reached.share += step.share;
    reached.amount += step.amount;
  }
  while (found.length <= STEPS) found.push(1);
  return found;
}

/**
 * The curve of concentration (Lorenz 1905) that there would be if units differed by their mix of deals and by chance
 * alone: what each unit's mix comes to elsewhere, scaled to what all gave, give or take its own error (parametric
 * bootstrap under that hypothesis: Davison & Hinkley 1997, Bootstrap Methods and their Application, section 4.2).
 * Null with fewer than two units that expect anything.
 */
export function concentrationByMix(units: readonly MixUnit[]): ConcentrationByMix | null {
  const known = units.filter(({ expected, error }) => expected > 0 && Number.isFinite(error));
  const observed = known.reduce((sum, unit) => sum + unit.observed, 0);
  if (known.length < 2 || !(observed > 0)) return null;
  const scale = observed / known.reduce((sum, unit) => sum + unit.expected, 0);
  const normal = normalFrom(randomFrom(SEED));
  const drawn = Array.from({ length: DRAWS }, () =>
    known.map(({ share, expected, error }) => ({
      share,
      amount: Math.max(0, expected * scale + error * normal()),
    })),
  );
  const indexes = drawn.map(indexOf);
  const curves = drawn.map(heights);
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const curve = Array.from({ length: STEPS + 1 }, (_, at) => {
    const here = curves.map((each) => each[at]!);
    return {
      ...{ share: at / STEPS, amount: mean(here) },
      ...{ low: sampleQuantile(here, 0.025), high: sampleQuantile(here, 0.975) },
    };
  });
  return {
    ...{ index: mean(indexes), curve },
    ...{ low: sampleQuantile(indexes, 0.025), high: sampleQuantile(indexes, 0.975) },
  };
}
