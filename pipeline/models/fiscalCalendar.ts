import { weekdays, type Configuration } from '../configuration/configuration.ts';

export interface FiscalPeriod {
  kind: 'year' | 'quarter' | 'month' | 'week';
  /** `2026`, `2026-Q3`, `2026-M08`, `2026-W33`: numbered within the fiscal year. */
  period: string;
  fiscalYear: number;
  /** Half-open, ISO dates. */
  startsOn: string;
  endsOn: string;
}

type Calendar = Pick<
  Configuration,
  'fiscalYearStart' | 'calendar' | 'weekStart' | 'fiscalYearEnd' | 'week53' | 'fiscalYearNamedBy'
>;

const day = 86_400_000;
const week = 7 * day;

const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/** First day of the fiscal year that begins in this calendar year. */
function yearStart(calendarYear: number, calendar: Calendar): number {
  const first = Date.UTC(calendarYear, calendar.fiscalYearStart - 1, 1);
  if (calendar.calendar === 'months') return first;
  // A 52/53-week year begins on the week's first day nearest to the first of its month, or the last one by then.
  const ahead = (weekdays.indexOf(calendar.weekStart) - new Date(first).getUTCDay() + 7) % 7;
  const mostAhead = calendar.fiscalYearEnd === 'nearest' ? 3 : 0;
  return first + (ahead <= mostAhead ? ahead : ahead - 7) * day;
}

/** 52 or 53. */
const weeksOf = (calendarYear: number, calendar: Calendar) =>
  (yearStart(calendarYear + 1, calendar) - yearStart(calendarYear, calendar)) / week;

/** The thirteen boundaries of the year's twelve months. */
function monthBounds(calendarYear: number, calendar: Calendar): number[] {
  if (calendar.calendar === 'months')
    return Array.from({ length: 13 }, (_, month) =>
      Date.UTC(calendarYear, calendar.fiscalYearStart - 1 + month, 1),
    );
  const weeks = calendar.calendar.split('-').map(Number);
  const bounds = [yearStart(calendarYear, calendar)];
  const extra = weeksOf(calendarYear, calendar) - 52;
  for (let month = 0; month < 12; month += 1) {
    const long = month + 1 === calendar.week53 ? extra : 0;
    bounds.push(bounds[month]! + (weeks[month % 3]! + long) * week);
  }
  return bounds;
}

const twoDigits = (number: number) => String(number).padStart(2, '0');

function addWeeks(periods: FiscalPeriod[], fiscalYear: number, [first, ...bounds]: number[]): void {
  const end = bounds.at(-1)!;
  for (let [at, number] = [first!, 1]; at < end; at += week, number += 1)
    periods.push({
      kind: 'week',
      period: `${fiscalYear}-W${twoDigits(number)}`,
      fiscalYear,
      startsOn: iso(at),
      endsOn: iso(at + week),
    });
}

/**
 * Fiscal years, quarters and months that cover `from` to `to` (ISO dates), and the weeks of 52/53-week years: the others
 * have none of their own. A year takes the number of the calendar year in which it ends, or starts, as configured; one
 * that begins in January is the same by both.
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
      add('month', `${fiscalYear}-M${twoDigits(month + 1)}`, month, month + 1);
    if (calendar.calendar !== 'months') addWeeks(periods, fiscalYear, bounds);
  }
  return periods;
}
