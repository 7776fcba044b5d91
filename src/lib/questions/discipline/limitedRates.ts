import { repSeen } from '../../access/scope.ts';
import type { Scope } from '../../metrics/request.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';

/** The discount of one won line that its owner decided on, in points, and the most the owner could grant alone. */
export interface LimitedRate {
  max_rate: number;
  deal_id: string;
  /** The day of the close. */
  closed_on: string;
  rate: number;
  /** The seller's role then, and the customer's segment. */
  role: string | null;
  segment: string | null;
  /** The kind of discount that is read: discretionary, or unknown where nobody says. */
  kind: string;
}

/** Lines are read one by one, so of many more than these only every so manieth deal is read, whole. */
const MOST_LINES = 50_000;

/** The deals that fit what is asked for, the period aside. */
function dealsAsked(warehouse: Warehouse, asking: Asking | undefined, scope: Scope) {
  const none: { test: string; parameters: Parameters; key: string } = {
    test: 'true',
    parameters: {},
    key: '',
  };
  if (!asking || asking.filters.length === 0) return none;
  const question = { measures: ['deals'], by: ['deal_id'], period: null };
  const { sql, parameters } = compileFor(warehouse, requestOf(alone(asking), question), scope);
  return {
    test: `line.deal_id in (select deal_id from (${sql}) where not is_total)`,
    parameters,
    key: JSON.stringify([asking.filters, asking.hierarchy]),
  };
}

/**
 * Every won line with a discretionary discount and a limit in percent that binds lines, on the day of its close and
 * for its owner's role then. Of limits that fit, the one made for the family and segment counts before the one for all.
 * Of very many lines a share by deal, the same each time: excess and its error are those of the deals that are read.
 * Where no discount is said to be discretionary, those of unknown kind are read. With an asking only deals that fit its filters, whatever their period.
 */
export function limitedRates(warehouse: Warehouse, scope: Scope, asking?: Asking): Promise<LimitedRate[]> {
  const seen = repSeen(scope, 'line.rep_id');
  const asked = dealsAsked(warehouse, asking, scope);
  return warehouse.remember(`limited rates ${JSON.stringify(scope)} ${asked.key}`, () =>
    warehouse.rows<LimitedRate>(
      `with sample as (
         select if(told > 0, 'discretionary', 'unknown') as kind,
           greatest(1, if(told > 0, told, untold) // ${MOST_LINES}) as every_so_many
         from (
           select count(*) filter (discount_kind = 'discretionary') as told,
             count(*) filter (coalesce(discount_kind::varchar, 'unknown') = 'unknown') as untold
           from marts.fact_deal_line where is_won and discount_base > 0
         )
       ),
       sold as (
         select
           line.deal_id,
           line.closed_on,
           line.segment,
           line.product_family,
           place.role,
           sample.kind,
           (100 * line.discount_base / line.list_amount_base)::double as rate
         from marts.fact_deal_line line
         cross join sample
         left join core.person_at_close place on place.person_id = line.rep_id and place.day = line.closed_on
         where line.is_won and coalesce(line.discount_kind::varchar, 'unknown') = sample.kind and line.discount_base > 0
           and line.list_amount_base > 0 and hash(line.deal_id::varchar) % every_so_many = 0 and ${seen.test} and ${asked.test}
       ),
       rule as (
         select situation.*, approval.max_rate
         from (select distinct role, product_family, segment, closed_on from sold) situation
         join core.approval_limit approval
           on approval.binds = 'line'
           and approval.max_rate > 0
           and approval.max_rate < 100
           and (approval.role is null or approval.role = situation.role)
           and (approval.product_family is null or approval.product_family = situation.product_family)
           and (approval.segment is null or approval.segment = situation.segment)
           and (approval.valid_from is null or approval.valid_from <= situation.closed_on)
           and (approval.valid_to is null or approval.valid_to > situation.closed_on)
         qualify row_number() over (
           partition by situation.role, situation.product_family, situation.segment, situation.closed_on
           order by
             (approval.product_family is not null)::integer + (approval.segment is not null)::integer desc,
             approval.max_rate
         ) = 1
       )
       select rule.max_rate, sold.deal_id, sold.closed_on::varchar as closed_on, sold.rate, sold.role, sold.segment, sold.kind
       from sold
       join rule
         on rule.role is not distinct from sold.role
         and rule.product_family is not distinct from sold.product_family
         and rule.segment is not distinct from sold.segment
         and rule.closed_on = sold.closed_on
       order by rule.max_rate, sold.closed_on, sold.deal_id, sold.rate`,
      { ...seen.parameters, ...asked.parameters },
    ),
  );
}
