import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const point = (name: string, number: number, rate: number, rank: number) => ({
  ...{ name, number, rate, rank, deals: 20 },
});

it('names a band on the side that its own line leaves free', () => {
  const { all } = drawn('discountPath', [
    ...[point('up to 10%', 1, 0.05, 0), point('up to 10%', 2, 0.18, 0)],
    ...[point('30% and more', 1, 0.35, 3), point('30% and more', 2, 0.16, 3)],
  ]);
  /** Where the name stands above (−) or below (+) the first point, in pixels; its group is moved by it. */
  const beside = (name: string) => {
    const text = all('text').find(({ textContent }) => textContent === `first deal ${name}`)!;
    return Number(/,(-?[\d.]+)\)/.exec(text.parentElement!.getAttribute('transform')!)![1]);
  };
  expect(beside('up to 10%')).toBeGreaterThan(0);
  expect(beside('30% and more')).toBeLessThan(0);
});
