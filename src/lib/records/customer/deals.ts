import { repSeen, type Scope } from '../../access/scope.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import { plainRequest, type Request } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Sourced } from '../sourced.ts';

/** A deal of the customer in the reporting currency, whatever became of it. */
export interface CustomerDeal extends Sourced {
  deal_id: string;
  deal_name: string;
  closed_on: string | null;
  is_closed: boolean;
  is_won: boolean | null;
  stage: string | null;
  deal_type: string | null;
  rep_id: string | null;
  rep_name: string | null;
  list_amount: number | null;
  discount: number | null;
  discount_rate: number | null;
  net_amount: number | null;
}

export interface CustomerDeals {
  /** The latest first, as many as are shown. */
  deals: CustomerDeal[];
  won: number;
  lost: number;
  open: number;
}

/** The most deals that the page of a customer shows. */
export const MOST_DEALS = 200;

/** The customer's deals that the reader sees, the latest first, and how many were won, lost or are open. */
export async function customerDeals(warehouse: Warehouse, id: string, scope: Scope): Promise<CustomerDeals> {
  const seen = repSeen(scope, 'rep_id');
  const [deals, [counts]] = await Promise.all([
    warehouse.rows<CustomerDeal>(
      `select deal_id, deal_name, closed_on, is_closed, is_won, stage, deal_type, rep_id, rep_name,
         list_amount_base as list_amount, discount_base as discount,
         discount_base::double / nullif(list_amount_base, 0)::double as discount_rate,
         net_amount_base as net_amount, source_file, source_line
       from marts.fact_deal where account_id = $id and ${seen.test}
       order by closed_on desc nulls last, deal_id limit ${MOST_DEALS}`,
      { id, ...seen.parameters },
    ),
    warehouse.rows<Omit<CustomerDeals, 'deals'>>(
      `select count(*) filter (where is_won) as won,
         count(*) filter (where is_closed and not is_won) as lost,
         count(*) filter (where not is_closed) as open
       from marts.fact_deal where account_id = $id and ${seen.test}`,
      { id, ...seen.parameters },
    ),
  ]);
  return { deals, ...counts! };
}

const measures = ['deals', 'list_amount', 'discount', 'discount_rate', 'uplift', 'net_amount'];

const wonBy = (by: string[], filters: Request['filters']): Request =>
  plainRequest({ measures, by, filters, sort: by.length > 0 ? { id: by[0]!, descending: true } : null });

export interface Years {
  /** By fiscal year, the latest first. */
  years: AnswerRow[];
  totals: AnswerRow;
  /** The discount rate of all customers, over all there is that the reader sees. */
  companyRate: number | null;
  /** Whether that is the whole company. */
  isOfAll: boolean;
  coverage: number | null;
}

/** What the customer bought, by fiscal year of the close, beside the company's rate. */
export async function customerYears(warehouse: Warehouse, id: string, scope: Scope): Promise<Years> {
  const only = { dimension: 'account_id', not: false, kind: 'one of', values: [id] } as const;
  const [own, all] = await Promise.all([
    answer(warehouse, wonBy(['fiscal_year'], [{ ...only, values: [id] }]), scope),
    answer(warehouse, wonBy([], []), scope),
  ]);
  return {
    years: own.rows,
    totals: own.totals,
    companyRate: all.totals.discount_rate as number | null,
    isOfAll: scope.kind === 'everything',
    coverage: own.coverage,
  };
}
