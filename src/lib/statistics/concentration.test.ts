import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentration } from './concentration.ts';
import { randomFrom } from './random.ts';

const amounts = fc.record({
  share: fc.integer({ min: 1, max: 1000 }),
  amount: fc.integer({ min: 1, max: 500 }),
});

describe('concentration', () => {
  it('is half the mean difference of rates between any two dollars, over the mean rate', () => {
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 2, maxLength: 8 }), (units) => {
        const share = units.reduce((sum, each) => sum + each.share, 0);
        const amount = units.reduce((sum, each) => sum + each.amount, 0);
        let difference = 0;
        for (const a of units)
          for (const b of units)
            difference +=
              (a.share / share) * (b.share / share) * Math.abs(a.amount / a.share - b.amount / b.share);
        const found = concentration(units.map((each, i) => ({ unit: `${i}`, ...each })))!;
        expect(found.index).toBeCloseTo(difference / 2 / (amount / share), 9);
        expect(found.curve.at(-1)!.amount).toBeCloseTo(1, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('counts as many effective units as there are equal ones', () => {
    const found = concentration(['a', 'b', 'c', 'd'].map((unit) => ({ unit, share: 10, amount: 2 })))!;
    expect(found).toMatchObject({ index: 0, hhi: 0.25, effectiveNumber: 4, indexByChance: null });
  });

  it('says what deals dealt out by chance would give', () => {
    const random = randomFrom(1);
    const deals = Array.from({ length: 400 }, (_, i) => ({
      unit: `rep ${i % 8}`,
      share: 100,
      amount: 40 * random(),
    }));
    const even = concentration(deals)!;
    expect(Math.abs(even.index - even.indexByChance!)).toBeLessThan(0.03);
    const skewed = concentration(
      deals.map((deal) => (deal.unit === 'rep 1' ? { ...deal, amount: deal.amount * 3 } : deal)),
    )!;
    expect(skewed.indexInterval!.low).toBeGreaterThan(skewed.indexByChance!);
    expect(skewed.curve[0]!.unit).toBe('rep 1');
  });

  it('has nothing to say of nothing', () => {
    expect(concentration([{ unit: 'a', share: 10, amount: 0 }])).toBeNull();
  });
});
