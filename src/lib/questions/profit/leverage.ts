import { repSeen } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type Answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { addDays } from '../../metrics/span.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { wholeQuarters } from '../motions/horizons.ts';
import { exactly } from '../waterfall/onInvoice.ts';
import { statedMonths } from './statedMonths.ts';

/** What one percent of price does to operating profit. Amounts in the reporting currency, shares from 0 to 1. */
export interface Leverage {
  answered: Answer;
  /** The days whose periods of the income statement are summed, as requests write them. */
  period: string;
  /** Fiscal months of it, the first and the last, and how many the periods cover. */
  months: { first: string; last: string; n: number };
  /** They are all of a year. */
  isYear: boolean;
  /** Periods of the income statement whose revenue and profit are known. */
  periods: number;
  revenue: number;
  profit: number;
  /** 1% of revenue: what 1% of price brings if no sale is lost for it. */
  gain: number;
  /** Share of revenue that is paid as commission; null where no plan of pay is loaded. */
  commission: number | null;
  /** Share of revenue that goes to partners and customers as rebates and channel funds; null where none is loaded. */
  partners: number | null;
  /** What is left of the gain once commission, rebates and funds have taken their part. */
  kept: number;
  /** kept ÷ profit; null where there is no profit to set it against. */
  leverage: number | null;
}

/** What others found 1% of price to do to operating profit, volume held. */
export const published = [
  {
    leverage: 0.111,
    by: 'Marn & Rosiello 1992',
    of: 'average of 2,463 companies',
    source: 'Managing Price, Gaining Profit, Harvard Business Review 70(5)',
  },
  {
    leverage: 0.08,
    by: 'Marn, Roegner & Zawada 2003',
    of: 'average of the S&P 1500',
    source: 'The Power of Pricing, McKinsey Quarterly 1',
  },
] as const;

/** The year up to the end of what is asked about: four whole quarters, or those that there are. */
function yearOf(warehouse: Warehouse, asking: Asking) {
  const quarters = wholeQuarters(warehouse, asking).slice(-4);
  const [first, last] = [quarters[0], quarters.at(-1)];
  return first && last
    ? {
        from: first.starts_on,
        to: last.ends_on,
        period: `${first.starts_on}..${addDays(last.ends_on, -1)}`,
      }
    : null;
}

/** Commission on bookings, weighted by what each rep sold, by the plan that held last in the span; null without plans. */
async function commissionOf(
  warehouse: Warehouse,
  { from, to }: { from: string; to: string },
  scope: Scope,
): Promise<number | null> {
  const seen = repSeen(scope, 'deal.rep_id');
  const [found] = await warehouse.remember(`commission ${JSON.stringify([from, to, scope])}`, () =>
    warehouse.rows<{ share: number | null }>(
      `with plan as (
         select person_id, base_rate::double / 100 as share from core.compensation_plan
         where period_start < $to::date and base_rate is not null
         qualify row_number() over (partition by person_id order by period_start desc) = 1
       )
       select sum(deal.net_amount_base::double * plan.share) / sum(deal.net_amount_base::double) as share
       from marts.fact_deal deal join plan on plan.person_id = deal.rep_id
       where deal.is_won and deal.closed_on >= $from::date and deal.closed_on < $to::date
         and deal.net_amount_base is not null and ${seen.test}`,
      { from, to, ...seen.parameters },
    ),
  );
  return found?.share ?? null;
}

/** Months in which periods of the income statement begin, whatever is asked. */
async function monthsBegun(warehouse: Warehouse): Promise<string[]> {
  const found = await warehouse.remember('periods of the income statement', () =>
    warehouse.rows<{ month: string }>(
      'select distinct fiscal_month as month from marts.fact_income where fiscal_month is not null',
    ),
  );
  return found.map(({ month }) => month);
}

/** The sum of a measure over rows of some months; null where none of them knows it. */
function sumOf(rows: readonly AnswerRow[], id: string, months: readonly string[]): number | null {
  const known = rows.flatMap((row) => {
    const amount = row[id];
    return typeof amount === 'number' && months.includes(String(row.fiscal_month)) ? [amount] : [];
  });
  return known.length === 0 ? null : exactly(known.reduce((sum, amount) => sum + amount, 0));
}

/**
 * Change of operating profit for 1% of price with volume held, of the last four whole quarters up to what is asked
 * about, less what scales with price: commission, rebates and channel funds (after Marn & Rosiello 1992). Only periods
 * whose revenue and profit are known count, and what was given back in their months. The income statement is the
 * company's: null where the reader filters or sees less than all, or where none is loaded.
 */
export async function leverage(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Leverage | null> {
  const year = yearOf(warehouse, asking);
  if (year === null || asking.filters.length > 0 || scope.kind !== 'everything') return null;
  const ask = (measures: string[]) =>
    answer(
      warehouse,
      requestOf(alone(asking), { measures, by: ['fiscal_month'], period: year.period, filters: [] }),
      scope,
    );
  const [answered, given, commission, began] = await Promise.all([
    ask(['revenue', 'operating_profit']),
    ask(['rebates', 'channel_funds']),
    commissionOf(warehouse, year, scope),
    monthsBegun(warehouse),
  ]);
  const calendar = warehouse.periods.filter(({ kind }) => kind === 'month');
  const { periods, months, isYear } = statedMonths({
    calendar: calendar.map(({ period }) => period),
    year: calendar
      .filter(({ starts_on: start }) => start >= year.from && start < year.to)
      .map(({ period }) => period),
    began,
    known: answered.rows
      .filter((row) => row.revenue !== null && row.operating_profit !== null)
      .map((row) => String(row.fiscal_month)),
  });
  const revenue = sumOf(answered.rows, 'revenue', periods);
  const profit = sumOf(answered.rows, 'operating_profit', periods);
  if (revenue === null || profit === null || !(revenue > 0)) return null;
  const funds = ['rebates', 'channel_funds'].flatMap((id) => sumOf(given.rows, id, months) ?? []);
  const partners = funds.length === 0 ? null : funds.reduce((sum, amount) => sum + amount, 0) / revenue;
  const gain = revenue / 100;
  const kept = gain * (1 - (commission ?? 0) - (partners ?? 0));
  const [first, last] = [months[0]!, months.at(-1)!];
  const dayOf = (month: string) => calendar.find(({ period }) => period === month)!;
  return {
    ...{ answered, revenue, profit, gain, commission, partners, kept, isYear },
    period: `${dayOf(first).starts_on}..${addDays(dayOf(last).ends_on, -1)}`,
    months: { first, last, n: months.length },
    periods: periods.length,
    leverage: profit > 0 ? kept / profit : null,
  };
}
