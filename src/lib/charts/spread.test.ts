import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spread } from './spread.ts';

it('leaves alone what has room', () => expect(spread([0, 50, 20], 10)).toEqual([0, 50, 20]));

it('parts two at one place evenly', () => expect(spread([7, 7], 4)).toEqual([5, 9]));

it('keeps distance, order and centre of whatever it is given', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 }), (values) => {
      const placed = spread(values, 9);
      const sorted = [...placed].sort((a, b) => a - b);
      sorted.slice(1).forEach((value, at) => expect(value - sorted[at]!).toBeGreaterThanOrEqual(9 - 1e-9));
      const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
      expect(mean(placed)).toBeCloseTo(mean(values), 6);
      for (const [a, one] of values.entries())
        for (const [b, other] of values.entries())
          if (one < other) expect(placed[a]!).toBeLessThan(placed[b]!);
    }),
  );
});
