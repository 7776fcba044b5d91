import { requestOf } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { atLead, leadTimes, type ForecastChoice } from './choice.ts';

export interface Share {
  value: number | null;
  interval: Interval | null;
  n: number;
}

export interface LeadSlippage {
  weeks: number;
  due: number;
  slipped: Share;
  /** Of the dollars due. */
  byAmount: number | null;
}

export interface Pushed {
  /** Times put off; 3 stands for three and more. */
  pushes: number;
  deals: number;
  won: Share;
}

export interface Conversion {
  category: string;
  weeks: number;
  won: Share;
  byAmount: number | null;
  lost: number | null;
}

const number = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : null);

/** Deals appear once a quarter; a share's interval takes them as independent, which a deal due in several is not quite. */
function shareOf(value: number | null, n: number): Share {
  if (value === null || n === 0) return { value: null, interval: null, n };
  return { value, interval: wilson(Math.min(n, Math.round(value * n)), n), n };
}

const isDue: Filter = { dimension: 'is_due', not: false, kind: 'one of', values: ['true'] };

/** At each lead time, how many of the deals due in their quarter were neither won nor lost in it. */
export async function slippage(
  warehouse: Warehouse,
  { asking }: ForecastChoice,
  scope: Scope,
): Promise<LeadSlippage[]> {
  const { rows } = await answer(
    warehouse,
    requestOf(asking, {
      measures: ['slippage', 'slippage_by_amount', 'due_deals'],
      by: ['weeks_before'],
      filters: [...asking.filters, isDue],
    }),
    scope,
  );
  return leadTimes.flatMap((weeks) => {
    const row = rows.find((one) => one.weeks_before === weeks);
    const due = row ? (number(row, 'due_deals') ?? 0) : 0;
    if (!row || due === 0) return [];
    return [
      {
        weeks,
        due,
        slipped: shareOf(number(row, 'slippage'), due),
        byAmount: number(row, 'slippage_by_amount'),
      },
    ];
  });
}

/** How often closed deals had been put off, and how often they won. */
export async function pushes(
  warehouse: Warehouse,
  { asking }: ForecastChoice,
  scope: Scope,
): Promise<{ perDeal: number | null; share: Share; bands: Pushed[] }> {
  const measures = ['deals_with_history', 'win_rate', 'pushes_per_deal', 'pushed_share'];
  const { rows, totals } = await answer(warehouse, requestOf(asking, { measures, by: ['pushes'] }), scope);
  const known = rows.filter((row) => number(row, 'pushes') !== null);
  const bands = [0, 1, 2, 3].flatMap((times): Pushed[] => {
    const these = known.filter((row) => Math.min(3, Number(row.pushes)) === times);
    const deals = these.reduce((sum, row) => sum + Number(row.deals_with_history ?? 0), 0);
    if (deals === 0) return [];
    const won = these.reduce(
      (sum, row) => sum + Math.round(Number(row.deals_with_history ?? 0) * Number(row.win_rate ?? 0)),
      0,
    );
    return [{ pushes: times, deals, won: { value: won / deals, interval: wilson(won, deals), n: deals } }];
  });
  return {
    perDeal: number(totals, 'pushes_per_deal'),
    share: shareOf(number(totals, 'pushed_share'), number(totals, 'deals_with_history') ?? 0),
    bands,
  };
}

const categories = ['commit', 'most_likely', 'best_case', 'pipeline', 'omitted'];

/** How much of each category became won in its quarter, at each lead time. */
export async function conversion(
  warehouse: Warehouse,
  { asking }: ForecastChoice,
  scope: Scope,
): Promise<Conversion[]> {
  const { rows } = await answer(
    warehouse,
    requestOf(asking, {
      measures: ['conversion', 'conversion_by_amount', 'lost_share', 'due_deals'],
      by: ['forecast_category', 'weeks_before'],
      filters: [...asking.filters, isDue],
    }),
    scope,
  );
  return categories.flatMap((category) =>
    leadTimes.flatMap((weeks) => {
      const row = rows.find((one) => one.forecast_category === category && one.weeks_before === weeks);
      const n = row ? (number(row, 'due_deals') ?? 0) : 0;
      if (!row || n === 0) return [];
      return [
        {
          category,
          weeks,
          won: shareOf(number(row, 'conversion'), n),
          byAmount: number(row, 'conversion_by_amount'),
          lost: number(row, 'lost_share'),
        },
      ];
    }),
  );
}

/** Share of the open deals due at the chosen lead time whose category was recorded then, not taken from the stage. */
export async function categoryRecorded(
  warehouse: Warehouse,
  { asking, weeks }: ForecastChoice,
  scope: Scope,
): Promise<{ deals: number; recorded: number; byStage: number }> {
  const { rows } = await answer(
    warehouse,
    requestOf(asking, {
      measures: ['week_deals'],
      by: ['category_source'],
      filters: [...asking.filters, isDue, atLead(weeks)],
    }),
    scope,
  );
  const of = (source: string | null) =>
    Number(rows.find((row) => row.category_source === source)?.week_deals ?? 0);
  return {
    deals: rows.reduce((sum, row) => sum + Number(row.week_deals), 0),
    recorded: of('recorded'),
    byStage: of('stage'),
  };
}
