import { BadRequest } from '../../metrics/badRequest.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** One limit: the most that somebody may grant alone. Null role, family or segment: any. */
export interface Limit {
  role: string | null;
  product_family: string | null;
  segment: string | null;
  binds: 'line' | 'deal';
  /** Percent of list. */
  max_rate: number | null;
  /** In the reporting currency. */
  max_amount: number | null;
  valid_from: string | null;
  valid_to: string | null;
  /** Whether it holds on the day of the newest export. */
  is_current: boolean;
}

/** Every limit that is known, those that hold today first. */
export const policy = (warehouse: Warehouse): Promise<Limit[]> =>
  warehouse.remember('policy', () =>
    warehouse.rows<Limit>(
      `select role, product_family, segment, binds, max_rate, max_amount, valid_from::varchar as valid_from,
         valid_to::varchar as valid_to,
         coalesce(valid_from <= $today::date, true) and coalesce(valid_to > $today::date, true) as is_current
       from core.approval_limit
       order by is_current desc, coalesce(max_rate, 101), role nulls first, product_family nulls first, segment nulls first,
         binds, core.approval_limit.valid_from`,
      { today: warehouse.build.data_on },
    ),
  );

/** What tells each limit from the others that hold today; of several for the same, each has its number. */
export function limitKeys(limits: readonly Limit[]): string[] {
  const seen = new Map<string, number>();
  return limits.map(({ role, product_family: family, segment, binds }) => {
    const key = [role ?? '', family ?? '', segment ?? '', binds].join('|');
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before === 0 ? key : `${key}|${before + 1}`;
  });
}

const parts = { of: 'limit_of', rate: 'limit_rate', amount: 'limit_amount' } as const;

function numberOf(text: string | undefined, name: string, most: number): number | null {
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text.replaceAll(',', ''));
  if (!(value >= 0 && value <= most))
    throw new BadRequest(name, `"${text}" is not a number from 0 to ${most}.`);
  return value;
}

/**
 * Today's limits as an address changes them: each `limit_of` names one, with the `limit_rate` and `limit_amount` at the
 * same place. A limit that is named with neither is lifted. Throws BadRequest for what is no limit or no number.
 */
export function changedPolicy(current: readonly Limit[], search: URLSearchParams): Limit[] {
  const keys = search.getAll(parts.of);
  const rates = search.getAll(parts.rate);
  const amounts = search.getAll(parts.amount);
  const known = limitKeys(current);
  for (const key of keys)
    if (!known.includes(key)) throw new BadRequest(parts.of, `No limit that holds today is "${key}".`, known);
  return current.map((limit, place) => {
    const at = keys.indexOf(known[place]!);
    if (at < 0) return limit;
    return {
      ...limit,
      max_rate: numberOf(rates[at], parts.rate, 100),
      max_amount: numberOf(amounts[at], parts.amount, 1e12),
    };
  });
}

/** Whether the address changes any limit. */
export const isChanged = (current: readonly Limit[], changed: readonly Limit[]): boolean =>
  current.some(
    (limit, at) => limit.max_rate !== changed[at]!.max_rate || limit.max_amount !== changed[at]!.max_amount,
  );
