import { expect, it } from 'vitest';
import { running } from './running.ts';

const step = (amount: number | null, kind = 'step') => ({ amount, kind });

it('hangs each step on the sum before it and stands totals on zero', () => {
  const bars = running([step(100, 'total'), step(-30), step(5), step(75, 'total'), step(-80)]);
  expect(bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [100, 70],
    [70, 75],
    [0, 75],
    [75, -5],
  ]);
});

it('leaves out what is not known, which is not zero', () => {
  const bars = running([step(10, 'total'), step(null), step(0), step(-4)]);
  expect(bars.map(({ amount }) => amount)).toEqual([10, 0, -4]);
  expect(bars[2]).toMatchObject({ from: 10, to: 6 });
});
