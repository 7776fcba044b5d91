import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const rows = [
  { period: '2026-Q4', forecast: 900, actual: 1000 },
  { period: '2027-Q1', forecast: 3000, actual: 2000 },
  { period: '2027-Q2', forecast: 500, actual: null },
];

it('sets a dot for what was forecast beside a bar for what was won', () => {
  const { numbers, titles } = drawn('forecastCourse', rows);
  const [first, second] = numbers('rect', 'height');
  expect(second! / first!).toBeCloseTo(2, 6);
  const tops = numbers('rect', 'y');
  const dots = numbers('circle', 'cy');
  expect(dots).toHaveLength(3);
  // Below the top of its bar where less was forecast, above where more was.
  expect(dots[0]!).toBeGreaterThan(tops[0]!);
  expect(dots[1]!).toBeLessThan(tops[1]!);
  expect(titles()).toContain('FY27 Q1: forecast $3,000, won $2,000, 50% too high');
});

it('leaves a quarter under way open', () => {
  const { titles, all } = drawn('forecastCourse', rows);
  expect(titles()).toContain('FY27 Q2: forecast $500, not over yet');
  expect(all('circle').map((dot) => dot.getAttribute('fill'))).toEqual([
    'var(--accent)',
    'var(--accent)',
    'none',
  ]);
});
