import type { Configuration } from '../configuration/configuration.ts';

export interface FiscalPeriod {
  kind: 'year' | 'quarter' | 'month';
  /** `2026`, `2026-Q3`, `2026-M08`: numbered within the fiscal year. */
  period: string;
  fiscalYear: number;
  /** Half-open, ISO dates. */
  startsOn: string;
  endsOn: string;
}

type Calendar = Pick<Configuration, 'fiscalYearStart' | 'calendar' | 'weekStart' | 'fiscalYearNamedBy'>;

const weekday = { sunday: 0, monday: 1, saturday: 6 };
const day = 86_400_000;

const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/** First day of the fiscal year that begins in this calendar year. */
function yearStart(calendarYear: number, calendar: Calendar): number {
  const first = Date.UTC(calendarYear, calendar.fiscalYearStart - 1, 1);
  if (calendar.calendar === 'months') return first;
  // A 52/53-week year begins on the week's first day nearest to the first of its month.
  const ahead = (weekday[calendar.weekStart] - new Date(first).getUTCDay() + 7) % 7;
  return first + (ahead <= 3 ? ahead : ahead - 7) * day;
}

/** The thirteen boundaries of the year's twelve months. */
function monthBounds(calendarYear: number, calendar: Calendar): number[] {
  if (calendar.calendar === 'months')
    return Array.from({ length: 13 }, (_, month) =>
      Date.UTC(calendarYear, calendar.fiscalYearStart - 1 + month, 1),
    );
  const weeks = calendar.calendar.split('-').map(Number);
  const bounds = [yearStart(calendarYear, calendar)];
  for (let month = 0; month < 12; month += 1) bounds.push(bounds[month]! + weeks[month % 3]! * 7 * day);
  // Week 53, in the years that have one, belongs to the last month.
  bounds[12] = yearStart(calendarYear + 1, calendar);
  return bounds;
}

/**
 * Fiscal years, quarters and months that cover `from` to `to` (ISO dates). A year takes the number of the
 * calendar year in which it ends, or starts, as configured; one that begins in January is the same by both.
 */
export function fiscalPeriods(calendar: Calendar, from: string, to: string): FiscalPeriod[] {
  const periods: FiscalPeriod[] = [];
  const last = Number(to.slice(0, 4)) + 1;
  for (let year = Number(from.slice(0, 4)) - 2; year <= last; year += 1) {
    const bounds = monthBounds(year, calendar);
    const namedByEnd = calendar.fiscalYearNamedBy === 'end' && calendar.fiscalYearStart > 1;
    const fiscalYear = namedByEnd ? year + 1 : year;
    const add = (kind: FiscalPeriod['kind'], period: string, first: number, end: number) =>
      periods.push({ kind, period, fiscalYear, startsOn: iso(bounds[first]!), endsOn: iso(bounds[end]!) });
    add('year', String(fiscalYear), 0, 12);
    for (let quarter = 0; quarter < 4; quarter += 1)
      add('quarter', `${fiscalYear}-Q${quarter + 1}`, quarter * 3, quarter * 3 + 3);
    for (let month = 0; month < 12; month += 1)
      add('month', `${fiscalYear}-M${String(month + 1).padStart(2, '0')}`, month, month + 1);
  }
  return periods;
}
