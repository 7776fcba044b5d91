import { survivors } from './falseDiscovery.ts';
import { funnel, type Limits, type OnFunnel } from './funnel.ts';
import type { AgainstRest } from './leaveOut.ts';
import { shrink } from './shrinkage.ts';
import { criticalT, twoSidedT } from './studentT.ts';
import { FALSE_DISCOVERY_RATE, MINIMUM_DEALS } from './standOut.ts';

/** Ours: nor are units compared whose few large deals weigh like fewer than these. */
export const MINIMUM_EFFECTIVE = 5;

const PLAIN = criticalT(0.05, Infinity);

export interface Benchmarked extends AgainstRest {
  /** Observed ÷ expected, as it is. */
  ratio: number;
  /** Null where the unit is not compared. */
  compared: {
    /** Standard error of the ratio without a difference, on the scale of the funnel. */
    error: number;
    limits95: Limits;
    limits998: Limits;
    outside: OnFunnel['outside'];
    /** The chance of a difference as clear, every deal counted once, if the unit did not differ. */
    p: number;
    /** Outside the 95% limits, with an interval of what is believed that leaves out 1. */
    clear: boolean;
    /** Clear, and survives the false-discovery rate over all that was looked at together. */
    stands: boolean;
    /** The shrunken ratio with its 95% interval; with fewer than four units the plain one. */
    believed: { ratio: number; low: number; high: number };
  } | null;
}

/** How a measure's observed and expected become one number: their quotient, or outcomes that are logarithms. */
export type Scale = 'ratio' | 'log';

/** The funnel's own scale: 1 where nothing differs, and how to read it as a ratio. */
const scales = {
  ratio: {
    place: ({ observed, expected }: AgainstRest) => observed / expected,
    error: ({ error, expected }: AgainstRest) => error / expected,
    read: (place: number) => place,
  },
  log: {
    place: ({ observed, expected, weight }: AgainstRest) => 1 + (observed - expected) / weight,
    error: ({ error, weight }: AgainstRest) => error / weight,
    read: (place: number) => Math.exp(place - 1),
  },
};

/**
 * Ours: with few effective deals the limits are as much wider as Student's t with two degrees of freedom a deal is
 * than the normal, for tails that a few large deals leave heavy and for errors that are themselves estimated.
 * `npm run calibrate` shows that the limits then hold what they say.
 */
const FREEDOM_A_DEAL = 2;
const widening = ({ effective, freedom }: AgainstRest) =>
  criticalT(0.05, freedom ?? FREEDOM_A_DEAL * effective) / PLAIN;

/** The chance of a difference as clear deal by deal; 1 where large deals and the rest point opposite ways. */
function chanceIfAlike(unit: AgainstRest, gap: number): number {
  if (Math.sign(unit.z) !== Math.sign(gap)) return 1;
  return twoSidedT(unit.z, unit.freedom ?? FREEDOM_A_DEAL * unit.deals);
}

const isCompared = (unit: AgainstRest, scale: Scale) =>
  unit.deals >= MINIMUM_DEALS &&
  unit.effective >= MINIMUM_EFFECTIVE &&
  (scale === 'log' || unit.expected > 0);

const between = (place: number, { low, high }: Limits) => place >= low && place <= high;

export interface Benchmark {
  scale: Scale;
  units: Benchmarked[];
  /** Variance between units beyond chance that the limits allow for, on the funnel's scale. */
  between: number;
}

/** What units are held against: what others do, or a value that is right whatever others do. */
export type Norm = 'others' | 'fixed';

/**
 * Units on a funnel plot with additive over-dispersion (Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202)
 * and their empirical Bayes values (Morris 1983, JASA 78, 47–55). Units with fewer than ten deals are given and
 * not compared. Against a fixed norm limits allow for chance alone and nothing is drawn towards the others: that they
 * miss it as well is no excuse.
 */
export function benchmark(units: readonly AgainstRest[], scale: Scale, norm: Norm = 'others'): Benchmark {
  const { place, error, read } = scales[scale];
  const compared = units.filter((unit) => isCompared(unit, scale));
  const placed = funnel(
    compared.map((unit) => ({
      name: unit.unit,
      observed: place(unit),
      expected: 1,
      error: widening(unit) * error(unit),
    })),
    { adjustment: norm === 'fixed' ? 'none' : 'additive' },
  );
  // A variance as it is: t widens limits, not variances.
  const asFound = compared.map((unit) => ({
    name: unit.unit,
    value: place(unit),
    variance: error(unit) ** 2,
  }));
  const believed = norm === 'fixed' ? null : shrink(asFound);
  const asRatios = ({ low, high }: Limits) => ({ low: Math.max(0, read(low)), high: read(high) });
  const at = new Map(compared.map((unit, index) => [unit, index]));
  const all = units.map((unit): Benchmarked => {
    const index = at.get(unit);
    const ratio = read(place(unit));
    if (index === undefined) return { ...unit, ratio, compared: null };
    const found = placed.units[index]!;
    const plain = { low: found.ratio - PLAIN * found.error!, high: found.ratio + PLAIN * found.error! };
    const shrunken = believed?.units[index];
    return {
      ...unit,
      ratio,
      compared: {
        error: found.error!,
        limits95: asRatios(found.limits95),
        limits998: asRatios(found.limits998),
        outside: found.outside,
        p: chanceIfAlike(unit, found.ratio - 1),
        clear: found.outside !== 'no' && !between(1, shrunken ?? plain),
        stands: false,
        believed: shrunken
          ? { ratio: read(shrunken.estimate), ...asRatios(shrunken) }
          : { ratio, ...asRatios(plain) },
      },
    };
  });
  return { scale, units: all, between: placed.between };
}

/** The limits of units whose ratio has this standard error: the curves of the funnel. */
export function limitsAt(error: number, { scale, between }: Pick<Benchmark, 'scale' | 'between'>) {
  const { read } = scales[scale];
  const spread = Math.sqrt(error ** 2 + between);
  const limits = (p: number): Limits => {
    const reach = criticalT(p, Infinity) * spread;
    return { low: Math.max(0, read(1 - reach)), high: read(1 + reach) };
  };
  return { limits95: limits(0.05), limits998: limits(0.002) };
}

/**
 * Marks what may be stated of all that was looked at together: units outside the 95% limits whose interval after
 * shrinking leaves out "as expected", and whose difference survives a false-discovery rate of 10%.
 */
export function judgedTogether(groups: readonly (readonly Benchmarked[])[]): Benchmarked[][] {
  const all = groups.flat().filter(({ compared }) => compared !== null);
  const kept = survivors(
    all.map(({ compared }) => compared!.p),
    FALSE_DISCOVERY_RATE,
  );
  const survive = new Set(all.filter((_, at) => kept[at]));
  return groups.map((group) =>
    group.map((unit) => ({
      ...unit,
      compared: unit.compared && { ...unit.compared, stands: unit.compared.clear && survive.has(unit) },
    })),
  );
}
