import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { joinFile, place, type Sourced } from '../../records/sourced.ts';
import { decidedRequests } from './decidedRequests.ts';

/** A request for an exception that was decided. Rates in percent of list, list in the reporting currency. */
export interface DecidedRequest extends Sourced {
  exception_id: string;
  approver_name: string;
  deal_id: string | null;
  deal_name: string | null;
  rep_name: string | null;
  requested_on: string | null;
  decided_on: string | null;
  decision: 'approved' | 'rejected';
  requested_rate: number | null;
  approved_rate: number | null;
  list_amount_base: number | null;
  decision_days: number | null;
  criterion: string | null;
  reason: string | null;
  has_value_evidence: boolean;
}

export interface RequestsOf {
  /** Those of one page, the largest by list first. */
  rows: DecidedRequest[];
  count: number;
  approved: number;
  /** Discount granted ÷ list, of approvals of which both are known, 0–1; null where there is none. */
  depth: number | null;
}

/** What one approver decided, or all of them (null), request by request: the rows behind their figures on the page. */
export async function requestsOf(
  warehouse: Warehouse,
  asking: Asking,
  approver: string | null,
  { from, most }: { from: number; most: number },
  scope: Scope,
): Promise<RequestsOf> {
  const { sql, parameters } = decidedRequests(warehouse, asking, scope);
  const bound = { ...parameters, approver };
  const [rows, [sums]] = await Promise.all([
    warehouse.rows<DecidedRequest>(
      `with ${sql}
       select exception_id, approver_name, deal_id, deal_name, rep_name, requested_on, decided_on, decision,
         requested_rate, approved_rate, list_amount_base, decision_days, criterion, reason, has_value_evidence, ${place}
       from decided join (select exception_id, source_file_id, source_line from core.price_exception) row using (exception_id)
       ${joinFile}
       where ($approver::varchar is null or approver_id = $approver)
       order by list_amount_base desc nulls last, exception_id limit $most offset $from`,
      { ...bound, from, most },
    ),
    warehouse.rows<Omit<RequestsOf, 'rows'>>(
      `with ${sql}
       select count(*) as count, count(*) filter (decision = 'approved') as approved,
         sum(approved_rate / 100 * list_amount_base::double) filter (list_amount_base > 0)
           / nullif(sum(list_amount_base::double) filter (list_amount_base > 0 and approved_rate is not null), 0) as depth
       from decided where ($approver::varchar is null or approver_id = $approver)`,
      bound,
    ),
  ]);
  return { rows, ...(sums ?? { count: 0, approved: 0, depth: null }) };
}
