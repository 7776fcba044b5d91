import { repSeen, type Scope } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import { Bindings, condition, sqlOf, within } from '../../metrics/conditions.ts';
import { dimensionById } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';

/** Lines whose discount somebody decided on; where the kind is not known, somebody may have. */
const own = `coalesce(discount_kind::varchar, 'unknown') in ('discretionary', 'unknown')`;

/** The rows of lines that fit what is asked for; filters that only deals know narrow by the deal. */
function linesAsked(warehouse: Warehouse, asking: Asking, scope: Scope) {
  const { filters, hierarchy, span } = asking;
  const bind = new Bindings();
  const seen = repSeen(scope, 'rep_id');
  const knows = (id: string) => sqlOf(dimensionById.get(id)!, 'deal_line', hierarchy) !== undefined;
  const tests = filters
    .filter(({ dimension }) => knows(dimension))
    .map((filter) => condition(filter, 'deal_line', hierarchy, bind));
  if (span) tests.push(within(span, 'closed_on', bind));
  if (filters.every(({ dimension }) => knows(dimension)))
    return { test: [...tests, seen.test].join(' and '), parameters: { ...bind.values, ...seen.parameters } };
  const question = requestOf(alone(asking), { measures: ['deals'], by: ['deal_id'] });
  const { sql, parameters } = compileFor(warehouse, question, scope);
  return {
    test: `deal_id in (select deal_id from (${sql}) where not is_total) and ${seen.test}`,
    parameters,
  };
}

/**
 * SQL of CTEs that end in `sold`: a row per won deal that fits what is asked for, with its net, and list and discount
 * in the reporting currency of what somebody decided on (own) and of what a programme did.
 */
export function soldDeals(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): { sql: string; parameters: Parameters } {
  const { test, parameters } = linesAsked(warehouse, asking, scope);
  return {
    sql: `of_lines as (
        select deal_id,
          sum(net_amount_base)::double as net,
          coalesce(sum(list_amount_base) filter (${own}), 0)::double as own_list,
          coalesce(sum(discount_base) filter (${own}), 0)::double as own_discount,
          coalesce(sum(list_amount_base) filter (not ${own}), 0)::double as programme_list,
          coalesce(sum(discount_base) filter (not ${own}), 0)::double as programme_discount,
          coalesce(arg_max(product_family, coalesce(list_amount_base, net_amount_base)), '') as family
        from marts.fact_deal_line
        where is_won and ${test}
        group by deal_id
      ),
      sold as (
        select of_lines.*, deal.rep_id, deal.closed_on, deal.segment, deal.deal_type, deal.fiscal_quarter,
          deal.list_amount_base, deal.net_amount_base,
          day.business_days_left, day.business_days_in_quarter, day.quarter_starts_on, day.quarter_ends_on
        from of_lines
        join marts.fact_deal deal using (deal_id)
        left join core.fiscal_day day on day.day = deal.closed_on
      )`,
    parameters,
  };
}

/** What of an asking a remembered answer depends on. */
export const askedKey = ({ period, hierarchy, filters, rates, credit }: Asking, scope: Scope): string =>
  JSON.stringify([period, hierarchy, filters, rates, credit, scope]);
