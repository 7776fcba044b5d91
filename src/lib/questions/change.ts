import { requestOf, type Asking } from '../asking/asking.ts';
import { answer, type Answer } from '../metrics/answer.ts';
import type { Scope } from '../metrics/request.ts';
import {
  dollarBridge,
  fromFirstReported,
  fromOwnRates,
  rateBridge,
  type DollarBridge,
  type RateBridge,
} from '../statistics/bridge.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { restatedGroups } from './restated.ts';
import { restatedDiscount } from './restatement.ts';
import { keysOf, type Split } from './splits.ts';

export interface Change {
  split: Split;
  answered: Answer;
  dollars: DollarBridge;
  rates: RateBridge;
}

/**
 * What moved discount spend and its rate between the period and the one compared with, by the groups of a
 * split. Null where nothing is compared or one of the two periods sold nothing at list.
 */
export async function change(
  warehouse: Warehouse,
  asking: Asking,
  split: Split,
  scope: Scope,
): Promise<Change | null> {
  if (asking.before === null) return null;
  const measures = ['discount', 'list_amount', 'discount_own', 'list_own'];
  const by = [...new Set([...keysOf(split), 'currency'])];
  const [answered, restated] = await Promise.all([
    answer(warehouse, requestOf(asking, { measures, by }), scope),
    restatedDiscount(warehouse, asking, scope),
  ]);
  const { discount_before: discount, list_amount_before: list } = answered.totals;
  const groups = restatedGroups(answered.rows, split);
  const dollars = dollarBridge(groups);
  const rates = rateBridge(groups);
  if (!dollars || !rates || typeof discount !== 'number' || typeof list !== 'number') return null;
  return {
    split,
    answered,
    dollars: fromFirstReported(fromOwnRates(dollars, discount), restated),
    rates: fromOwnRates(rates, discount / list),
  };
}

/** The bridge's bars; parts that are nothing are left out. */
export function bridgeBars(
  bridge: DollarBridge | RateBridge,
  words: { before: string | null; now: string | null },
  split: Split,
) {
  const part = (id: string, label: string, amount: number) => ({
    id,
    label,
    amount,
    kind: 'part' as const,
    alarm: id === 'rate' && amount > 0,
  });
  const restated = 'restatement' in bridge && Math.abs(bridge.restatement) >= 0.005;
  const parts = [
    ...(restated ? [part('restatement', 'Restated since', bridge.restatement)] : []),
    ...('volume' in bridge ? [part('volume', 'Selling more or less', bridge.volume)] : []),
    part('mix', `Mix of ${split.several}`, bridge.mix),
    part('rate', `Rate within ${split.several}`, bridge.rate),
    ...(Math.abs(bridge.currency) <= 1e-8 * Math.abs(bridge.now)
      ? []
      : [part('currency', 'Exchange rates', bridge.currency)]),
    ...(bridge.added === 0 ? [] : [part('added', 'New groups', bridge.added)]),
    ...(bridge.gone === 0 ? [] : [part('gone', 'Groups gone', bridge.gone)]),
  ];
  const total = (id: string, label: string, amount: number) => ({
    id,
    label,
    amount,
    kind: 'total' as const,
    alarm: false,
  });
  return [
    total('before', `${words.before ?? 'before'}${restated ? ' as it was' : ''}`, bridge.before),
    ...parts,
    total('now', words.now ?? 'now', bridge.now),
  ];
}
