import { BadRequest } from './badRequest.ts';

/** A stretch of days; either end may be open. `to` is the day after the last. */
export interface Span {
  from: string | null;
  to: string | null;
  /** Set when the span is a fiscal year, quarter, month or week. */
  period: string | null;
}

interface FiscalPeriod {
  kind: 'year' | 'quarter' | 'month' | 'week';
  period: string;
  starts_on: string;
  ends_on: string;
}

/** Whether the text is a day that there is: 31 February is none. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day `days` after (or before) an ISO date. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

const spanOf = ({ period, starts_on, ends_on }: FiscalPeriod): Span => ({
  from: starts_on,
  to: ends_on,
  period,
});

/**
 * Reads `2026`, `2026-Q3`, `2026-M08`, `2026-W33` or `2025-02-01..2026-01-31` (both days included, either may be left
 * out) by the build's fiscal calendar.
 */
export function readSpan(text: string, periods: readonly FiscalPeriod[], parameter: string): Span {
  const name = /^FY/i.test(text) ? text.slice(2) : text;
  const fiscal = periods.find(({ period }) => period === name.toUpperCase());
  if (fiscal) return spanOf(fiscal);
  const [first, last, more] = text.split('..');
  if (last !== undefined && more === undefined && (first || last)) {
    const ends = [first, last].filter(Boolean) as string[];
    if (ends.every(isDate)) {
      if (ends.length === 2 && ends[0]! > ends[1]!)
        throw new BadRequest(parameter, `"${text}" ends before it begins.`);
      return { from: first || null, to: last ? addDays(last, 1) : null, period: null };
    }
  }
  const known = periods
    .filter(({ kind }) => kind === 'year' || kind === 'quarter')
    .map(({ period }) => period);
  throw new BadRequest(parameter, `"${text}" is not a period of the calendar.`, [
    ...known,
    '2026-M08',
    '2025-02-01..2026-01-31',
  ]);
}

function before(span: Span, periods: readonly FiscalPeriod[]): Span | null {
  const at = periods.find(({ period }) => period === span.period);
  if (!at) return null;
  const alike = periods.filter(({ kind }) => kind === at.kind);
  const earlier = alike[alike.indexOf(at) - 1];
  return earlier ? spanOf(earlier) : null;
}

/** The period of the same number a year earlier; the 53rd week has none in most years. */
function sameOfYearBefore(name: string, periods: readonly FiscalPeriod[]): Span | null {
  const earlier = `${Number(name.slice(0, 4)) - 1}${name.slice(4)}`;
  const found = periods.find(({ period }) => period === earlier);
  return found ? spanOf(found) : null;
}

function yearEarlier(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year! - 1, month!, 0)).getUTCDate();
  return `${year! - 1}-${String(month).padStart(2, '0')}-${String(Math.min(day!, last)).padStart(2, '0')}`;
}

/**
 * The span to compare with. `previous` is the fiscal period before, or as many days before; `year_ago` the
 * same fiscal period or the same dates a year earlier. Null where the calendar has none.
 */
export function comparisonSpan(compare: string, span: Span, periods: readonly FiscalPeriod[]): Span | null {
  if (compare === 'previous') {
    if (span.period) return before(span, periods);
    if (!span.from || !span.to)
      throw new BadRequest('compare', 'There is nothing before a span with an open end.');
    const days = (Date.parse(span.to) - Date.parse(span.from)) / 86_400_000;
    return { from: addDays(span.from, -days), to: span.from, period: null };
  }
  if (compare === 'year_ago') {
    if (span.period) return sameOfYearBefore(span.period, periods);
    if (!span.from || !span.to)
      throw new BadRequest('compare', 'There is no year before a span with an open end.');
    return { from: yearEarlier(span.from), to: yearEarlier(span.to), period: null };
  }
  return readSpan(compare, periods, 'compare');
}
