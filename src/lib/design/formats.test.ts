import { describe, expect, it } from 'vitest';
import * as f from './formats.ts';

const NB = '\u00a0';

describe('money', () => {
  it('is whole, grouped and in its own currency', () => {
    expect(f.money(4213907.4, 'USD')).toBe('$4,213,907');
    expect(f.money('1812000.50', 'EUR')).toBe('€1,812,001');
    expect(f.money(1234, 'SEK')).toBe(`SEK${NB}1,234`);
  });

  it('keeps cents beyond what a float can hold', () => {
    expect(f.moneyToTheCent('90071992547409931.07', 'USD')).toBe('$90,071,992,547,409,931.07');
    expect(f.moneyToTheCent(5, 'JPY')).toBe('¥5');
    expect(f.amountToTheCent('-0.1')).toBe('−0.10');
  });

  it('writes a real minus, a plus on request, and no sign on zero', () => {
    expect(f.money(-12, 'USD')).toBe('−$12');
    expect(f.money(611040, 'USD', { signed: true })).toBe('+$611,040');
    expect(f.money(-0.2, 'USD', { signed: true })).toBe('$0');
    expect(f.amount(-0.2)).toBe('0');
  });

  it.each([
    [4213907, `$4.2${NB}million`],
    [23_031_440, `$23.0${NB}million`],
    [611_040, '$611,000'],
    [999_499, '$999,000'],
    [999_500, `$1.0${NB}million`],
    [999_500_000, `$1.0${NB}billion`],
    [412_300_000, `$412${NB}million`],
    [740.2, '$740'],
    [-1_250_000, `−$1.3${NB}million`],
    [0, '$0'],
  ])('says %d as %s', (value, said) => expect(f.moneyInWords(value, 'USD')).toBe(said));

  it('shortens with a letter in key figures', () => {
    expect(f.moneyShort(4213907, 'USD')).toBe(`$4.2${NB}M`);
    expect(f.moneyShort(176_400, 'GBP', { signed: true })).toBe('+£176,000');
  });
});

describe('rates and points', () => {
  it('come from fractions', () => {
    expect(f.rate(0.18296)).toBe('18.3%');
    expect(f.points(0.0187)).toBe(`+1.9${NB}pts`);
    expect(f.points(-0.021)).toBe(`−2.1${NB}pts`);
    expect(f.points(-0.0002)).toBe(`0.0${NB}pts`);
    expect(f.pointsInterval(-0.034, -0.008)).toBe('−3.4 to −0.8');
  });
});

describe('counts', () => {
  it('agree with their noun', () => {
    expect(f.count(1, 'deal')).toBe('1 deal');
    expect(f.count(4120n, 'deal')).toBe('4,120 deals');
    expect(f.count(0, 'entry', 'entries')).toBe('0 entries');
    expect(f.days(-3)).toBe('−3 days');
  });
});

describe('dates', () => {
  it('stay on their day in any time zone', () => {
    expect(f.date('2026-11-21')).toBe('21 Nov 2026');
    expect(f.date('2026-01-01T23:59:59-11:00')).toBe('1 Jan 2026');
    expect(f.month('2026-09')).toBe('Sep 2026');
    expect([f.monthName(1), f.monthName(12)]).toEqual(['January', 'December']);
  });

  it('put an instant on the clocks of the place', () => {
    expect(f.dateAndTime('2026-11-21T12:02:00Z', 'America/New_York')).toBe('21 Nov 2026, 07:02');
    expect(f.dateAndTime('2026-11-21T12:02:00Z')).toBe('21 Nov 2026, 12:02');
  });

  it.each(['2026-02-30', '21/11/2026', '', '2026-13-01'])('refuse %j', (text) =>
    expect(() => f.date(text)).toThrow(RangeError),
  );
});

describe('periods', () => {
  it.each([
    ['2026-Q3', 'FY26 Q3'],
    ['2026', 'FY26'],
    ['2026-11', 'Nov 2026'],
    ['2025-02-01..2026-01-31', '1 Feb 2025 – 31 Jan 2026'],
    ['2025-02-01..', 'from 1 Feb 2025'],
    ['..2025-02-01', 'to 1 Feb 2025'],
  ])('%s is %s', (id, label) => expect(f.period(id)).toBe(label));

  it('leave out the year that was just said', () => {
    expect(f.periodBeside('2026-Q2', '2026-Q3')).toBe('Q2');
    expect(f.periodBeside('2025-Q4', '2026-Q1')).toBe('FY25 Q4');
  });
});

describe('what is not known', () => {
  it('is said, never a zero', () => {
    for (const unit of ['money', 'rate', 'points', 'count', 'days', 'date', 'text'] as const)
      expect(f.format(null, unit, { currency: 'USD' })).toBe('—');
  });

  it('is an error where nothing was said at all', () => {
    expect(() => f.money(NaN, 'USD')).toThrow(RangeError);
    expect(() => f.rate(Infinity)).toThrow(RangeError);
    expect(() => f.money('1,5', 'USD')).toThrow(TypeError);
    expect(() => f.format(5, 'money')).toThrow(TypeError);
  });
});

it('writes counts on average to the tenth', () => {
  expect(f.format(36.94, 'tenths')).toBe('36.9');
  expect(f.format(44, 'tenths')).toBe('44.0');
});

describe('money in tight places', () => {
  it('writes thousands as K, and the rest as usual', () => {
    expect(f.moneyTight(-456_321, 'USD', { signed: true })).toBe('\u2212$456\u00a0K');
    expect(f.moneyTight(9_800, 'USD')).toBe('$9,800');
    expect(f.moneyTight(999_700, 'USD')).toBe(f.moneyShort(999_700, 'USD'));
    expect(f.moneyTight(null, 'USD')).toBe('\u2014');
  });
});
