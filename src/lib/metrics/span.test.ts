import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequest } from './badRequest.ts';
import { addDays, comparisonSpan, readSpan } from './span.ts';

const quarter = (year: number, number: number, starts_on: string, ends_on: string) => ({
  kind: 'quarter' as const,
  period: `${year}-Q${number}`,
  starts_on,
  ends_on,
});
/** A fiscal year from February, named by its end. */
const periods = [
  { kind: 'year' as const, period: '2025', starts_on: '2024-02-01', ends_on: '2025-02-01' },
  { kind: 'year' as const, period: '2026', starts_on: '2025-02-01', ends_on: '2026-02-01' },
  quarter(2025, 1, '2024-02-01', '2024-05-01'),
  quarter(2025, 2, '2024-05-01', '2024-08-01'),
  quarter(2025, 3, '2024-08-01', '2024-11-01'),
  quarter(2025, 4, '2024-11-01', '2025-02-01'),
  quarter(2026, 1, '2025-02-01', '2025-05-01'),
];

const read = (text: string) => readSpan(text, periods, 'period');

describe('a period', () => {
  it('is a fiscal one by its name, with or without FY', () => {
    expect(read('2026-Q1')).toEqual({ from: '2025-02-01', to: '2025-05-01', period: '2026-Q1' });
    expect(read('fy2026')).toEqual({ from: '2025-02-01', to: '2026-02-01', period: '2026' });
  });

  it('includes both days of a span, and may be open at either end', () => {
    expect(read('2025-02-01..2026-01-31')).toEqual({ from: '2025-02-01', to: '2026-02-01', period: null });
    expect(read('..2024-02-28')).toEqual({ from: null, to: '2024-02-29', period: null });
    expect(read('2024-02-29..')).toEqual({ from: '2024-02-29', to: null, period: null });
  });

  it.each([
    '2026-Q5',
    'last week',
    '..',
    '2025-02-30x..',
    '2026-02-31..',
    '2026-01-02..2026-01-01',
    "'; drop table x --",
  ])('refuses %s and names the parameter', (text) => {
    expect(() => read(text)).toThrow(BadRequest);
    expect(() => read(text)).toThrow(expect.objectContaining({ parameter: 'period' }));
  });
});

describe('a comparison', () => {
  const compare = (how: string, text: string) => comparisonSpan(how, read(text), periods);

  it('goes to the fiscal period before, or the same one a year earlier', () => {
    expect(compare('previous', '2026-Q1')?.period).toBe('2025-Q4');
    expect(compare('year_ago', '2026-Q1')?.period).toBe('2025-Q1');
    expect(compare('previous', '2026')?.period).toBe('2025');
    expect(compare('previous', '2025')).toBeNull();
  });

  it('goes as many days back for a span of days', () => {
    expect(compare('previous', '2025-03-01..2025-03-10')).toEqual({
      from: '2025-02-19',
      to: '2025-03-01',
      period: null,
    });
    expect(compare('year_ago', '2024-02-29..2024-02-29')).toEqual({
      from: '2023-02-28',
      to: '2023-03-01',
      period: null,
    });
  });

  it('cannot be made with what has an open end', () => {
    expect(() => compare('previous', '2025-03-01..')).toThrow(BadRequest);
  });
});

describe('days', () => {
  it('add up, whatever the date', () => {
    const date = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((value) => value.toISOString().slice(0, 10));
    fc.assert(
      fc.property(date, fc.integer({ min: -2000, max: 2000 }), (day, days) => {
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect((Date.parse(addDays(day, days)) - Date.parse(day)) / 86_400_000).toBe(days);
      }),
    );
  });
});
