import { expect, test } from 'vitest';
import {
  addMonths,
  day,
  instant,
  iso,
  lastBusinessDays,
  quarter,
  quarterName,
  quarterStart,
} from './calendar.ts';

test('days and their names are inverse', () => {
  for (const text of ['2024-02-29', '2026-11-16', '2027-01-31']) expect(iso(day(text))).toBe(text);
});

test('fiscal quarters start in February and are named by the year they end in', () => {
  expect(quarterName(quarter(day('2024-02-01')))).toBe('2025-Q1');
  expect(quarterName(quarter(day('2025-01-31')))).toBe('2025-Q4');
  expect(quarterName(quarter(day('2026-11-15')))).toBe('2027-Q4');
  expect(iso(quarterStart(quarter(day('2026-12-24'))))).toBe('2026-11-01');
});

test('instants agree with the time zone database', () => {
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  for (const text of ['2025-04-30', '2025-01-31', '2026-03-09', '2026-11-02', '2025-10-31', '2024-03-10'])
    expect(local.format(new Date(instant(day(text), 84_600)))).toBe(`${text} 23:30:00`);
});

test('months are added with the end of the month kept inside', () => {
  expect(iso(addMonths(day('2025-01-31'), 1))).toBe('2025-02-28');
  expect(iso(addMonths(day('2024-11-15'), 12))).toBe('2025-11-15');
});

test('the last ten business days of a quarter that ends on a Saturday', () => {
  expect(iso(lastBusinessDays(quarter(day('2026-01-31')), 10))).toBe('2026-01-19');
});
