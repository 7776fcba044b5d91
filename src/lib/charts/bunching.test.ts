import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const rows = Array.from({ length: 30 }, (_, at) => ({
  up_to: at + 1,
  found: at === 19 ? 200 : 100,
  expected: 100,
  is_at_limit: at === 19,
  in_window: at >= 19 && at <= 23,
}));

it.each([328, 1120])('draws what is found beside what is expected at %d pixels', (width) => {
  const { all, numbers, titles, texts } = drawn('bunching', rows, width);
  // The window's ground, and a bar for each bin within 15 points of the limit.
  expect(all('rect')).toHaveLength(1 + 26);
  const [, ...heights] = numbers('rect', 'height');
  expect(Math.max(...heights) / Math.min(...heights)).toBeCloseTo(2, 1);
  expect(titles()).toContain('above 19 up to 20%: 200 discounts, 100 expected');
  expect(texts().some((text) => text.startsWith('200'))).toBe(true);
  expect(texts()).toContain('25%');
});
