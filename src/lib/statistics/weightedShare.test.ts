import { describe, expect, it } from 'vitest';
import { weightedShare } from './weightedShare.ts';
import { wilson } from './wilson.ts';

describe('the interval of a share by weight', () => {
  it('is that of plain counts where all weigh the same, whatever they weigh', () => {
    for (const weight of [1, 7.5, 40_000])
      expect(weightedShare(12 * weight, 50 * weight, 50 * weight ** 2)!.low).toBeCloseTo(
        wilson(12, 50)!.low,
        9,
      );
  });

  it('is wide where one thing weighs as much as all the rest', () => {
    const even = weightedShare(50, 100, 100)!;
    const lopsided = weightedShare(50, 100, 50 ** 2 + 50)!;
    expect(lopsided.high - lopsided.low).toBeGreaterThan(3 * (even.high - even.low));
    expect(lopsided.low).toBeGreaterThanOrEqual(0);
  });

  it('is not known of nothing', () => {
    expect(weightedShare(0, 0, 0)).toBeNull();
  });
});
