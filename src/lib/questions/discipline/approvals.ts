import { dealSeen } from '../../access/scope.ts';
import { requestOf, type Asking } from '../../asking/asking.ts';
import { answer, compileFor } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { askedOf } from './askedOf.ts';
import { askedKey } from './dealRates.ts';

/** Days from request to decision: quartiles, over requests that say both. */
export interface DecisionTime {
  n: number;
  lower: number;
  median: number;
  upper: number;
}

export interface Approvals {
  /** What is known at all: a policy, and anybody's approvals. */
  anyPolicy: boolean;
  anyRequest: boolean;
  /** Won deals over a limit, by when they were approved; those approved on a day that is not known are left out. */
  overLimit: number;
  before: number;
  after: number;
  none: number;
  /** Discount beyond the limits of those approved after the close or never. */
  unapprovedAmount: number;
  /** Share of requests decided by an objective criterion, and of how many decided ones the criterion is known. */
  objectiveShare: number | null;
  withCriterion: number;
  time: DecisionTime | null;
  /** What the asking is narrowed by that nothing of this knows. */
  ignored: string[];
}

async function decisionTime(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<DecisionTime | null> {
  const question = compileFor(
    warehouse,
    requestOf(asking, { measures: ['requests'], by: ['exception_id'] }),
    scope,
  );
  const seen = dealSeen(scope, 'deal_id');
  const [row] = await warehouse.rows<DecisionTime>(
    `select count(decision_days) as n, quantile_cont(decision_days, 0.25) as lower, median(decision_days) as median,
       quantile_cont(decision_days, 0.75) as upper
     from marts.fact_exception
     where exception_id in (select exception_id from (${question.sql}) where not is_total) and ${seen.test}`,
    { ...question.parameters, ...seen.parameters },
  );
  return row && row.n > 0 ? row : null;
}

const number = (value: unknown) => (typeof value === 'number' ? value : 0);

/** What is known of deals over their limit and of who approved them, for what is asked. */
export function approvals(warehouse: Warehouse, asked: Asking, scope: Scope): Promise<Approvals> {
  const ofDeals = askedOf(asked, 'over_limit');
  const ofRequests = askedOf(asked, 'exception');
  return warehouse.remember(`approvals ${askedKey(asked, scope)}`, async () => {
    const [known, deals, requests, time] = await Promise.all([
      warehouse.rows<{ policy: boolean; request: boolean }>(
        `select exists (select 1 from core.approval_limit) as policy, exists (select 1 from marts.fact_exception) as request`,
      ),
      answer(
        warehouse,
        requestOf(ofDeals.asking, { measures: ['over_limit_deals', 'over_limit_amount'], by: ['approval'] }),
        scope,
      ),
      answer(
        warehouse,
        requestOf(ofRequests.asking, { measures: ['requests_with_criterion', 'objective_share'] }),
        scope,
      ),
      decisionTime(warehouse, ofRequests.asking, scope),
    ]);
    const of = (approval: string, measure: string) =>
      number(deals.rows.find((row) => row.approval === approval)?.[measure]);
    const [before, after, none] = ['before', 'after', 'none'].map((approval) =>
      of(approval, 'over_limit_deals'),
    ) as [number, number, number];
    return {
      anyPolicy: known[0]!.policy,
      anyRequest: known[0]!.request,
      overLimit: known[0]!.request ? before + after + none : number(deals.totals.over_limit_deals),
      before,
      after,
      none,
      unapprovedAmount: of('after', 'over_limit_amount') + of('none', 'over_limit_amount'),
      objectiveShare:
        typeof requests.totals.objective_share === 'number' ? requests.totals.objective_share : null,
      withCriterion: number(requests.totals.requests_with_criterion),
      time,
      ignored: ofDeals.ignored,
    };
  });
}
