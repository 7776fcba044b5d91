import { dealSeen } from '../../access/scope.ts';
import { requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';
import { askedOf } from './askedOf.ts';

/**
 * SQL of the requests for an exception that somebody approved or rejected, as `decided`: a row of
 * `marts.fact_exception` each. Requests by the day on which they were made; those still pending are not among them.
 */
export function decidedRequests(
  warehouse: Warehouse,
  asked: Asking,
  scope: Scope,
): { sql: string; parameters: Parameters } {
  const { asking } = askedOf(asked, 'exception');
  const question = compileFor(
    warehouse,
    requestOf(asking, { measures: ['requests'], by: ['exception_id'] }),
    scope,
  );
  const seen = dealSeen(scope, 'request.deal_id');
  return {
    sql: `asked as (select exception_id from (${question.sql}) where not is_total),
       decided as (
         select request.* from marts.fact_exception request join asked using (exception_id)
         where request.decision in ('approved', 'rejected') and request.approver_id is not null and ${seen.test}
       )`,
    parameters: { ...question.parameters, ...seen.parameters },
  };
}
