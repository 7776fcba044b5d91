import type { Interval } from '../../statistics/bootstrap.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Outcome } from '../../statistics/withinStrata.ts';

/** Deals whose discount lies in five points, with what deals of their mix win. */
export interface DiscountBin {
  /** Points of list: from this, to less than that; the last has no end. */
  from: number;
  to: number | null;
  deals: number;
  won: number;
  rate: number;
  interval: Interval;
  /** The win rate of deals alike in segment, deal type and size, whatever their discount. */
  mix: number;
}

const WIDTH = 5;
const LAST = 40;

/** Win rates by five points of discount, with 95% intervals (Wilson 1927). Empty bins are left out. */
export function discountBins<Cell>(
  cells: readonly Cell[],
  outcomeOf: (cell: Cell) => Outcome,
): DiscountBin[] {
  const outcomes = cells.map(outcomeOf);
  const strata = new Map<string, { deals: number; won: number }>();
  for (const { stratum, deals, won } of outcomes) {
    const sums = strata.get(stratum) ?? { deals: 0, won: 0 };
    strata.set(stratum, { deals: sums.deals + deals, won: sums.won + won });
  }
  const bins = new Map<number, { deals: number; won: number; mix: number }>();
  for (const { stratum, x, deals, won } of outcomes) {
    const from = Math.min(LAST, WIDTH * Math.floor(x / WIDTH));
    const bin = bins.get(from) ?? { deals: 0, won: 0, mix: 0 };
    const usual = strata.get(stratum)!;
    bins.set(from, {
      deals: bin.deals + deals,
      won: bin.won + won,
      mix: bin.mix + (deals * usual.won) / usual.deals,
    });
  }
  return [...bins]
    .toSorted(([a], [b]) => a - b)
    .map(([from, { deals, won, mix }]) => ({
      ...{ from, deals, won },
      to: from === LAST ? null : from + WIDTH,
      rate: won / deals,
      interval: wilson(won, deals)!,
      mix: mix / deals,
    }));
}
