import { customerSeen, repSeen, type Scope } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import { dimensionById, type Filter } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';
import { columnOf } from '../teams/cellQuery.ts';
import { sideOf } from './halves.ts';

/** Which discounts count: those told to be somebody's decision, or, where no kind is told at all, those of no kind. */
export type Decided = 'discretionary' | 'of no kind';

const kinds: Record<Decided, string[]> = { discretionary: ['discretionary'], 'of no kind': ['unknown', ''] };

const kindFilter = (decided: Decided): Filter => ({
  ...{ dimension: 'discount_kind', not: false, kind: 'one of', values: kinds[decided] },
});

/**
 * SQL of CTEs that end in `decided`: a row per won deal with what of it somebody decided on (list, discount, net, and
 * cost where known, in the reporting currency at plan rates), its mix, its customer and the group that the customer
 * belongs to, as far up as parents are known and seen, and its side of the split of time.
 */
export function decidedDeals(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  kind: Decided,
): { sql: string; parameters: Parameters } {
  // Won deals, whatever is asked to be listed.
  const filters = asking.filters.filter(({ dimension }) => !dimensionById.get(dimension)!.decidesPopulation);
  const request = requestOf(alone(asking), {
    measures: ['list_amount', 'discount', 'net_amount', 'cost_amount'],
    by: ['deal_id'],
    filters: [...filters, kindFilter(kind)],
    rates: 'plan',
  });
  const compiled = compileFor(warehouse, request, scope);
  const seen = repSeen(scope, 'rep_id');
  const parent = customerSeen(scope, 'parent_account_id');
  const column = (id: string) => `coalesce(${columnOf(id, asking)}::varchar, '')`;
  return {
    sql: `asked as (select * exclude (is_total) from (${compiled.sql}) where not is_total),
      family as (
        select deal_id, arg_max(product_family, coalesce(list_amount_base, net_amount_base)) as family
        from marts.fact_deal_line semi join asked using (deal_id)
        where product_family is not null group by deal_id
      ),
      seen_deal as (select * from marts.fact_deal where is_won and ${seen.test}),
      customer as (
        select account_id, arg_max(name, coalesce(valid_from, date '0001-01-01')) as name,
          arg_max(case when ${parent.test} then parent_account_id end, coalesce(valid_from, date '0001-01-01'))
            as parent_account_id
        from core.account group by account_id
      ),
      above as (
        select account_id, parent_account_id as top, 1 as steps from customer
        where parent_account_id is not null and parent_account_id <> account_id
        union all
        select above.account_id, customer.parent_account_id, steps + 1
        from above join customer on customer.account_id = above.top
        where customer.parent_account_id is not null and steps < 10
      ),
      owner_of as (select account_id, arg_max(top, steps) as top from above group by account_id),
      decided as (
        select deal.deal_id, deal.closed_on, deal.account_id, deal.account_name,
          coalesce(owner_of.top, deal.account_id) as group_id,
          coalesce(case when owner_of.top is not null then top.name end, deal.account_name) as group_name,
          ${columnOf('rep_id', asking)}::varchar as rep, ${columnOf('rep_name', asking)}::varchar as rep_name,
          ${column('region')} as region, ${column('segment')} as segment,
          coalesce(deal.deal_type::varchar, '') as deal_type, coalesce(family.family::varchar, '') as family,
          coalesce(floor(4 * log10(nullif(greatest(1, coalesce(deal.list_amount_base, deal.net_amount_base)), 0)))::varchar, '') as size,
          coalesce(deal.fiscal_quarter::varchar, '') as period, ${sideOf('deal.fiscal_quarter')} as side,
          asked.list_amount::double as list, asked.discount::double as discount, asked.net_amount::double as net,
          asked.cost_amount::double as cost
        from asked
        join seen_deal deal using (deal_id)
        left join family using (deal_id)
        left join owner_of on owner_of.account_id = deal.account_id
        left join customer top on top.account_id = owner_of.top
        where asked.list_amount > 0 and asked.discount is not null and deal.fiscal_quarter is not null
      )`,
    parameters: { ...compiled.parameters, ...seen.parameters, ...parent.parameters },
  };
}

/** Asks with the discounts that somebody decided on, and where no kind is told of any, with those of no kind. */
export async function ofDecided<Row>(
  ask: (kind: Decided) => Promise<Row[]>,
): Promise<{ rows: Row[]; kind: Decided }> {
  const rows = await ask('discretionary');
  return rows.length > 0
    ? { rows, kind: 'discretionary' }
    : { rows: await ask('of no kind'), kind: 'of no kind' };
}
