import type { Asking } from '../../asking/asking.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

const DAY = 86_400_000;
/** Days of a quarter, on average. */
const QUARTER = 365.25 / 4;

/** Quarters between the first and the last close of what is asked for, so that loads can be told by the quarter. */
export async function inPeriod(warehouse: Warehouse, { span }: Asking): Promise<number> {
  const [row] = await warehouse.remember('first and last close', () =>
    warehouse.rows<{ first: string | null; last: string | null }>(
      `select min(closed_on)::varchar as first, max(closed_on)::varchar as last from marts.fact_deal where is_won`,
    ),
  );
  if (!row?.first || !row.last) return 1;
  const from = span?.from && span.from > row.first ? span.from : row.first;
  const to = span?.to && span.to < row.last ? span.to : row.last;
  return Math.max(1, (Date.parse(to) - Date.parse(from)) / DAY / QUARTER);
}
