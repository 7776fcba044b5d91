import { describe, expect, it } from 'vitest';
import { dollarBridge, fromOwnRates, rateBridge } from '../statistics/bridge.ts';
import { restatedGroups } from './restated.ts';
import { splits } from './splits.ts';

const region = splits.find(({ id }) => id === 'region')!;

/** One region's sales in one currency, `rate` units of the reporting currency for one of its own. */
function row(
  name: string,
  currency: string,
  before: [number, number],
  now: [number, number],
  rates: [number, number],
) {
  return {
    region: name,
    currency,
    list_own_before: before[0],
    discount_own_before: before[1],
    list_amount_before: before[0] * rates[0],
    discount_before: before[1] * rates[0],
    list_own: now[0],
    discount_own: now[1],
    list_amount: now[0] * rates[1],
    discount: now[1] * rates[1],
  };
}

const total = (rows: ReturnType<typeof row>[], id: 'discount_before' | 'discount' | 'list_amount_before') =>
  rows.reduce((sum, each) => sum + each[id], 0);

describe('a bridge between periods of other exchange rates', () => {
  it('calls everything currency when nothing else moved', () => {
    const rows = [
      row('West', 'USD', [1000, 100], [1000, 100], [1, 1]),
      row('DACH', 'EUR', [1000, 300], [1000, 300], [1.05, 1.14]),
    ];
    const bridge = fromOwnRates(dollarBridge(restatedGroups(rows, region))!, total(rows, 'discount_before'));
    expect(bridge.currency).toBeCloseTo(300 * (1.14 - 1.05), 9);
    for (const part of [bridge.volume, bridge.mix, bridge.rate, bridge.added, bridge.gone])
      expect(part).toBeCloseTo(0, 9);
  });

  it('adds up to the change, of money and of rate, whatever moved', () => {
    const rows = [
      row('West', 'USD', [1000, 100], [1500, 220], [1, 1]),
      row('West', 'EUR', [400, 90], [300, 20], [1.05, 1.14]),
      row('DACH', 'EUR', [1000, 300], [700, 150], [1.05, 1.14]),
      row('DACH', 'GBP', [200, 30], [0, 0], [1.3, 1.3]),
    ];
    const groups = restatedGroups(rows, region);
    const dollars = fromOwnRates(dollarBridge(groups)!, total(rows, 'discount_before'));
    const { volume, mix, rate, added, gone, currency } = dollars;
    const change = total(rows, 'discount') - total(rows, 'discount_before');
    expect(volume + mix + rate + added + gone + currency).toBeCloseTo(change, 9);
    const before = total(rows, 'discount_before') / total(rows, 'list_amount_before');
    const rates = fromOwnRates(rateBridge(groups)!, before);
    const moved = rates.mix + rates.rate + rates.added + rates.gone + rates.currency;
    expect(before + moved).toBeCloseTo(rates.now, 12);
  });
});
