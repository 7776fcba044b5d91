import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dollarBridge, fromFirstReported, fromOwnRates, rateBridge, type BridgeGroup } from './bridge.ts';

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

describe('both bridges', () => {
  const groups = fc.array(group, { minLength: 1, maxLength: 12 });
  const factor = fc.double({ min: 0.2, max: 5, noNaN: true });

  it('add up with exchange rates and restatements as parts of their own, whatever they did', () => {
    fc.assert(
      fc.property(groups, factor, cents, (all, rate, restated) => {
        const [dollars, rates] = [dollarBridge(all), rateBridge(all)];
        if (!dollars || !rates || total(all, 'list', 'before') < 1) return;
        // What the earlier period came to at its own rates, and when it was first reported.
        const own = dollars.before * rate;
        const whole = fromFirstReported(fromOwnRates(dollars, own), restated);
        expect(whole.before).toBeCloseTo(own - restated, 2);
        const { volume, mix, rate: within, added, gone, currency, restatement } = whole;
        const parts = volume + mix + within + added + gone + currency + restatement;
        expect(Math.abs(parts - (whole.now - whole.before))).toBeLessThan(0.005);
        const moved = fromOwnRates(rates, rates.before * rate);
        expect(moved.mix + moved.rate + moved.added + moved.gone + moved.currency).toBeCloseTo(
          moved.now - moved.before,
          9,
        );
      }),
    );
  });

  it('give each group its part of mix and rate, and the parts of groups are the parts of all', () => {
    fc.assert(
      fc.property(groups, (all) => {
        const [dollars, rates] = [dollarBridge(all), rateBridge(all)];
        if (!dollars || !rates) return;
        const sum = (parts: { rate: number; mix: number }[], what: 'rate' | 'mix') =>
          parts.reduce((so, part) => so + part[what], 0);
        expect(sum(rates.byGroup, 'rate')).toBeCloseTo(rates.rate, 9);
        expect(sum(rates.byGroup, 'mix')).toBeCloseTo(rates.mix, 9);
        expect(Math.abs(sum(dollars.byGroup, 'rate') - dollars.rate)).toBeLessThan(0.005);
      }),
    );
  });

  it('say the same however the groups are ordered, and nothing where nothing changed', () => {
    fc.assert(
      fc.property(groups, (all) => {
        const still = all.map(({ name, list, discount }) => ({
          name,
          list: { before: list.now, now: list.now },
          discount: { before: discount.now, now: discount.now },
        }));
        const same = dollarBridge(still);
        if (same)
          for (const part of ['volume', 'mix', 'rate', 'added', 'gone'] as const)
            expect(Math.abs(same[part])).toBeLessThan(0.005);
        const [there, back] = [dollarBridge(all), dollarBridge(all.toReversed())];
        if (there && back && total(all, 'list', 'before') >= 1)
          for (const part of ['volume', 'mix', 'rate', 'added', 'gone'] as const)
            expect(Math.abs(there[part] - back[part])).toBeLessThan(0.005);
      }),
    );
  });
});
