import { ticks } from './money.ts';

/** Sums over discretionary lines; list and discount in ticks of US dollars at plan rates. */
export interface RateSums {
  deals: number;
  lines: number;
  list: number;
  discount: number;
}

export interface RateTruth {
  deals: number;
  lines: number;
  list_usd: string;
  discount_usd: string;
  /** Discretionary discount ÷ list of the discretionary lines, in percent. */
  rate: number;
}

export interface EffectTruth {
  /** Won discretionary lines that the effect touched. */
  lines: number;
  list_usd: string;
  /** List price given away (negative: kept) because of it: each line's price against the one it would have had. */
  discount_usd: string;
  /** The same in points of list. */
  points: number;
}

export const noRate = (): RateSums => ({ deals: 0, lines: 0, list: 0, discount: 0 });

/** Adds one line; the deals are counted by who knows when a deal ends. */
export function addLine(sums: RateSums, list: number, discount: number): void {
  sums.lines++;
  sums.list += list;
  sums.discount += discount;
}

export function rateTruth(sums: RateSums): RateTruth {
  const { deals, lines, list, discount } = sums;
  return { deals, lines, list_usd: ticks(list), discount_usd: ticks(discount), rate: percent(sums) };
}

export function effectTruth(sums: RateSums): EffectTruth {
  const { lines, list, discount } = sums;
  return { lines, list_usd: ticks(list), discount_usd: ticks(discount), points: percent(sums) };
}

function percent(sums: RateSums): number {
  return sums.list === 0 ? 0 : Math.round((sums.discount / sums.list) * 10_000) / 100;
}

export function share(part: number, of: number): number {
  return of === 0 ? 0 : Math.round((part / of) * 10_000) / 10_000;
}

/** A list of ids keeps this many at most; the counts beside it are always complete. */
export const KEPT_IDS = 20_000;

export function keepId(list: string[], id: string): void {
  if (list.length < KEPT_IDS) list.push(id);
}
