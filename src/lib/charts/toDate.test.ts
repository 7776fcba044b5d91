import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const course = (period: string, discounts: number[], is_current = false) =>
  discounts.map((discount, at) => ({ period, day: at + 1, discount, is_current }));

const rows = [
  ...course('2026-Q1', [1e6, 2e6, 3e6, 8e6]),
  ...course('2026-Q2', [1e6, 2e6, 4e6, 8.1e6]),
  ...course('2026-Q3', [2e6, 5e6], true),
];

it('compares the quarters before on the same working day', () => {
  const { numbers, titles, texts } = drawn('toDate', rows);
  const [one, other, now] = numbers('circle', 'cx');
  expect(one).toBe(now);
  expect(other).toBe(now);
  expect(titles()).toContain('FY26 Q1, working day 2: $2.0\u00a0M');
  expect(texts()).toContain('working day 2');
});

it('names each line at its end, none over another', () => {
  const { texts, all } = drawn('toDate', rows);
  expect(texts()).toEqual(
    expect.arrayContaining(['FY26 Q1  $8.0\u00a0M', 'FY26 Q2  $8.1\u00a0M', 'FY26 Q3  $5.0\u00a0M']),
  );
  const heights = all('text')
    .filter((text) => text.textContent!.startsWith('FY26'))
    .map((text) => Number(/,([\d.]+)\)/.exec(text.getAttribute('transform')!)![1]))
    .sort((a, b) => a - b);
  heights.slice(1).forEach((height, at) => expect(height - heights[at]!).toBeGreaterThan(14));
});

it('keeps the day of today and the names of lines within a phone', () => {
  const long = Array.from({ length: 60 }, (_, at) => 1e4 * (at + 1));
  const { all } = drawn('toDate', [...course('2027-Q2', long), ...course('2027-Q4', [312_000], true)], 328);
  const found = (start: string) => all('text').find((text) => text.textContent!.startsWith(start))!;
  const x = (text: Element) => Number(/\(([\d.]+),/.exec(text.getAttribute('transform')!)![1]);
  const day = found('working day 1');
  expect(day.closest('[text-anchor]')!.getAttribute('text-anchor')).toBe('start');
  const name = found('FY27 Q4');
  // A letter of this size is about seven pixels broad.
  expect(x(name) + 7 * name.textContent!.length).toBeLessThan(328);
});
