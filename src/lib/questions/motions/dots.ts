import { alone, dealsHref, requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { wholeQuarters } from './horizons.ts';
import { growthOf, type Growth } from './motionTable.ts';
import { numberIn } from './retention.ts';

/** Small expansions that a link names one by one; of more it opens all expansions, the smallest first: ours. */
const NAMED = 60;

export interface Dots {
  /** Small expansions in the span asked about, and all that was booked. */
  net: number;
  deals: number;
  bookings: number;
  /** Net of all expansions. */
  expansions: number;
  growth: Growth;
  /** The deals behind it, and how they are asked for. */
  href: string;
  filters: Filter[];
}

const expanding: Filter = { dimension: 'motion', not: false, kind: 'one of', values: ['expand'] };

/** Small expansions: how much of the bookings they are, and how they grow; null where nothing expands. */
export async function dots(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Dots | null> {
  const measures = ['little_dots', 'little_dot_deals', 'net_amount'];
  const filters = [...asking.filters, expanding];
  const [now, course, all, each] = await Promise.all([
    answer(warehouse, requestOf(alone(asking), { measures, filters }), scope),
    answer(
      warehouse,
      requestOf(alone(asking), { measures, filters, by: ['fiscal_quarter'], period: null }),
      scope,
    ),
    answer(warehouse, requestOf(alone(asking), { measures: ['net_amount'] }), scope),
    answer(
      warehouse,
      requestOf(alone(asking), { measures: ['little_dots'], filters, by: ['deal_id'], limit: NAMED + 1 }),
      scope,
    ),
  ]);
  const expansions = numberIn(now.totals, 'net_amount') ?? 0;
  if (!(expansions > 0)) return null;
  const at = new Map(
    course.rows.map((row) => [
      row.fiscal_quarter,
      { net: numberIn(row, 'little_dots') ?? 0, deals: numberIn(row, 'little_dot_deals') ?? 0 },
    ]),
  );
  const first = course.rows.map(({ fiscal_quarter: quarter }) => String(quarter)).toSorted()[0]!;
  const small = each.rows.map((row) => String(row.deal_id));
  const whole = dealsHref(asking, { motion: 'expand' });
  const named = dealsHref(asking, { motion: 'expand', deal_id: small });
  return {
    filters,
    href: small.length === 0 ? whole : small.length > NAMED ? `${whole}&sort=net_amount` : named,
    net: numberIn(now.totals, 'little_dots') ?? 0,
    deals: numberIn(now.totals, 'little_dot_deals') ?? 0,
    bookings: numberIn(all.totals, 'net_amount') ?? 0,
    expansions,
    growth: growthOf(
      wholeQuarters(warehouse, asking)
        .filter(({ period }) => period >= first)
        .map(({ period }) => at.get(period)),
    ),
  };
}
