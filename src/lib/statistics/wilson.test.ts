import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from './wilson.ts';

describe('the interval of a share', () => {
  it('is the published one of 81 in 263, 15 in 148, 0 in 20 and 1 in 29', () => {
    // Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3.
    const published: [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [hits, n, low, high] of published) {
      expect(wilson(hits, n)!.low).toBeCloseTo(low, 4);
      expect(wilson(hits, n)!.high).toBeCloseTo(high, 4);
    }
  });

  it('ends where the share lies 1.96 standard errors of that end away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, at) => {
          const hits = Math.min(n - 1, Math.max(1, Math.round(n * at)));
          for (const end of Object.values(wilson(hits, n)!)) {
            expect(end).toBeGreaterThan(0);
            expect(end).toBeLessThan(1);
            const error = Math.sqrt((end * (1 - end)) / n);
            expect(Math.abs(hits / n - end) / error).toBeCloseTo(1.959964, 4);
          }
        },
      ),
    );
  });

  it('reaches 0 and 1 where none or all are so, and is none without anything', () => {
    expect(wilson(0, 3)!.low).toBe(0);
    expect(wilson(3, 3)!.high).toBe(1);
    expect(wilson(0, 0)).toBeNull();
    expect(() => wilson(4, 3)).toThrow(RangeError);
  });
});
