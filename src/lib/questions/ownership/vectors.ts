import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { weightedShare } from '../../statistics/weightedShare.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { rowsAsked } from './asked.ts';

/** How long a segment's new business takes: median days from created to won. */
export interface Cycle {
  segment: string | null;
  deals: number;
  days: number;
  interval: Interval;
}

/** How a segment's customers grow: the share of won expansion that is new sales, by dollars. */
export interface Growth {
  segment: string | null;
  deals: number;
  share: number | null;
  interval: Interval | null;
  net: number;
  /** Share of the net whose source says what drove it; the rest is told by deal type. */
  told: number;
}

/**
 * The length of the sales cycle by segment, of new business won in the period. The interval of the median is that of
 * order statistics (Conover 1999, "Practical Nonparametric Statistics", section 3.2), large-sample ranks.
 */
export async function cycles(warehouse: Warehouse, asked: Asking, scope: Scope): Promise<Cycle[]> {
  // New business is what is measured, whatever deal type the rest of the page is narrowed to.
  const filters = asked.filters.filter(({ dimension }) => dimension !== 'deal_type');
  const { sql, parameters } = rowsAsked({ ...asked, filters }, 'deal', scope, [
    'is_won',
    "deal_type = 'new'",
    'cycle_days is not null',
  ]);
  const rows = await warehouse.remember(`cycles ${sql} ${JSON.stringify(parameters)}`, () =>
    warehouse.rows<{ segment: string | null; deals: number; days: number; low: number; high: number }>(
      `with ranked as (
         select segment, cycle_days, row_number() over (partition by segment order by cycle_days) as place,
           count(*) over (partition by segment) as n
         from ${sql}
       )
       select segment, any_value(n)::double as deals, median(cycle_days)::double as days,
         max(cycle_days) filter (place <= greatest(1, floor(n / 2 - 0.98 * sqrt(n))))::double as low,
         min(cycle_days) filter (place >= least(n, ceil(n / 2 + 1 + 0.98 * sqrt(n))))::double as high
       from ranked group by segment order by segment`,
      parameters,
    ),
  );
  return rows.map(({ low, high, ...row }) => ({ ...row, interval: { low, high } }));
}

/** How much of expansion is "more of the same" and how much "new sales", by segment (document 002). */
export async function growths(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  features: 'same' | 'new',
): Promise<Growth[]> {
  const won = rowsAsked(asking, 'handling', scope, [
    'is_won',
    "activity in ('upsell', 'cross_sell')",
    'net_amount_base > 0',
  ]);
  const fresh = `coalesce(new_base, 0) + case when $features = 'new' then coalesce(feature_base, 0) else 0 end`;
  const rows = await warehouse.remember(
    `growths ${won.sql} ${JSON.stringify([won.parameters, features])}`,
    () =>
      warehouse.rows<{
        segment: string | null;
        deals: number;
        fresh: number;
        net: number;
        squares: number;
        told: number;
      }>(
        `select segment, count(*)::double as deals, sum(${fresh})::double as fresh,
         sum(net_amount_base)::double as net, sum(net_amount_base::double ** 2) as squares,
         coalesce(sum(told_base), 0)::double as told
       from ${won.sql} group by segment order by segment`,
        { ...won.parameters, features },
      ),
  );
  return rows.map(({ segment, deals, fresh: hits, net, squares, told }) => ({
    segment,
    deals,
    net,
    share: net > 0 ? Math.min(1, Math.max(0, hits / net)) : null,
    interval: weightedShare(hits, net, squares),
    told: net > 0 ? told / net : 0,
  }));
}
