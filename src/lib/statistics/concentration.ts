import { bootstrapInterval, SEED } from './bootstrap.ts';
import { curveOf, hhiOf, indexOf, type Concentration, type Total } from './concentrationCurve.ts';
import { concentrationOfSums, sumsOf } from './concentrationOfSums.ts';
import { randomFrom } from './random.ts';

export type { Concentration } from './concentrationCurve.ts';

/** A part of the whole that can be drawn anew: a deal, or a unit where deals aren't known. */
export interface Part {
  unit: string;
  /** What rates are taken of, such as list; ≥ 0. */
  share: number;
  /** What may be concentrated, such as discount; ≥ 0. */
  amount: number;
}

/** Ours: of more parts than these a unit's sums are drawn anew, not its parts one by one. */
export const MOST_DRAWN = 5000;

/** Sums of `parts` by unit, each part dealt to the unit numbered in `unitOf`. */
function totals(parts: readonly Part[], unitOf: Int32Array, units: number, drawn?: Int32Array): Total[] {
  const sums = Array.from({ length: units }, (): Total => ({ share: 0, amount: 0 }));
  for (let i = 0; i < parts.length; i += 1) {
    const at = drawn ? drawn[i]! : i;
    const sum = sums[unitOf[at]!]!;
    sum.share += parts[at]!.share;
    sum.amount += parts[at]!.amount;
  }
  return sums;
}

/** The mean index over shuffles of parts among units that keep how many parts each has. */
function byChance(parts: readonly Part[], unitOf: Int32Array, units: number, shuffles = 200): number {
  const random = randomFrom(SEED);
  const dealt = unitOf.slice();
  let sum = 0;
  for (let shuffle = 0; shuffle < shuffles; shuffle += 1) {
    for (let i = dealt.length - 1; i > 0; i -= 1) {
      const other = Math.floor(random() * (i + 1));
      [dealt[i], dealt[other]] = [dealt[other]!, dealt[i]!];
    }
    sum += indexOf(totals(parts, dealt, units));
  }
  return sum / shuffles;
}

/**
 * How concentrated an amount is on units with a high rate: the curve of Lorenz 1905 ("Methods of measuring the
 * concentration of wealth", Publications of the American Statistical Association 9, 209–219) with units ordered
 * by amount ÷ share, its index, and the Herfindahl–Hirschman index with its numbers-equivalent (Adelman 1969,
 * Review of Economics and Statistics 51, 99–101). Intervals by drawing parts anew, seeded. Null where there is
 * no share or no amount. Of more than
 * `MOST_DRAWN` parts, as `concentrationOfSums` does it.
 */
export function concentration(parts: readonly Part[]): Concentration | null {
  const names = [...new Set(parts.map(({ unit }) => unit))];
  const numbers = new Map(names.map((name, i) => [name, i]));
  const unitOf = Int32Array.from(parts, ({ unit }) => numbers.get(unit)!);
  if (parts.length > MOST_DRAWN && names.length < parts.length)
    return concentrationOfSums(sumsOf(parts, unitOf, names));
  const found = curveOf(names, totals(parts, unitOf, names.length));
  if (!found) return null;
  // A row that is a unit is another unit each time that it is drawn; a deal stays its unit's.
  const again =
    names.length === parts.length
      ? (drawn: Int32Array) => Array.from(drawn, (at): Total => parts[at]!)
      : (drawn: Int32Array) => totals(parts, unitOf, names.length, drawn);
  const interval = (of: (sums: Total[]) => number) =>
    bootstrapInterval(parts.length, (drawn) => of(again(drawn)), { draws: 1000 });
  return {
    ...found,
    parts: parts.length,
    indexInterval: interval(indexOf),
    indexByChance: names.length < parts.length ? byChance(parts, unitOf, names.length) : null,
    hhiInterval: interval(hhiOf),
  };
}
