import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dollarBridge, rateBridge, type BridgeGroup } from './bridge.ts';

const cents = fc.integer({ min: 0, max: 10_000_000_00 }).map((value) => value / 100);
const side = fc.record({ list: cents, share: fc.double({ min: 0, max: 1, noNaN: true }) });
const group = fc
  .record({ name: fc.string(), before: side, now: side })
  .map(({ name, before, now }): BridgeGroup => ({
    name,
    list: { before: before.list, now: now.list },
    discount: { before: before.list * before.share, now: now.list * now.share },
  }));

const total = (groups: BridgeGroup[], what: 'list' | 'discount', when: 'before' | 'now') =>
  groups.reduce((sum, each) => sum + each[what][when], 0);

describe('the rate bridge', () => {
  it('adds up to the change of the rate, whatever the groups', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 12 }), (groups) => {
        const bridge = rateBridge(groups);
        if (!bridge) return total(groups, 'list', 'before') === 0 || total(groups, 'list', 'now') === 0;
        const change =
          total(groups, 'discount', 'now') / total(groups, 'list', 'now') -
          total(groups, 'discount', 'before') / total(groups, 'list', 'before');
        expect(bridge.mix + bridge.rate + bridge.added + bridge.gone).toBeCloseTo(change, 9);
        return true;
      }),
    );
  });

  it('calls a shift between unchanged groups mix', () => {
    const bridge = rateBridge([
      { name: 'small', list: { before: 500, now: 250 }, discount: { before: 50, now: 25 } },
      { name: 'large', list: { before: 500, now: 750 }, discount: { before: 150, now: 225 } },
    ])!;
    expect(bridge.rate).toBeCloseTo(0, 12);
    expect(bridge.mix).toBeCloseTo(0.05, 12);
  });

  it('calls a change within groups of unchanged weight rate', () => {
    const bridge = rateBridge([
      { name: 'a', list: { before: 100, now: 200 }, discount: { before: 10, now: 30 } },
      { name: 'b', list: { before: 100, now: 200 }, discount: { before: 20, now: 40 } },
    ])!;
    expect(bridge.mix).toBeCloseTo(0, 12);
    expect(bridge.rate).toBeCloseTo(0.025, 12);
    expect(bridge.byGroup[0]!.name).toBe('a');
    expect(bridge.byGroup[0]!.rate).toBeCloseTo(0.025, 12);
  });

  it('shows groups new and gone as parts of their own', () => {
    const bridge = rateBridge([
      { name: 'stays', list: { before: 100, now: 100 }, discount: { before: 10, now: 10 } },
      { name: 'gone', list: { before: 100, now: 0 }, discount: { before: 30, now: 0 } },
      { name: 'new', list: { before: 0, now: 100 }, discount: { before: 0, now: 50 } },
    ])!;
    expect(bridge.added).toBeCloseTo(0.5 * (0.5 - 0.2), 12);
    expect(bridge.gone).toBeCloseTo(-0.5 * (0.3 - 0.2), 12);
  });

  it('cannot be drawn from or to nothing', () => {
    expect(
      rateBridge([{ name: 'a', list: { before: 0, now: 1 }, discount: { before: 0, now: 1 } }]),
    ).toBeNull();
  });
});

describe('the dollar bridge', () => {
  it('adds up to the change in money to the cent, whatever the groups', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 12 }), (groups) => {
        const bridge = dollarBridge(groups);
        if (!bridge || total(groups, 'list', 'before') < 1) return;
        const change = total(groups, 'discount', 'now') - total(groups, 'discount', 'before');
        const parts = bridge.volume + bridge.mix + bridge.rate + bridge.added + bridge.gone;
        expect(Math.abs(parts - change)).toBeLessThan(0.005);
      }),
    );
  });
});
