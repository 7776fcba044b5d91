import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fiscalPeriods, type FiscalPeriod } from './fiscalCalendar.ts';
import { modelled } from './modelled.fixture.ts';

const day = 86_400_000;
const days = ({ startsOn, endsOn }: FiscalPeriod) => (Date.parse(endsOn) - Date.parse(startsOn)) / day;

const calendars = fc.record({
  fiscalYearStart: fc.integer({ min: 1, max: 12 }),
  calendar: fc.constantFrom('months', '4-4-5', '4-5-4', '5-4-4'),
  weekStart: fc.constantFrom('monday', 'sunday', 'saturday'),
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

  it('counts whole weeks in a 52/53-week year, the 53rd in its last month, and begins near its month', () => {
    const weekly = calendars.filter(({ calendar }) => calendar !== 'months');
    fc.assert(
      fc.property(weekly, spans, (calendar, [from, to]) => {
        const periods = fiscalPeriods(calendar, from, to);
        const months = ofKind(periods, 'month');
        const weeks = calendar.calendar.split('-').map(Number);
        ofKind(periods, 'year').forEach((year, index) => {
          expect([52 * 7, 53 * 7]).toContain(days(year));
          const extra = days(year) / 7 - 52;
          const lengths = months.slice(index * 12, index * 12 + 12).map((month) => days(month) / 7);
          const usual = [...weeks, ...weeks, ...weeks, ...weeks];
          expect(lengths).toEqual(usual.map((n, month) => n + (month === 11 ? extra : 0)));
          const begins = new Date(year.startsOn);
          expect(begins.getUTCDay()).toBe({ sunday: 0, monday: 1, saturday: 6 }[calendar.weekStart]);
          const firsts = [-1, 0, 1].map((offset) =>
            Date.UTC(begins.getUTCFullYear() + offset, calendar.fiscalYearStart - 1, 1),
          );
          const nearest = Math.min(...firsts.map((first) => Math.abs(first - begins.getTime()) / day));
          expect(nearest).toBeLessThanOrEqual(3);
        });
      }),
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
});
