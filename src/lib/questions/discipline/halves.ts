import type { Asking } from '../../asking/asking.ts';
import { alone } from '../../asking/asking.ts';
import { addDays } from '../../metrics/span.ts';

/** Ours: what lasts is looked for in so many years at least, to the end of the period asked for. */
const YEARS = 3;

/**
 * What is asked, over time enough to tell what lasts: the period asked for where it has two years or more, else the
 * three years to its end. Luck and habit look alike within one quarter.
 */
export function longEnough(asking: Asking): Asking {
  const { span } = asking;
  if (!span?.to) return alone(asking);
  const day = (years: number) =>
    `${Number(span.to!.slice(0, 4)) - years}${span.to!.slice(4)}`.replace('-02-29', '-02-28');
  if (span.from === null || span.from <= day(2)) return alone(asking);
  const [from, to] = [day(YEARS), span.to];
  return { ...alone(asking), period: `${from}..${addDays(to, -1)}`, span: { from, to, period: null } };
}

/**
 * SQL of the side of the split that a deal is on: fiscal half-years in turn, so that a good year, a new price list or
 * a slow change are on both sides alike. `quarter` is SQL of its fiscal quarter, as `2026-Q3`.
 */
export const sideOf = (quarter: string) =>
  `((left(${quarter}::varchar, 4)::integer * 2 + (right(${quarter}::varchar, 1)::integer - 1) // 2) % 2)::integer`;
