import { repSeen, type Scope } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Filter } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';

/** Kinds of discount that somebody decides on; where the kind is not known, somebody may have. */
const ownKinds: Filter = {
  dimension: 'discount_kind',
  not: false,
  kind: 'one of',
  values: ['discretionary', 'unknown', ''],
};

/** Keeps the parameters of two queries apart that are joined into one. */
function prefixed({ sql, parameters }: { sql: string; parameters: Parameters }, prefix: string) {
  const names = Object.keys(parameters).filter((name) => name !== 'scope');
  const renamed = names.reduce(
    (text, name) => text.replaceAll(new RegExp(`\\$${name}\\b`, 'g'), () => `$${prefix}${name}`),
    sql,
  );
  const values = Object.entries(parameters).map(([name, value]) => [
    name === 'scope' ? name : `${prefix}${name}`,
    value,
  ]);
  return { sql: renamed, parameters: Object.fromEntries(values) as Parameters };
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
  const seen = repSeen(scope, 'rep_id');
  const ask = (filters: Filter[], prefix: string) =>
    prefixed(
      compileFor(
        warehouse,
        requestOf(alone(asking), {
          measures: ['net_amount', 'list_amount', 'discount'],
          by: ['deal_id'],
          filters: [...asking.filters, ...filters],
        }),
        scope,
      ),
      prefix,
    );
  const all = ask([], 'a_');
  const own = ask([ownKinds], 'o_');
  return {
    sql: `all_lines as (select * exclude (is_total) from (${all.sql}) where not is_total),
      own_lines as (select * exclude (is_total) from (${own.sql}) where not is_total),
      family as (
        select deal_id, arg_max(product_family, coalesce(list_amount_base, net_amount_base)) as family
        from marts.fact_deal_line where product_family is not null group by deal_id
      ),
      sold as (
        select deal.*, day.business_days_left, day.business_days_in_quarter, day.quarter_starts_on, day.quarter_ends_on,
          coalesce(family.family, '') as family,
          all_lines.net_amount::double as net,
          coalesce(own_lines.list_amount, 0)::double as own_list,
          coalesce(own_lines.discount, 0)::double as own_discount,
          greatest(coalesce(all_lines.list_amount, 0) - coalesce(own_lines.list_amount, 0), 0)::double as programme_list,
          greatest(coalesce(all_lines.discount, 0) - coalesce(own_lines.discount, 0), 0)::double as programme_discount
        from all_lines
        join (select * from marts.fact_deal where ${seen.test}) deal using (deal_id)
        left join own_lines using (deal_id)
        left join family using (deal_id)
        left join core.fiscal_day day on day.day = deal.closed_on
        where deal.is_won
      )`,
    parameters: { ...all.parameters, ...own.parameters, ...seen.parameters },
  };
}

/** What of an asking a remembered answer depends on. */
export const askedKey = ({ period, hierarchy, filters, rates, credit }: Asking, scope: Scope): string =>
  JSON.stringify([period, hierarchy, filters, rates, credit, scope]);
