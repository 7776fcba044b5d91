import { bootstrapInterval, SEED, type Interval } from './bootstrap.ts';
import { randomFrom } from './random.ts';

/** A part of the whole that can be drawn anew: a deal, or a unit where deals aren't known. */
export interface Part {
  unit: string;
  /** What rates are taken of, such as list; ≥ 0. */
  share: number;
  /** What may be concentrated, such as discount; ≥ 0. */
  amount: number;
}

export interface Concentration {
  units: number;
  parts: number;
  /** Cumulative shares, units of the highest rate first. */
  curve: { unit: string; rate: number; share: number; amount: number }[];
  /** 0 where all have one rate, towards 1 where few have all: twice the area between curve and diagonal. */
  index: number;
  indexInterval: Interval | null;
  /** The mean index with parts dealt to units by chance; null where each unit is one part. */
  indexByChance: number | null;
  /** Σ of squared shares of the amount. */
  hhi: number;
  hhiInterval: Interval | null;
  /** 1 ÷ HHI: as many equal units would be as concentrated. */
  effectiveNumber: number;
}

interface Total {
  share: number;
  amount: number;
}

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

function ordered(sums: Total[]): number[] {
  const rate = ({ share, amount }: Total) => (share > 0 ? amount / share : amount > 0 ? Infinity : -1);
  const rates = sums.map(rate);
  return sums.map((_, i) => i).sort((a, b) => rates[b]! - rates[a]! || a - b);
}

function indexOf(sums: Total[]): number {
  const share = sums.reduce((sum, each) => sum + each.share, 0);
  const amount = sums.reduce((sum, each) => sum + each.amount, 0);
  let reached = 0;
  let area = 0;
  for (const i of ordered(sums)) {
    const step = sums[i]!.amount / amount;
    area += (sums[i]!.share / share) * (reached + step / 2);
    reached += step;
  }
  return 2 * area - 1;
}

function hhiOf(sums: Total[]): number {
  const amount = sums.reduce((sum, each) => sum + each.amount, 0);
  return sums.reduce((sum, each) => sum + (each.amount / amount) ** 2, 0);
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
 * no share or no amount.
 */
export function concentration(parts: readonly Part[]): Concentration | null {
  const names = [...new Set(parts.map(({ unit }) => unit))];
  const numbers = new Map(names.map((name, i) => [name, i]));
  const unitOf = Int32Array.from(parts, ({ unit }) => numbers.get(unit)!);
  const sums = totals(parts, unitOf, names.length);
  const share = sums.reduce((sum, each) => sum + each.share, 0);
  const amount = sums.reduce((sum, each) => sum + each.amount, 0);
  if (!(share > 0) || !(amount > 0)) return null;
  // A row that is a unit is another unit each time that it is drawn; a deal stays its unit's.
  const again =
    names.length === parts.length
      ? (drawn: Int32Array) => Array.from(drawn, (at): Total => parts[at]!)
      : (drawn: Int32Array) => totals(parts, unitOf, names.length, drawn);
  const interval = (of: (sums: Total[]) => number) =>
    bootstrapInterval(parts.length, (drawn) => of(again(drawn)), { draws: 1000 });
  const reached = { share: 0, amount: 0 };
  const curve = ordered(sums).map((i) => {
    const sum = sums[i]!;
    reached.share += sum.share / share;
    reached.amount += sum.amount / amount;
    return { unit: names[i]!, rate: sum.amount / sum.share, ...reached };
  });
  const hhi = hhiOf(sums);
  return {
    ...{ units: names.length, parts: parts.length, curve },
    index: indexOf(sums),
    indexInterval: interval(indexOf),
    indexByChance: names.length < parts.length ? byChance(parts, unitOf, names.length) : null,
    ...{ hhi, hhiInterval: interval(hhiOf), effectiveNumber: 1 / hhi },
  };
}
