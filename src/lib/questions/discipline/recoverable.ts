import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { afterLosses, breakEvenLoss, type Scenario } from '../../statistics/lostWins.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { minimumEffectOf } from '../coaching/effects.ts';
import { lastingExcess, type LastingExcess } from './lastingExcess.ts';
import { recoverableChoice, type RecoverableChoice } from './recoverableChoice.ts';

/** What holding the price would bring in a year, never one figure alone. */
export interface Recoverable {
  choice: RecoverableChoice;
  /**
   * Dollars a year over the reader's scenarios for lost wins. Where nothing is found that lasts, from what is left of
   * the worst of them, which is not above 0, to the most that the data leave room for.
   */
  low: number | null;
  high: number | null;
  scenarios: Scenario[];
  /** The share of the affected deals whose loss would use up all of it; null without an excess. */
  breakEven: number | null;
  /**
   * `found`: the excess without any loss lies above 0 with 95%. `no more than`: there is none worth a point of list.
   * `cannot tell`: there may be. `missing`: no deals on both sides of the split of time.
   */
  verdict: 'found' | 'no more than' | 'cannot tell' | 'missing';
  /** Won deals behind it. */
  n: number;
  excess: LastingExcess;
}

/**
 * What could be kept of discounts that reps give and customers get for good beyond comparable deals, in the reporting
 * currency and a year. The reader's scenarios and percentile stand in the address (`lost`, `percentile`).
 */
export async function recoverable(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Recoverable> {
  const choice = recoverableChoice(asking.search);
  const excess = await lastingExcess(warehouse, asking, scope, choice.percentile);
  const { range, affected, deals } = excess;
  if (!range)
    return {
      ...{ choice, excess, low: null, high: null, scenarios: [], breakEven: null },
      ...{ verdict: 'missing', n: deals },
    };
  // Where cost is not known, all of the price is taken for lost: less is never promised than what would be.
  const left = affected.margin ?? affected.net;
  const scenarios = choice.lost.map((lost) => afterLosses(range, left, lost));
  const found = range.low > 0;
  const worths = scenarios.map(({ worth }) => worth);
  const worthActing = minimumEffectOf(warehouse, 'discount_rate') * excess.list;
  return {
    ...{ choice, excess, scenarios, n: deals },
    low: found ? Math.min(...worths) : Math.min(0, ...worths),
    high: found ? Math.max(...worths) : Math.max(...scenarios.map(({ high }) => high)),
    breakEven: found ? breakEvenLoss(range.estimate, left) : null,
    verdict: found ? 'found' : range.high > worthActing ? 'cannot tell' : 'no more than',
  };
}
