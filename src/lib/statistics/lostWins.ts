import type { DollarRange } from './excessDollars.ts';

/** What holding the price is worth if a share of the affected deals is lost by it. */
export interface Scenario {
  /** 0–1 of the affected deals, by amount. */
  lost: number;
  worth: number;
  low: number;
  high: number;
}

/**
 * What is won of an excess where a share of the deals that it was given on goes with it: the excess of those kept
 * less what those lost would have left over (`left`: margin of the affected deals, or their price where cost is not
 * known). The break-even of a price change read backwards (Nagle & Müller 2018, "The Strategy and Tactics of
 * Pricing", 6th ed., chapter on financial analysis).
 */
export const afterLosses = (excess: DollarRange, left: number, lost: number): Scenario => {
  const worth = (amount: number) => (1 - lost) * amount - lost * left;
  return { lost, worth: worth(excess.estimate), low: worth(excess.low), high: worth(excess.high) };
};

/** The share of the affected deals whose loss would use up the excess, 0–1; null where nothing is left over on them. */
export const breakEvenLoss = (excess: number, left: number): number | null =>
  excess + left > 0 && left > 0 ? excess / (excess + left) : null;
