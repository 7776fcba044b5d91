import { describe, expect, it } from 'vitest';
import { survivors } from './falseDiscovery.ts';
import { twoSidedP } from './normal.ts';

describe('survivors', () => {
  it("keeps the first four of Benjamini and Hochberg's example", () => {
    // Section 4.2 of the paper: fifteen p-values, four rejected at 0.05 (Bonferroni rejects three).
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(survivors(published, 0.05).filter(Boolean)).toHaveLength(4);
    expect(survivors(published.toReversed(), 0.05).slice(-4)).toEqual([true, true, true, true]);
  });

  it('keeps a larger p-value when a still larger one passes its own bar', () => {
    expect(survivors([0.04, 0.045], 0.05)).toEqual([true, true]);
  });

  it('keeps nothing of nothing', () => {
    expect(survivors([], 0.1)).toEqual([]);
  });
});

describe('twoSidedP', () => {
  it('gives the tables of the normal distribution', () => {
    expect(twoSidedP(1.959964)).toBeCloseTo(0.05, 6);
    expect(twoSidedP(-2.575829)).toBeCloseTo(0.01, 6);
    expect(twoSidedP(0)).toBe(1);
    expect(twoSidedP(3.890592) / 1e-4).toBeCloseTo(1, 5);
    expect(twoSidedP(5.730729) / 1e-8).toBeCloseTo(1, 5);
  });
});
