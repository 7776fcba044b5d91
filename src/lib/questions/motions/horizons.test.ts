import { expect, it } from 'vitest';
import { lastYear } from './horizons.ts';

it('makes a year of the last four quarters only where they follow on each other', () => {
  const quarters = (...periods: string[]) => periods.map((period) => ({ period }));
  const calendar = quarters('2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4');
  expect(lastYear(calendar, calendar)).toEqual(calendar.slice(2));
  // Data that end before the calendar does are of the year that they end in.
  expect(lastYear(calendar.slice(0, 5), calendar)).toEqual(calendar.slice(1, 5));
  expect(lastYear(quarters('2025-Q3', '2025-Q4', '2026-Q1', '2026-Q3'), calendar)).toBeNull();
  expect(lastYear(calendar.slice(3), calendar)).toBeNull();
});
