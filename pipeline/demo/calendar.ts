/** Days are whole numbers since 1970-01-01. The fiscal year starts on 1 February. */

const FIRST = 17_000; // 2016-07-18
const FIRST_YEAR = 2016;
const DAYS = 7_000;

const isoDays: string[] = [];
const quarterOf = new Int16Array(DAYS);
const offsetHours = new Int8Array(DAYS);
const monthOf = new Int16Array(DAYS);
const monthStarts: number[] = [];
const two: string[] = [];

/** 'YYYY-MM-DD' to a day number. */
export function day(text: string): number {
  return Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10)) / 86_400_000;
}

/** Day number to 'YYYY-MM-DD'. */
export function iso(value: number): string {
  return isoDays[value - FIRST]!;
}

/** Fiscal quarter as a running number: 4 × fiscal year + quarter − 1, years named by their end. */
export function quarter(value: number): number {
  return quarterOf[value - FIRST]!;
}

/** '2027-Q4', the fiscal year named by its end. */
export function quarterName(q: number): string {
  return `${Math.floor(q / 4)}-Q${(q % 4) + 1}`;
}

/** First day of a fiscal quarter. */
export function quarterStart(q: number): number {
  return monthStarts[(Math.floor(q / 4) - 1 - FIRST_YEAR) * 12 + 1 + (q % 4) * 3]!;
}

/** The same day of a later (or earlier) month, or that month's last day. */
export function addMonths(value: number, months: number): number {
  const month = monthOf[value - FIRST]!;
  const dayInMonth = value - monthStarts[month]!;
  return Math.min(monthStarts[month + months]! + dayInMonth, monthStarts[month + months + 1]! - 1);
}

/** 0 is Monday. */
export function weekday(value: number): number {
  return (value + 3) % 7;
}

const lastDays = new Map<number, number>();

/** The day on which the last `n` Mondays to Fridays of a quarter begin. */
export function lastBusinessDays(q: number, n: number): number {
  const known = lastDays.get(q * 100 + n);
  if (known !== undefined) return known;
  let value = quarterStart(q + 1);
  for (let left = n; left > 0;) {
    value--;
    if (weekday(value) < 5) left--;
  }
  lastDays.set(q * 100 + n, value);
  return value;
}

/** An instant of a New York day, `seconds` after local midnight, in UTC as Salesforce writes it. */
export function instant(value: number, seconds: number): string {
  let utc = seconds + offsetHours[value - FIRST]! * 3600;
  let on = value;
  if (utc >= 86_400) {
    utc -= 86_400;
    on++;
  }
  const hour = Math.floor(utc / 3600);
  const minute = Math.floor((utc - hour * 3600) / 60);
  return `${iso(on)}T${two[hour]}:${two[minute]}:${two[utc % 60]}.000Z`;
}

/** Seconds since 1970 at noon UTC of a day: Stripe's kind of instant, on the same day in New York. */
export function epoch(value: number): number {
  return value * 86_400 + 43_200;
}

function nthSunday(year: number, month: number, nth: number): number {
  const first = Date.UTC(year, month, 1) / 86_400_000;
  return first + ((13 - weekday(first)) % 7) + (nth - 1) * 7;
}

for (let month = 0; month < 21 * 12; month++) monthStarts.push(Date.UTC(FIRST_YEAR, month, 1) / 86_400_000);
for (let i = 0; i < 60; i++) two.push(String(i).padStart(2, '0'));
for (let i = 0; i < DAYS; i++) {
  const date = new Date((FIRST + i) * 86_400_000);
  const year = date.getUTCFullYear();
  isoDays.push(date.toISOString().slice(0, 10));
  monthOf[i] = (year - FIRST_YEAR) * 12 + date.getUTCMonth();
  quarterOf[i] = Math.floor((year * 12 + date.getUTCMonth() - 1) / 3) + 4;
  // Good from the morning on: nothing here happens in the night hours in which the clocks change.
  const summer = FIRST + i >= nthSunday(year, 2, 2) && FIRST + i < nthSunday(year, 10, 1);
  offsetHours[i] = summer ? 4 : 5;
}
