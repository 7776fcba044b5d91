import { SEED } from './bootstrap.ts';
import { curveOf, hhiOf, indexOf, type Concentration, type Total } from './concentrationCurve.ts';
import { normalFrom, randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';

/** A unit's parts, summed: all that drawing so many anew needs to know of them. */
export interface UnitSums extends Total {
  unit: string;
  parts: number;
  /** Σ share², Σ amount², Σ share × amount. */
  shareSquares: number;
  amountSquares: number;
  products: number;
}

const DRAWS = 1000;

/** Sums of parts by unit, as a database would give them. */
export function sumsOf(
  parts: readonly { share: number; amount: number }[],
  unitOf: Int32Array,
  names: readonly string[],
): UnitSums[] {
  const none = { parts: 0, share: 0, amount: 0, shareSquares: 0, amountSquares: 0, products: 0 };
  const sums = names.map((unit): UnitSums => ({ unit, ...none }));
  parts.forEach(({ share, amount }, at) => {
    const sum = sums[unitOf[at]!]!;
    sum.parts += 1;
    sum.share += share;
    sum.amount += amount;
    sum.shareSquares += share * share;
    sum.amountSquares += amount * amount;
    sum.products += share * amount;
  });
  return sums;
}

type Spread = Pick<UnitSums, 'shareSquares' | 'amountSquares' | 'products'>;

/** One draw around a total whose two sums vary together as `spread` says; no sum falls below nothing. */
function drawn({ share, amount }: Total, spread: Spread, normal: () => number): Total {
  const [first, second] = [normal(), normal()];
  const deviation = Math.sqrt(Math.max(0, spread.shareSquares));
  const slope = deviation > 0 ? spread.products / deviation : 0;
  const own = Math.sqrt(Math.max(0, spread.amountSquares - slope * slope));
  return {
    share: Math.max(0, share + deviation * first),
    amount: Math.max(0, amount + slope * first + own * second),
  };
}

/** Each unit's mean and spread if its number of parts were dealt to it by chance, without putting back. */
function dealtByChance(units: readonly UnitSums[]): (Total & Spread)[] {
  const all = (of: (unit: UnitSums) => number) => units.reduce((sum, unit) => sum + of(unit), 0);
  const parts = all((unit) => unit.parts);
  const [share, amount] = [all((unit) => unit.share) / parts, all((unit) => unit.amount) / parts];
  const variance = {
    share: all((unit) => unit.shareSquares) / parts - share * share,
    amount: all((unit) => unit.amountSquares) / parts - amount * amount,
    both: all((unit) => unit.products) / parts - share * amount,
  };
  return units.map((unit) => {
    const freely = unit.parts * (1 - unit.parts / parts);
    return {
      ...{ share: unit.parts * share, amount: unit.parts * amount },
      ...{ shareSquares: freely * variance.share, amountSquares: freely * variance.amount },
      products: freely * variance.both,
    };
  });
}

/**
 * Concentration of so many parts that their units' sums say it all. A unit's sum over parts drawn anew, each as often
 * as a Poisson of mean 1 (Hanley & MacGibbon 2006, "Creating non-parametric bootstrap samples using Poisson
 * frequencies", Computer Methods and Programs in Biomedicine 83, 57–62), has the sum for its mean and Σ of squares for
 * its variance; with many parts a unit it is normal. Null where there is no share or no amount.
 */
export function concentrationOfSums(units: readonly UnitSums[]): Concentration | null {
  const names = units.map(({ unit }) => unit);
  const found = curveOf(names, units);
  if (!found) return null;
  const normal = normalFrom(randomFrom(SEED));
  const indexes: number[] = [];
  const concentrations: number[] = [];
  const chances: number[] = [];
  const chance = dealtByChance(units);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const again = units.map((unit) => drawn(unit, unit, normal));
    indexes.push(indexOf(again));
    concentrations.push(hhiOf(again));
    if (draw % 5 === 0) chances.push(indexOf(chance.map((unit) => drawn(unit, unit, normal))));
  }
  const interval = (values: number[]) => ({
    low: sampleQuantile(values, 0.025),
    high: sampleQuantile(values, 0.975),
  });
  return {
    ...found,
    parts: units.reduce((sum, { parts }) => sum + parts, 0),
    indexInterval: interval(indexes),
    indexByChance: chances.reduce((sum, each) => sum + each, 0) / chances.length,
    hhiInterval: interval(concentrations),
  };
}
