import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const quarter = (
  period: string,
  discount: number | null,
  rate: number | null,
  before: number | null,
  is_open = false,
) => ({
  period,
  discount,
  discount_rate: rate,
  rate_before: before,
  is_open,
});

const rows = [
  quarter('2025-Q3', 2e6, 0.15, null),
  quarter('2025-Q4', null, null, null),
  quarter('2026-Q1', 3e6, 0.16, 0.14),
  quarter('2026-Q2', 4e6, 0.183, 0.15, true),
];

it('stands the dollars under the rates, quarter under quarter', () => {
  const { all, numbers } = drawn('spendTrend', rows);
  expect(all('svg')).toHaveLength(2);
  const starts = numbers('rect', 'x');
  // Plot moves the group of dots by half a band, so both count from where the quarter's band begins.
  expect(numbers('circle', 'cx')).toEqual(starts);
  const [first, second] = numbers('rect', 'height');
  expect(first! / second!).toBeCloseTo(2 / 3, 6);
});

it('draws no mark for a quarter that is not known', () => {
  const { all } = drawn('spendTrend', rows);
  expect(all('rect')).toHaveLength(3);
  expect(all('circle')).toHaveLength(3);
});

it('names the last rate, the year before and where years begin', () => {
  const { texts, titles } = drawn('spendTrend', rows);
  expect(texts()).toEqual(
    expect.arrayContaining(['18.3%', 'the year before', '$4.0\u00a0M', 'Q3FY25', 'Q1FY26', 'Q2']),
  );
  expect(titles()).toEqual(
    expect.arrayContaining(['FY26 Q2: $4.0\u00a0M so far', 'FY26 Q2: 18.3%, the year before 15.0%']),
  );
});

it('sets the last amount clear of the bar before where bars are slim', () => {
  const many = Array.from({ length: 12 }, (_, at) => quarter(`20${24 + at}-Q1`, 1e6, 0.1, null));
  const { all, texts } = drawn('spendTrend', [...many, quarter('2040-Q1', 312_000, 0.1, null, true)], 328);
  expect(texts()).toContain('$312\u00a0K');
  const last = all('text').find((text) => text.textContent === '$312\u00a0K')!;
  expect(last.closest('[text-anchor]')!.getAttribute('text-anchor')).toBe('start');
});
