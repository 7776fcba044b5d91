import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdays } from '../configuration/configuration.ts';
import { parseConfiguration } from '../configuration/readConfiguration.ts';
import { fiscalPeriods, type FiscalPeriod } from './fiscalCalendar.ts';
import { modelled } from './modelled.fixture.ts';

const day = 86_400_000;
const days = ({ startsOn, endsOn }: FiscalPeriod) => (Date.parse(endsOn) - Date.parse(startsOn)) / day;

const calendars = fc.record({
  fiscalYearStart: fc.integer({ min: 1, max: 12 }),
  calendar: fc.constantFrom('months', '4-4-5', '4-5-4', '5-4-4'),
  weekStart: fc.constantFrom(...weekdays),
  fiscalYearEnd: fc.constantFrom('nearest', 'last'),
  week53: fc.integer({ min: 1, max: 12 }),
  fiscalYearNamedBy: fc.constantFrom('start', 'end'),
} as const);

const spans = fc
  .tuple(fc.integer({ min: 1990, max: 2060 }), fc.integer({ min: 0, max: 8 }))
  .map(([year, years]) => [`${year}-01-01`, `${year + years}-12-31`] as const);

const ofKind = (periods: FiscalPeriod[], kind: FiscalPeriod['kind']) =>
  periods.filter((p) => p.kind === kind);

/** A calendar in which weeks do not begin where the year does, named as written. */
const plain = (over: object) => ({
  fiscalYearStart: 1,
  calendar: 'months' as const,
  weekStart: 'monday' as const,
  fiscalYearEnd: 'nearest' as const,
  week53: 12,
  fiscalYearNamedBy: 'end' as const,
  ...over,
});

const named = (periods: FiscalPeriod[], period: string) =>
  periods.filter((p) => p.period === period).map((p) => [p.startsOn, p.endsOn]);

describe('the fiscal calendar', () => {
  it('tiles the days with years, with quarters and with months: no gap, no overlap', () => {
    fc.assert(
      fc.property(calendars, spans, (calendar, [from, to]) => {
        const periods = fiscalPeriods(calendar, from, to);
        for (const kind of ['year', 'quarter', 'month'] as const) {
          const tiles = ofKind(periods, kind);
          tiles.slice(1).forEach((tile, index) => expect(tile.startsOn).toBe(tiles[index]!.endsOn));
          expect(tiles.every((tile) => tile.startsOn < tile.endsOn)).toBe(true);
          expect(tiles[0]!.startsOn <= from && tiles.at(-1)!.endsOn > to).toBe(true);
          expect(new Set(tiles.map((tile) => tile.period)).size).toBe(tiles.length);
        }
      }),
    );
  });

  it('nests: a year begins and ends with its quarters, a quarter with its months', () => {
    fc.assert(
      fc.property(calendars, spans, (calendar, [from, to]) => {
        const periods = fiscalPeriods(calendar, from, to);
        const years = ofKind(periods, 'year');
        const quarters = ofKind(periods, 'quarter');
        const months = ofKind(periods, 'month');
        years.forEach((year, index) => {
          expect(quarters[index * 4]!.startsOn).toBe(year.startsOn);
          expect(quarters[index * 4 + 3]!.endsOn).toBe(year.endsOn);
          expect(quarters[index * 4]!.fiscalYear).toBe(year.fiscalYear);
        });
        quarters.forEach((quarter, index) => {
          expect(months[index * 3]!.startsOn).toBe(quarter.startsOn);
          expect(months[index * 3 + 2]!.endsOn).toBe(quarter.endsOn);
        });
      }),
    );
  });

  it('counts whole weeks in a 52/53-week year, the 53rd in the month configured, and begins where it should', () => {
    const weekly = calendars.filter(({ calendar }) => calendar !== 'months');
    fc.assert(
      fc.property(weekly, spans, (calendar, [from, to]) => {
        const periods = fiscalPeriods(calendar, from, to);
        const months = ofKind(periods, 'month');
        const allWeeks = ofKind(periods, 'week');
        const weeks = calendar.calendar.split('-').map(Number);
        ofKind(periods, 'year').forEach((year, index) => {
          expect([52 * 7, 53 * 7]).toContain(days(year));
          const extra = days(year) / 7 - 52;
          const lengths = months.slice(index * 12, index * 12 + 12).map((month) => days(month) / 7);
          const usual = [...weeks, ...weeks, ...weeks, ...weeks];
          expect(lengths).toEqual(usual.map((n, month) => n + (month + 1 === calendar.week53 ? extra : 0)));
          const own = allWeeks.filter(({ fiscalYear }) => fiscalYear === year.fiscalYear);
          expect(own).toHaveLength(52 + extra);
          expect(own.at(-1)).toMatchObject({
            period: `${year.fiscalYear}-W${52 + extra}`,
            endsOn: year.endsOn,
          });
          const begins = new Date(year.startsOn);
          expect(weekdays[begins.getUTCDay()]).toBe(calendar.weekStart);
          // Days from the first of its month: nearest to it, or the last such weekday by then.
          const away = [-1, 0, 1]
            .map((years) => Date.UTC(begins.getUTCFullYear() + years, calendar.fiscalYearStart - 1, 1))
            .map((first) => (begins.getTime() - first) / day)
            .sort((a, b) => Math.abs(a) - Math.abs(b))[0]!;
          const [earliest, latest] = calendar.fiscalYearEnd === 'nearest' ? [-3, 3] : [-6, 0];
          expect(away).toBeGreaterThanOrEqual(earliest);
          expect(away).toBeLessThanOrEqual(latest);
        });
      }),
    );
  });

  it('puts every day into one week, and the week into one month, quarter and year', () => {
    const weekly = calendars.filter(({ calendar }) => calendar !== 'months');
    fc.assert(
      fc.property(
        weekly,
        fc.date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true }),
        (calendar, date) => {
          const today = date.toISOString().slice(0, 10);
          const periods = fiscalPeriods(calendar, today, today);
          const around = (['week', 'month', 'quarter', 'year'] as const).map((kind) =>
            ofKind(periods, kind).filter(({ startsOn, endsOn }) => startsOn <= today && today < endsOn),
          );
          expect(around.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
          around.slice(1).forEach(([outer], at) => {
            const inner = around[at]![0]!;
            expect(outer!.startsOn <= inner.startsOn && inner.endsOn <= outer!.endsOn).toBe(true);
            expect(outer!.fiscalYear).toBe(inner.fiscalYear);
          });
        },
      ),
    );
  });

  it('names a year by its end or its start', () => {
    const february = (fiscalYearNamedBy: 'start' | 'end') =>
      fiscalPeriods(plain({ fiscalYearStart: 2, fiscalYearNamedBy }), '2026-01-31', '2026-02-01');
    expect(named(february('end'), '2026-Q4')).toEqual([['2025-11-01', '2026-02-01']]);
    expect(named(february('start'), '2025-Q4')).toEqual([['2025-11-01', '2026-02-01']]);
    const january = (fiscalYearNamedBy: 'start' | 'end') =>
      named(fiscalPeriods(plain({ fiscalYearNamedBy }), '2026-05-01', '2026-05-02'), '2026');
    expect(january('end')).toEqual([['2026-01-01', '2027-01-01']]);
    expect(january('start')).toEqual(january('end'));
  });

  it('is the retail calendar of 2023, which has 53 weeks', () => {
    // National Retail Federation: 2023 runs from 29 January 2023 to 3 February 2024, a 4-5-4 year.
    const retail = plain({
      fiscalYearStart: 2,
      calendar: '4-5-4',
      weekStart: 'sunday',
      fiscalYearNamedBy: 'start',
    });
    const periods = fiscalPeriods(retail, '2023-01-01', '2024-12-31');
    expect(named(periods, '2023')).toEqual([['2023-01-29', '2024-02-04']]);
    expect(named(periods, '2023-M02')).toEqual([['2023-02-26', '2023-04-02']]);
    expect(named(periods, '2024')).toEqual([['2024-02-04', '2025-02-02']]);
  });
});

describe('the first day of a year, as configured', () => {
  const read = (text: string) => parseConfiguration(text, 'holdfast.yaml');
  const year = (text: string) => {
    const { fiscalYearStart, weekStart, fiscalYearEnd } = read(text);
    return { fiscalYearStart, weekStart, fiscalYearEnd };
  };

  it('says the month, the weekday and by which rule years end', () => {
    // The National Retail Federation's 2023, and Apple's 2023, whose years end on the last Saturday of September.
    expect(year('calendar: 4-5-4\nfiscal_year_start: 2023-01-29')).toEqual({
      fiscalYearStart: 2,
      weekStart: 'sunday',
      fiscalYearEnd: 'nearest',
    });
    expect(year('fiscal_year_start: 2022-09-25\ncalendar: 4-4-5')).toEqual({
      fiscalYearStart: 10,
      weekStart: 'sunday',
      fiscalYearEnd: 'last',
    });
    expect(year('fiscal_year_start: 2023-01-29\ncalendar: 4-5-4\nfiscal_year_end: last').fiscalYearEnd).toBe(
      'last',
    );
    expect(year('fiscal_year_start: 2026-02-01').fiscalYearStart).toBe(2);
  });

  it('begins a year on that day, whichever it is, and no year between', () => {
    const weekly = calendars.filter(({ calendar }) => calendar !== 'months');
    fc.assert(
      fc.property(weekly, spans, fc.boolean(), ({ week53: _, ...calendar }, [from, to], saysRule) => {
        const made = ofKind(fiscalPeriods({ ...calendar, week53: 12 }, from, to), 'year');
        const rule = saysRule ? `fiscal_year_end: ${calendar.fiscalYearEnd}\n` : '';
        const settings = read(
          `calendar: ${calendar.calendar}\n${rule}fiscal_year_named_by: ${calendar.fiscalYearNamedBy}
fiscal_year_start: ${made[0]!.startsOn}`,
        );
        const again = ofKind(fiscalPeriods(settings, from, to), 'year');
        expect(again.map(({ startsOn }) => startsOn)).toContain(made[0]!.startsOn);
        if (saysRule) expect(again).toEqual(made);
      }),
    );
  });

  it.each([
    ['fiscal_year_start: 2026-02-03', 1, /months|first day/],
    ['calendar: 4-4-5\nfiscal_year_start: 2026-02-09', 2, /52\/53-week year/],
    ['calendar: 4-4-5\nweek_start: monday\nfiscal_year_start: 2026-02-01', 3, /monday/],
    ['calendar: 4-4-5\nfiscal_year_end: last\nfiscal_year_start: 2026-02-03', 3, /last/],
    ['week_53: 13', 1, /1 to 12/],
  ])('is refused where it cannot be one: %s', (text, line, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(message),
        place: { file: 'holdfast.yaml', line },
      }),
    );
  });

  it("is Apple's: 2023 had 53 weeks, the extra one in its first quarter", () => {
    // Form 10-K 2023: fiscal 2023 ended 30 September 2023 and spanned 53 weeks, the 14th week was added to the first quarter.
    const apple = read(
      'calendar: 5-4-4\nfiscal_year_start: 2021-09-26\nfiscal_year_end: last\nweek_53: 3\nfiscal_year_named_by: end',
    );
    const periods = fiscalPeriods(apple, '2021-10-01', '2024-10-31');
    expect(named(periods, '2022')).toEqual([['2021-09-26', '2022-09-25']]);
    expect(named(periods, '2023')).toEqual([['2022-09-25', '2023-10-01']]);
    expect(named(periods, '2023-Q1')).toEqual([['2022-09-25', '2023-01-01']]);
    expect(named(periods, '2024')).toEqual([['2023-10-01', '2024-09-29']]);
  });
});

describe('a day in the fiscal calendar', () => {
  it('has one place, and its working day within the quarter', async () => {
    const { rows } = await modelled(
      { deal: [{ deal_id: 'd', closed_on: '2026-04-30', amount: 1 }] },
      'fiscal_year_start: 2',
    );
    expect(
      await rows('select count(*)::integer as n, count(distinct day)::integer as days from core.fiscal_day'),
    ).toEqual(
      await rows(
        `select (max(ends_on) - min(starts_on))::integer as n, (max(ends_on) - min(starts_on))::integer as days
         from meta.fiscal_period`,
      ),
    );
    const found = await rows(
      `select day, fiscal_quarter, business_day_of_quarter::integer as nth, business_days_in_quarter::integer as of_days
       from core.fiscal_day where day in ('2026-02-01', '2026-02-02', '2026-04-30', '2026-05-01') order by day`,
    );
    // 1 February 2026 is a Sunday; from it to 30 April there are 64 days that are neither Saturday nor Sunday.
    const quarter = { fiscal_quarter: '2027-Q1', of_days: 64 };
    expect(found).toEqual([
      { day: '2026-02-01', nth: 0, ...quarter },
      { day: '2026-02-02', nth: 1, ...quarter },
      { day: '2026-04-30', nth: 64, ...quarter },
      { day: '2026-05-01', nth: 1, fiscal_quarter: '2027-Q2', of_days: 66 },
    ]);
  });

  it('is no business day on a holiday, and knows how many come after it in its quarter', async () => {
    const { rows } = await modelled(
      { deal: [{ deal_id: 'd', closed_on: '2026-12-31', amount: 1 }] },
      'holidays: [2026-12-25, 2026-12-28, 2026-12-27]',
    );
    expect(
      await rows(
        `select day, is_business_day, business_days_left::integer as left, business_days_in_quarter::integer as of_days
         from core.fiscal_day where day between '2026-12-23' and '2026-12-31' order by day`,
      ),
    ).toEqual(
      // 66 weekdays from 1 October to 31 December 2026; Friday 25 and Monday 28 are off, Sunday 27 would be anyway.
      [
        ['2026-12-23', true, 4],
        ['2026-12-24', true, 3],
        ['2026-12-25', false, 3],
        ['2026-12-26', false, 3],
        ['2026-12-27', false, 3],
        ['2026-12-28', false, 3],
        ['2026-12-29', true, 2],
        ['2026-12-30', true, 1],
        ['2026-12-31', true, 0],
      ].map(([day, is_business_day, left]) => ({ day, is_business_day, left, of_days: 64 })),
    );
  });
});
