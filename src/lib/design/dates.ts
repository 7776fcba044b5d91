/** Stands in a cell where a value is not known. */
export const UNKNOWN = '—';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Year, month and day of an ISO date; throws a RangeError for a day no calendar has. */
function parsed(iso: string): { year: number; month: string; day: number } {
  const [, y, m, d] = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]|$)/.exec(iso) ?? [];
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  const found = new Date(Date.UTC(year, month - 1, day));
  if (y === undefined || found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day)
    throw new RangeError(`not a date: ${JSON.stringify(iso)}`);
  return { year, month: MONTHS[month - 1]!, day };
}

/** `21 Nov 2026` from '2026-11-21'; what follows the day is left out, no time zone moves it. */
export function date(iso: string | null): string {
  if (iso === null) return UNKNOWN;
  const { year, month, day } = parsed(iso);
  return `${day} ${month} ${year}`;
}

/** `Nov 2026` from '2026-11' or '2026-11-21'. */
export function month(iso: string): string {
  const found = parsed(iso.length === 7 ? `${iso}-01` : iso);
  return `${found.month} ${found.year}`;
}

const monthNames = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' });

/** `February` from 2. */
export const monthName = (number: number): string => monthNames.format(Date.UTC(2000, number - 1, 1));

/** A clock takes longer to set up than to read. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, clock);
  return clock;
}

/** `21 Nov 2026, 07:02` from an instant with its offset, on the clocks of `timeZone`. */
export function dateAndTime(iso: string | null, timeZone = 'UTC'): string {
  if (iso === null) return UNKNOWN;
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) throw new RangeError(`not an instant: ${JSON.stringify(iso)}`);
  const local = clockOf(timeZone).format(instant);
  return `${date(local)}, ${local.slice(11)}`;
}

/** `FY26 Q3` from '2026-Q3', `FY26` from '2026', `Nov 2026` from '2026-11', two dates from 'FROM..TO'. */
export function period(id: string): string {
  const [, year, part] = /^\d\d(\d\d)(?:-(Q[1-4]|[MP]\d\d?|H[12]))?$/.exec(id) ?? [];
  if (year !== undefined) return part === undefined ? `FY${year}` : `FY${year} ${part}`;
  if (/^\d{4}-\d\d$/.test(id)) return month(id);
  const [from, to] = id.split('..');
  if (to === undefined) return id;
  if (!from && !to) return 'all time';
  if (!from) return `to ${date(to)}`;
  return to === '' ? `from ${date(from)}` : `${date(from)} – ${date(to)}`;
}

/** The period as said beside `beside`: `Q2` beside '2026-Q3', but `FY25 Q3`. */
export function periodBeside(id: string, beside: string): string {
  const quarter = /^(\d{4})-(Q[1-4])$/.exec(id);
  return quarter && beside.startsWith(`${quarter[1]}-Q`) ? quarter[2]! : period(id);
}
