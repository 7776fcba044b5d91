import type { Interval } from './bootstrap.ts';

/** Who leads the commercial side of existing customers: the three options of document 002. */
export type Model = 'all sales' | 'split' | 'all customer success';
export type Side = 'sales' | 'customer success';

/** One of the two vectors of a segment: its value with a 95% interval, and the cut-off it is held against. */
export interface Vector {
  value: number;
  interval: Interval | null;
  cut: number;
}

export interface Placed {
  model: Model;
  /** Both intervals stay on their side of the cut-off; else another model may be the nearest. */
  isSure: boolean;
}

const above = ({ value, cut }: Vector) => value >= cut;
const isClear = ({ interval, cut }: Vector) =>
  interval !== null && (interval.low >= cut || interval.high < cut);

/**
 * The model that the two vectors point to: a long sales cycle and growth by new sales both speak for the
 * salesperson, a short one and "more of the same" both for customer success; where they disagree, the middle option
 * is the nearest: renewals with customer success, new revenue with sales. The vectors are document 002's ("the length
 * of the sale cycle, the type of the upsell"); that the cut-offs are lines is ours.
 */
export function nearestModel(cycle: Vector, newSales: Vector): Placed {
  const votes = Number(above(cycle)) + Number(above(newSales));
  return {
    model: votes === 2 ? 'all sales' : votes === 0 ? 'all customer success' : 'split',
    isSure: isClear(cycle) && isClear(newSales),
  };
}

/** Who handles an activity under a model. */
export function sideUnder(model: Model, activity: 'renewal' | 'upsell' | 'cross_sell'): Side {
  if (model === 'split') return activity === 'renewal' ? 'customer success' : 'sales';
  return model === 'all sales' ? 'sales' : 'customer success';
}
