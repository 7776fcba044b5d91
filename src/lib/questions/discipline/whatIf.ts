import { repSeen } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { askedKey } from './dealRates.ts';
import { limitIsAllowed } from './limitIsAllowed.ts';
import type { Limit } from './policy.ts';

/** A won deal that would need approval under today's limits, under the changed ones, or under both. */
export interface NeedsApproval {
  deal_id: string;
  deal_name: string | null;
  account_name: string | null;
  rep_id: string | null;
  rep_name: string | null;
  role: string | null;
  closed_on: string;
  discount: number;
  list: number;
  /** The role that could grant it, '' where none could; null where nobody need be asked. */
  today: string | null;
  changed: string | null;
}

/** Deals that a change makes ask, or spares the asking; without a change those that have to ask. */
export const askOtherwise = (rows: readonly NeedsApproval[], isChanged: boolean): NeedsApproval[] =>
  rows.filter((row) => (isChanged ? (row.today === null) !== (row.changed === null) : row.today !== null));

/** Ours: a role that owns more than this share of deals sells, and approves nobody else's. */
const SELLS = 0.1;

/** A policy's limits with what the comparison needs: whose they are, and in which order people are asked. */
const asRows = (name: string, limits: readonly Limit[]) =>
  limits.map(({ role, product_family, segment, binds, max_rate, max_amount }) => ({
    ...{ policy: name, role, product_family, segment, binds, max_rate, max_amount },
  }));

/** Of limits that fit a role, a family and a segment the ones made for family and segment count before those for all. */
const checks = `
  strictest as (
    select min(max_rate) as rate, min(max_amount) as amount from rule where binds = 'line'
  ),
  own_line as (
    select line.deal_id, line.product_family as family, line.segment, 'line' as binds,
      max(100 * line.discount_base / line.list_amount_base)::double as rate, max(line.discount_base)::double as amount
    from marts.fact_deal_line line
    join asked using (deal_id)
    cross join strictest
    where line.is_won and line.discount_base > 0 and line.list_amount_base > 0
      and (100 * line.discount_base::double / line.list_amount_base::double >= strictest.rate - 0.001
        or line.discount_base >= strictest.amount)
      and coalesce(line.discount_kind::varchar, 'unknown') in ('discretionary', 'unknown')
    group by all
  ),
  part as (
    select * from own_line
    union all
    select deal_id, null, segment, 'deal', (100 * discount_base / list_amount_base)::double, discount_base::double
    from given where discount_base > 0 and list_amount_base > 0
  ),
  situation as (
    select distinct policy, asker.role, part.family, part.segment, part.binds
    from (select distinct family, segment, binds from part) part
    cross join (select distinct policy from rule) policies
    cross join (select role from rule where role is not null union select role from given) asker
  ),
  bound as (
    select policy, role, family, segment, binds, min(max_rate) as max_rate, min(max_amount) as max_amount
    from (
      select situation.*, rule.max_rate, rule.max_amount
      from situation
      join rule
        on rule.policy = situation.policy and rule.binds = situation.binds
        and (rule.role is null or rule.role = situation.role)
        and (rule.product_family is null or rule.product_family = situation.family)
        and (rule.segment is null or rule.segment = situation.segment)
      qualify rank() over (
        partition by situation.policy, situation.role, situation.family, situation.segment, situation.binds
        order by (rule.product_family is not null)::integer + (rule.segment is not null)::integer desc
      ) = 1
    )
    group by all
  ),
  breach as (
    select distinct bound.policy, bound.role, part.deal_id
    from part
    join bound
      on bound.binds = part.binds and bound.family is not distinct from part.family
      and bound.segment is not distinct from part.segment
    where part.rate > bound.max_rate + 0.001 or part.amount > bound.max_amount
      or (not $inclusive and (part.rate > bound.max_rate - 0.001 or part.amount >= bound.max_amount))
  ),
  seller as (
    select role from given where role is not null group by role having count(*) > ${SELLS} * (select count(*) from given)
  ),
  ladder as (
    select policy, role, coalesce(max(max_rate) filter (binds = 'line'), max(max_rate), 100) as reach
    from rule where role is not null and role not in (select role from seller) group by all
  ),
  needed as (
    select breach.policy, given.deal_id,
      coalesce(arg_min(ladder.role, (ladder.reach, ladder.role)) filter (
        ladder.role is distinct from given.role and above.deal_id is null
      ), '') as approver
    from breach
    join given on given.deal_id = breach.deal_id and given.role is not distinct from breach.role
    left join ladder on ladder.policy = breach.policy
    left join breach above
      on above.policy = breach.policy and above.deal_id = breach.deal_id and above.role = ladder.role
    group by all
  )`;

/**
 * Won deals that fit what is asked for and would need approval under today's limits or under changed ones, whenever
 * they closed, and by whom: the role with the least reach that may grant all of it. Roles and segments are those of the
 * close; a seller of no known role is bound by limits for all roles alone.
 */
export function whatIf(
  warehouse: Warehouse,
  asking: Asking,
  current: readonly Limit[],
  changed: readonly Limit[],
  scope: Scope,
): Promise<NeedsApproval[]> {
  // Where nothing is changed, one policy is looked at and said twice.
  const same = JSON.stringify(current) === JSON.stringify(changed);
  const rules = JSON.stringify([...asRows('today', current), ...(same ? [] : asRows('changed', changed))]);
  return warehouse.remember(`what if ${askedKey(asking, scope)} ${rules}`, () => {
    const seen = repSeen(scope, 'deal.rep_id');
    const asked = compileFor(
      warehouse,
      requestOf(alone(asking), { measures: ['deals'], by: ['deal_id'] }),
      scope,
    );
    return warehouse.rows<NeedsApproval>(
      `with rule as (
         select unnest(from_json($rules::varchar, '[{"policy":"VARCHAR","role":"VARCHAR","product_family":"VARCHAR",
           "segment":"VARCHAR","binds":"VARCHAR","max_rate":"DOUBLE","max_amount":"DOUBLE"}]'), recursive := true)
       ),
       asked as (select deal_id from (${asked.sql}) where not is_total),
       given as (
         select deal.*, place.role
         from marts.fact_deal deal
         join asked using (deal_id)
         left join core.person_at_close place on place.person_id = deal.rep_id and place.day = deal.closed_on
         where deal.is_won and ${seen.test}
       ),
       ${checks}
       select given.deal_id, deal_name, account_name, rep_id, rep_name, given.role, closed_on::varchar as closed_on,
         discount_base::double as discount, list_amount_base::double as list,
         any_value(approver) filter (policy = 'today') as today,
         any_value(approver) filter (policy = 'changed' or $same) as changed
       from needed join given using (deal_id)
       group by all
       order by discount desc, given.deal_id`,
      { ...asked.parameters, ...seen.parameters, rules, same, inclusive: limitIsAllowed(warehouse) },
    );
  });
}
