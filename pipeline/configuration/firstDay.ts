import { weekdays, type Configuration } from './configuration.ts';

type YearSettings = Pick<Configuration, 'fiscalYearStart' | 'weekStart' | 'fiscalYearEnd'>;

/** What the configuration says of the year beside its first day; undefined where it says nothing. */
interface Said {
  calendar: Configuration['calendar'];
  weekStart?: Configuration['weekStart'];
  fiscalYearEnd?: Configuration['fiscalYearEnd'];
}

/**
 * What the first day of any one fiscal year (an ISO date) says of all of them: the month at whose beginning they begin,
 * the weekday, and by which of the two rules of 52/53-week years they end (26 U.S.C. § 441(f)): on the weekday nearest
 * to the end of a month, or on the last one in it. Where both rules give that day, the nearest one, unless said
 * otherwise. A text says what such a day would have to be.
 */
export function yearOfFirstDay(day: string, said: Said): YearSettings | string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const ofMonth = date.getUTCDate();
  const month = date.getUTCMonth() + 1;
  const { calendar, weekStart, fiscalYearEnd } = said;
  if (calendar === 'months')
    return ofMonth === 1
      ? { fiscalYearStart: month, weekStart: weekStart ?? 'monday', fiscalYearEnd: 'nearest' }
      : 'a month from 1 to 12, or the first day of one: other days begin years of a 4-4-5, 4-5-4 or 5-4-4 calendar';
  const own = weekdays[date.getUTCDay()]!;
  if (weekStart && weekStart !== own)
    return `a day on which a week begins, which is ${weekStart} by week_start`;
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), month, 0)).getUTCDate();
  // Days from the first of the month at whose beginning the year begins: from 6 before it to 3 after it.
  const away = ofMonth <= 4 ? ofMonth - 1 : ofMonth - 1 - daysInMonth;
  const fits = { nearest: away >= -3 && away <= 3, last: away >= -6 && away <= 0 };
  const rule = fiscalYearEnd ?? (fits.nearest ? 'nearest' : 'last');
  if (!fits[rule])
    return fiscalYearEnd
      ? `the first day of a year that ends by fiscal_year_end: ${fiscalYearEnd}`
      : 'the first day of a 52/53-week year: at most three days after the first of a month, or six before it';
  return { fiscalYearStart: away < 0 ? (month % 12) + 1 : month, weekStart: own, fiscalYearEnd: rule };
}
