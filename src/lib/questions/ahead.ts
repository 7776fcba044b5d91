import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { answer, type Answer, type AnswerRow } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import type { Filter, Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface AheadRow {
  close_month: string;
  stage: string;
  discount: number | null;
  deals: number | null;
}

export interface Ahead {
  rows: AheadRow[];
  answered: Answer;
  discount: number;
  list: number;
  deals: number;
  /** Day of the newest export. */
  today: string;
  /** From then on, as the URL says it. */
  period: string;
  pending: Pending | null;
}

/** Requests for approval of open deals that nobody has decided; null where no request is loaded or known by a filter. */
export interface Pending {
  requests: number;
  deals: string[];
  /** What those deals carry, in the reporting currency. */
  discount: number;
}

/** Months of closing shown. */
const MONTHS = 4;

const stageOf = (row: AnswerRow) => String(row.stage ?? 'no stage');

/** Deals whose discount is asked for one by one; of more, the requests are counted alone. */
const MOST_DEALS = 2000;

const oneOf = (dimension: string, values: string[]): Filter => ({
  ...{ dimension, values },
  ...{ not: false, kind: 'one of' },
});

async function pendingOf(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Pending | null> {
  const all = { ...alone(asking), period: null };
  try {
    const question = { measures: ['requests_pending'], by: ['deal_id'] };
    const { rows, totals } = await answer(warehouse, requestOf(all, question), scope);
    const deals = rows.map((row) => String(row.deal_id));
    if (deals.length === 0) return null;
    const carried = requestOf(all, {
      measures: ['pipeline_discount'],
      filters: [...asking.filters, oneOf('deal_id', deals.slice(0, MOST_DEALS))],
    });
    const found = await answer(warehouse, carried, scope);
    return {
      ...{ requests: Number(totals.requests_pending ?? 0), deals },
      discount: Number(found.totals.pipeline_discount ?? 0),
    };
  } catch (error) {
    if (error instanceof BadRequest) return null;
    throw error;
  }
}

/** Discount that open deals carry, by month of expected close and stage; null where there is none. */
export async function ahead(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Ahead | null> {
  const { data_on: today } = warehouse.build;
  const period = `${today}..`;
  const request = requestOf(alone(asking), {
    measures: ['pipeline_discount', 'pipeline_list', 'open_deals'],
    by: ['fiscal_month', 'stage'],
    period,
  });
  const byStage = requestOf(alone(asking), {
    measures: ['stated_probability'],
    by: ['stage'],
    period,
    // The order of stages is the same for all; what is filtered for may not be known of whole deals.
    filters: [],
  });
  const [answered, stages, pending] = await Promise.all([
    answer(warehouse, request, scope),
    answer(warehouse, byStage, scope),
    pendingOf(warehouse, asking, scope),
  ]);
  const months = warehouse.periods
    .filter(({ kind, ends_on }) => kind === 'month' && ends_on > today)
    .slice(0, MONTHS);
  const number = (value: unknown) => (typeof value === 'number' ? value : 0);
  const open = answered.rows.filter((row) => number(row.open_deals) > 0);
  // A source does not say in which order its stages come; the chance it states for them does.
  const chance = new Map(stages.rows.map((row) => [stageOf(row), number(row.stated_probability)]));
  const inOrder = [...new Set(open.map(stageOf))].sort(
    (a, b) => (chance.get(a) ?? 0) - (chance.get(b) ?? 0) || a.localeCompare(b, 'en'),
  );
  const rows = months.flatMap((month) =>
    inOrder.flatMap((stage): AheadRow[] => {
      const row = open.find((each) => each.fiscal_month === month.period && stageOf(each) === stage);
      if (!row) return [];
      return [
        {
          close_month: month.starts_on.slice(0, 7),
          stage,
          discount: number(row.pipeline_discount),
          deals: number(row.open_deals),
        },
      ];
    }),
  );
  const discount = number(answered.totals.pipeline_discount);
  if (discount <= 0 || rows.length === 0) return null;
  return {
    rows,
    answered,
    discount,
    period,
    pending,
    today,
    list: number(answered.totals.pipeline_list),
    deals: number(answered.totals.open_deals),
  };
}
