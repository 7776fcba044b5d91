import { describe, expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { ratioGap, shareGap, shareRatio } from './twoGroups.ts';

describe('two groups', () => {
  it('have the ratio that Katz and others give with its interval', () => {
    // By hand: 2.0; log error sqrt(1/20 − 1/100 + 1/10 − 1/100) = 0.360555.
    const found = shareRatio({ hits: 20, n: 100 }, { hits: 10, n: 100 })!;
    expect(found.ratio).toBeCloseTo(2, 12);
    expect(found.low).toBeCloseTo(2 * Math.exp(-0.706675), 4);
    expect(found.high).toBeCloseTo(2 * Math.exp(0.706675), 4);
    expect(shareRatio({ hits: 0, n: 5 }, { hits: 1, n: 5 })).toBeNull();
  });

  it('are not compared when one is too small, and "cannot tell" is said where an effect could hide', () => {
    expect(shareGap({ hits: 3, n: 9 }, { hits: 300, n: 900 }, 0.03)).toMatchObject({
      verdict: 'cannot tell',
      p: 1,
    });
    // Two of twelve and none of twelve: far too few hits, and no share of none has a variance.
    expect(shareGap({ hits: 2, n: 12 }, { hits: 0, n: 12 }, 0.03)).toMatchObject({ p: 1, error: null });
    const few = { rate: 0.1, error: 0.01, deals: 40, effective: 1.001 };
    expect(ratioGap(few, { ...few, rate: 0.9 }, 0.01)).toMatchObject({ verdict: 'cannot tell', p: 1 });
    expect(shareGap({ hits: 10, n: 40 }, { hits: 10, n: 50 }, 0.03).verdict).toBe('cannot tell');
    expect(shareGap({ hits: 25_000, n: 100_000 }, { hits: 25_001, n: 100_000 }, 0.03).verdict).toBe(
      'no effect larger than',
    );
    expect(shareGap({ hits: 250, n: 500 }, { hits: 150, n: 500 }, 0.03).verdict).toBe('effect');
  });

  it('differ by what simulated deals differ by, in the interval about 95 times of 100', () => {
    const random = randomFrom(7);
    const group = (mean: number) => {
      const deals = Array.from({ length: 120 }, () => ({
        list: Math.exp(2 * random()),
        rate: mean + (random() - 0.5) * 0.2,
      }));
      const list = deals.reduce((sum, deal) => sum + deal.list, 0);
      const rate = deals.reduce((sum, deal) => sum + deal.list * deal.rate, 0) / list;
      const spread = deals.reduce((sum, deal) => sum + (deal.list * (deal.rate - rate)) ** 2, 0);
      const squares = deals.reduce((sum, deal) => sum + deal.list ** 2, 0);
      return {
        rate,
        error: Math.sqrt((spread * 120) / 119) / list,
        deals: 120,
        effective: list ** 2 / squares,
      };
    };
    let inside = 0;
    for (let run = 0; run < 400; run += 1) {
      const { low, high } = ratioGap(group(0.15), group(0.2), 0.01);
      if (low! <= -0.05 && high! >= -0.05) inside += 1;
    }
    expect(inside / 400).toBeGreaterThan(0.92);
    expect(inside / 400).toBeLessThan(0.98);
  });
});
