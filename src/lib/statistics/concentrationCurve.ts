import type { Interval } from './bootstrap.ts';

/** What a unit's parts add up to: what rates are taken of, such as list, and what may be concentrated. */
export interface Total {
  share: number;
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

/** Places of the units, the highest rate first; units that neither share nor amount is known of come last. */
export function ordered(sums: readonly Total[]): number[] {
  const rate = ({ share, amount }: Total) => (share > 0 ? amount / share : amount > 0 ? Infinity : -1);
  const rates = sums.map(rate);
  return sums.map((_, i) => i).sort((a, b) => rates[b]! - rates[a]! || a - b);
}

/** Twice the area between the diagonal and the curve of amount against share, units of the highest rate first. */
export function indexOf(sums: readonly Total[]): number {
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

/** Herfindahl–Hirschman index of the amount: Σ of squared shares. */
export function hhiOf(sums: readonly Total[]): number {
  const amount = sums.reduce((sum, each) => sum + each.amount, 0);
  return sums.reduce((sum, each) => sum + (each.amount / amount) ** 2, 0);
}

/** The curve and the indexes that need no drawing; null where there is no share or no amount. */
export function curveOf(names: readonly string[], sums: readonly Total[]) {
  const share = sums.reduce((sum, each) => sum + each.share, 0);
  const amount = sums.reduce((sum, each) => sum + each.amount, 0);
  if (!(share > 0) || !(amount > 0)) return null;
  const reached = { share: 0, amount: 0 };
  const curve = ordered(sums).map((i) => {
    const sum = sums[i]!;
    reached.share += sum.share / share;
    reached.amount += sum.amount / amount;
    return { unit: names[i]!, rate: sum.amount / sum.share, ...reached };
  });
  const hhi = hhiOf(sums);
  return { units: names.length, curve, index: indexOf(sums), hhi, effectiveNumber: 1 / hhi };
}
