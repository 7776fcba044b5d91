import { requestOf, type Asking } from '../asking/asking.ts';
import { answer, type Answer } from '../metrics/answer.ts';
import type { Scope } from '../metrics/request.ts';
import {
  dollarBridge,
  rateBridge,
  type BridgeGroup,
  type DollarBridge,
  type RateBridge,
} from '../statistics/bridge.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { groupName, keysOf, type Split } from './splits.ts';

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
  const request = requestOf(asking, { measures: ['discount', 'list_amount'], by: keysOf(split) });
  const answered = await answer(warehouse, request, scope);
  const value = (row: Record<string, unknown>, id: string) => (typeof row[id] === 'number' ? row[id] : 0);
  const groups = answered.rows.map((row): BridgeGroup => ({
    name: groupName(split, row),
    list: { before: value(row, 'list_amount_before'), now: value(row, 'list_amount') },
    discount: { before: value(row, 'discount_before'), now: value(row, 'discount') },
  }));
  const dollars = dollarBridge(groups);
  const rates = rateBridge(groups);
  return dollars && rates ? { split, answered, dollars, rates } : null;
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
  const parts = [
    ...('volume' in bridge ? [part('volume', 'Selling more or less', bridge.volume)] : []),
    part('mix', `Mix of ${split.several}`, bridge.mix),
    part('rate', `Rate within ${split.several}`, bridge.rate),
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
    total('before', words.before ?? 'before', bridge.before),
    ...parts,
    total('now', words.now ?? 'now', bridge.now),
  ];
}
