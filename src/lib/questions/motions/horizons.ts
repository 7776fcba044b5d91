import type { Asking } from '../../asking/asking.ts';
import { addDays } from '../../metrics/span.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface Horizon {
  id: 'quarter' | 'year' | 'three_years';
  /** "over a quarter" */
  label: string;
  quarters: number;
  /** As requests write it; null where the calendar does not reach back so far. */
  period: string | null;
}

const lengths = [
  { id: 'quarter', label: 'A quarter', quarters: 1 },
  { id: 'year', label: 'A year', quarters: 4 },
  { id: 'three_years', label: 'Three years', quarters: 12 },
] as const;

/** The whole quarters up to the end of what is asked about, oldest first: one under way is none. */
export function wholeQuarters(warehouse: Warehouse, { span }: Pick<Asking, 'span'>) {
  const { data_on: today } = warehouse.build;
  const end = span?.to != null && span.to < today ? span.to : today;
  return warehouse.periods.filter(({ kind, ends_on }) => kind === 'quarter' && ends_on <= end);
}

/** A quarter, a year and three years, all ending with the last whole quarter of what is asked about. */
export function horizons(warehouse: Warehouse, asking: Pick<Asking, 'span'>): Horizon[] {
  const quarters = wholeQuarters(warehouse, asking);
  return lengths.map((length) => {
    const [first, last] = [quarters.at(-length.quarters), quarters.at(-1)];
    const period =
      first === undefined || last === undefined
        ? null
        : length.quarters === 1
          ? last.period
          : `${first.starts_on}..${addDays(last.ends_on, -1)}`;
    return { ...length, period };
  });
}

/** The last four of some quarters where they follow on each other in the calendar; null where they are no year. */
export function lastYear<T extends { period: string }>(
  quarters: readonly T[],
  calendar: readonly { period: string }[],
): T[] | null {
  const last = quarters.slice(-4);
  const places = last.map(({ period }) => calendar.findIndex((quarter) => quarter.period === period));
  return last.length === 4 && places.every((place, at) => place === places[0]! + at) ? last : null;
}
