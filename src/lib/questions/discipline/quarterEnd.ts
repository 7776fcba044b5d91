import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { gapAtEnd, shareAtEnd, type GapAtEnd, type ShareAtEnd } from '../../statistics/quarterEnd.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { minimumEffectOf } from '../coaching/effects.ts';
import { askedKey, soldDeals } from './dealRates.ts';

/** The last business days of a quarter that are looked at, as metrics name them. */
export const LAST_DAYS = 10;
/** Ours: a tenth of bookings moved is the least worth acting on. */
const WORTH_ACTING = 0.1;
/** Ours: with fewer reps, deals are taken for what goes together. */
const FEWEST_REPS = 10;
/** The gap is fitted to so many deals at most, the same ones each time. */
const MOST_DEALS = 10_000;

export interface EndDay {
  /** Business days of the quarter that come after. */
  left: number;
  net: number;
  deals: number;
  own_list: number;
  own_discount: number;
}

export interface QuarterEnd {
  days: EndDay[];
  quarters: number;
  deals: number;
  lateDeals: number;
  /** Null where nothing was booked in a quarter that is over. */
  booked: ShareAtEnd | null;
  /** The same with every deal counting once. */
  bookedDeals: ShareAtEnd | null;
  /** What is given away more at discretion, and, beside it, by programmes. */
  own: GapAtEnd;
  programme: GapAtEnd;
  /** List of late deals at discretion, in a year: what a point more costs. */
  lateListAYear: number;
  clusteredBy: 'rep' | 'deal';
}

interface Cell {
  kind: 'booked' | 'mix' | 'day';
  cluster: string | null;
  expected: number | null;
  is_late: boolean | null;
  levels: string | null;
  days_left: number | null;
  quarter: string | null;
  n: number;
  amount: number;
  squares: number;
  rates: number | null;
  own_n: number;
  programme_rates: number | null;
  programme_n: number;
  own_list: number;
  own_discount: number;
}

/** Quarters that are over, and that the data were kept from the beginning of: earlier ones are known in part. */
const cellsSql = (sold: string) => `with ${sold},
  reps as (select count(distinct rep_id) as n from sold),
  first as (select min(closed_on) as day from marts.fact_deal where is_won),
  whole as (
    select *, business_days_left < ${LAST_DAYS} as is_late,
      ${LAST_DAYS} / business_days_in_quarter as expected,
      if(reps.n >= ${FEWEST_REPS}, coalesce(rep_id, 'nobody'), deal_id) as cluster,
      case when own_list > 0 then own_discount / own_list end as own_rate,
      case when programme_list > 0 then programme_discount / programme_list end as programme_rate,
      to_json([coalesce(segment, ''), coalesce(deal_type::varchar, ''), family,
        coalesce(floor(2 * log10(nullif(greatest(1, coalesce(list_amount_base, net_amount_base)), 0)))::varchar, ''),
        fiscal_quarter::varchar])::varchar as levels,
      greatest(1, count(*) over () // ${MOST_DEALS}) as every_so_many
    from sold cross join reps cross join first
    where quarter_ends_on <= $today::date and quarter_starts_on >= first.day - 14 and net is not null
  )
  select 'booked' as kind, cluster, expected, is_late, null as levels, null as days_left, fiscal_quarter::varchar as quarter,
    count(*) as n, sum(greatest(net, 0)) as amount, sum(net * net) as squares,
    null as rates, 0 as own_n, null as programme_rates, 0 as programme_n, 0 as own_list, 0 as own_discount
  from whole group by all
  union all
  select 'mix', cluster, null, is_late, levels, null, null, count(*), 0, 0, sum(own_rate), count(own_rate),
    sum(programme_rate), count(programme_rate), 0, 0
  from whole where hash(deal_id) % every_so_many = 0 group by all
  union all
  select 'day', null, null, is_late, null, business_days_left, null, count(*), sum(net), 0, null, 0, null, 0,
    sum(own_list), sum(own_discount)
  from whole group by all
  order by all`;

function mixGap(cells: Cell[], kind: 'own' | 'programme', ownLevels: boolean, worthActing: number): GapAtEnd {
  const rates = kind === 'own' ? 'rates' : 'programme_rates';
  const known = cells.filter((cell) => cell[`${kind}_n`] > 0);
  const of = (isLate: boolean) =>
    known.reduce((sum, cell) => sum + (cell.is_late === isLate ? cell[`${kind}_n`] : 0), 0);
  const few = Math.min(of(true), of(false)) < MINIMUM_DEALS;
  return gapAtEnd(
    few
      ? []
      : known.map((cell) => ({
          cluster: cell.cluster!,
          levels: JSON.parse(cell.levels!) as string[],
          isLate: cell.is_late!,
          deals: cell[`${kind}_n`],
          rates: cell[rates]!,
        })),
    { ownLevels, worthActing },
  );
}

function shareOf(cells: Cell[], deals: number, of: (cell: Cell) => { amount: number; squares: number }) {
  if (deals < MINIMUM_DEALS) return null;
  return shareAtEnd(
    cells.map((cell) => ({
      ...of(cell),
      cluster: cell.cluster!,
      expected: cell.expected!,
      isLate: cell.is_late!,
    })),
    WORTH_ACTING,
  );
}

/**
 * Bookings and discounts in the last ten business days of fiscal quarters against the days before. Only quarters that
 * are over count. Null where no deal closed in one.
 */
export function quarterEnd(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<QuarterEnd | null> {
  return warehouse.remember(`quarter end ${askedKey(asking, scope)}`, async () => {
    const { sql, parameters } = soldDeals(warehouse, asking, scope);
    const cells = await warehouse.rows<Cell>(cellsSql(sql), {
      ...parameters,
      today: warehouse.build.data_on,
    });
    const booked = cells.filter(({ kind }) => kind === 'booked');
    if (booked.length === 0) return null;
    const mix = cells.filter(({ kind }) => kind === 'mix');
    const days = cells.filter(({ kind }) => kind === 'day');
    const clusters = new Set(booked.map(({ cluster }) => cluster));
    const deals = booked.reduce((sum, { n }) => sum + n, 0);
    const clusteredBy = clusters.size < deals ? 'rep' : 'deal';
    const quarters = new Set(booked.map(({ quarter }) => quarter)).size;
    const worthActing = minimumEffectOf(warehouse, 'discount_rate');
    const late = days.filter(({ is_late: isLate }) => isLate);
    return {
      days: days.map(({ days_left: left, amount: net, n, own_list, own_discount }) => ({
        ...{ left: left!, net, deals: n, own_list, own_discount },
      })),
      ...{ quarters, deals, clusteredBy },
      lateDeals: late.reduce((sum, { n }) => sum + n, 0),
      booked: shareOf(booked, deals, ({ amount, squares }) => ({ amount, squares })),
      bookedDeals: shareOf(booked, deals, ({ n }) => ({ amount: n, squares: n })),
      own: mixGap(mix, 'own', clusteredBy === 'rep', worthActing),
      programme: mixGap(mix, 'programme', clusteredBy === 'rep', worthActing),
      lateListAYear: (late.reduce((sum, { own_list: list }) => sum + list, 0) * 4) / quarters,
    };
  });
}
