import type { AnswerRow } from '../metrics/answer.ts';
import type { BridgeGroup } from '../statistics/bridge.ts';
import { groupName, type Split } from './splits.ts';

const value = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : 0);
const sum = (rows: readonly AnswerRow[], id: string) =>
  rows.reduce((total, row) => total + value(row, id), 0);

/** Each currency's rate in the later period: what one unit of its list came to in the reporting currency. */
function laterRates(rows: readonly AnswerRow[]): Map<unknown, number> {
  const rates = new Map<unknown, number>();
  for (const currency of new Set(rows.map((row) => row.currency))) {
    const own = rows.filter((row) => row.currency === currency);
    if (sum(own, 'list_own') > 0) rates.set(currency, sum(own, 'list_amount') / sum(own, 'list_own'));
  }
  return rates;
}

/**
 * The groups of a bridge from rows by group and currency, the earlier period restated at the later one's
 * exchange rates, so that what moved the rates of exchange is told apart from what was sold. A currency that
 * sold only earlier keeps its own rate.
 */
export function restatedGroups(rows: readonly AnswerRow[], split: Split): BridgeGroup[] {
  const rates = laterRates(rows);
  const groups = new Map<unknown, BridgeGroup>();
  for (const row of rows) {
    const group = groups.get(row[split.id] ?? null) ?? {
      name: groupName(split, row),
      list: { before: 0, now: 0 },
      discount: { before: 0, now: 0 },
    };
    const rate = rates.get(row.currency);
    const restated = (own: string, converted: string) =>
      rate === undefined ? value(row, `${converted}_before`) : value(row, `${own}_before`) * rate;
    group.list.before += restated('list_own', 'list_amount');
    group.discount.before += restated('discount_own', 'discount');
    group.list.now += value(row, 'list_amount');
    group.discount.now += value(row, 'discount');
    groups.set(row[split.id] ?? null, group);
  }
  return [...groups.values()];
}
