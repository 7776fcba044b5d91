import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const point = (probability: number, happened: number, deals = 100) => ({
  ...{ probability, happened, deals },
  low: probability - 0.05,
  high: probability + 0.05,
});

it('draws the share won against the chance stated', () => {
  const { numbers, texts, titles } = drawn('reliability', [
    point(0.25, 0.1),
    point(0.5, 0.3),
    point(0.75, 0.6),
  ]);
  const xs = numbers('circle', 'cx');
  const ys = numbers('circle', 'cy');
  expect(xs[1]! - xs[0]!).toBeCloseTo(xs[2]! - xs[1]!, 6);
  expect((ys[1]! - ys[2]!) / (ys[0]! - ys[1]!)).toBeCloseTo(0.3 / 0.2, 6);
  expect(texts()).toEqual(expect.arrayContaining(['10%', '30%', '60%', 'as stated']));
  expect(titles()).toContain('stated 50%: 30% won of 100 deals; 45% to 55% if right');
});

it('draws a single chance too', () => {
  const { numbers } = drawn('reliability', [point(0.5, 0.3)]);
  expect(numbers('circle', 'cx').every(Number.isFinite)).toBe(true);
});
