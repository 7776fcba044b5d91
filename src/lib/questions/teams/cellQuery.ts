import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { repSeen, type Scope } from '../../access/scope.ts';
import { compileFor } from '../../metrics/answer.ts';
import { dimensionById, type Filter } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';
import type { UnitKind } from './unitKinds.ts';

/** Deals of one unit alike in every factor, as the database sums them. */
export interface CellRow {
  unit: string;
  name: string;
  region: string;
  segment: string;
  deal_type: string;
  family: string;
  size: string;
  period: string;
  deals: number;
  weight: number;
  squares: number;
  outcome: number;
  counted: number;
  countedSquares: number;
  rates: number;
  squaredRates: number;
}

export interface CellQuestion {
  measures: string[];
  /** Filters besides those of the asking. */
  filters?: Filter[];
  /** SQL of a deal's weight and outcome over `asked`'s measures and the columns of the deal. */
  weight: string;
  outcome: string;
  /** SQL of what a deal counts for in the model of what is expected. */
  counted: string;
  /** Whether what is known of a deal might say how it ended. */
  tellsOutcome?: boolean;
  /** CTEs that come before, and joins to them. */
  also?: { tables: string; joins: string; parameters: Parameters };
}

/** The column of a dimension on deals, as closed or as things stand today. */
export function columnOf(id: string, { hierarchy }: Asking): string {
  const { sql, today } = dimensionById.get(id)!;
  return (hierarchy === 'today' ? today?.deal : undefined) ?? sql.deal!;
}

/**
 * Deals summed by unit and mix. The mix is what is known of a deal before its price is made: the customer's
 * segment, deal type, the product family with most list, size in steps of about 1.8 (four
 * to a factor of ten) and fiscal quarter. What is not known is a level of its own.
 */
export async function mixCells(
  warehouse: Warehouse,
  asking: Asking,
  kind: UnitKind,
  question: CellQuestion,
  scope: Scope,
): Promise<CellRow[]> {
  // Each measure says itself which deals it counts; lost ones are no discount, whatever is asked to be listed.
  const asked = asking.filters.filter(({ dimension }) => !dimensionById.get(dimension)!.decidesPopulation);
  const filters = [...asked, ...(question.filters ?? [])];
  // Both sides of a comparison in one currency's plan rates: an exchange rate is nobody's discount.
  const request = requestOf(alone(asking), {
    measures: question.measures,
    by: ['deal_id'],
    filters,
    rates: 'plan',
  });
  const seen = repSeen(scope, 'rep_id');
  const { sql, parameters } = compileFor(warehouse, request, scope);
  const { tables = '', joins = '', parameters: own = {} } = question.also ?? {};
  const column = (id: string) => `coalesce(${columnOf(id, asking)}, '')`;
  return warehouse.rows<CellRow>(
    `with asked as (select * exclude (is_total) from (${sql}) where not is_total),
     family as (
       select deal_id, arg_max(product_family, coalesce(list_amount_base, net_amount_base)) as family
       from marts.fact_deal_line semi join asked using (deal_id)
       where product_family is not null group by deal_id
     ),
     seen_deal as (select * from marts.fact_deal where ${seen.test}),
     ${tables}
     one as (
       select ${columnOf(kind.key, asking)} as unit, ${columnOf(kind.name, asking)} as name,
         ${column('region')} as region, ${column('segment')} as segment,
         coalesce(deal.deal_type, '') as deal_type, coalesce(family.family, '') as family,
         coalesce(floor(4 * log10(nullif(greatest(1, coalesce(deal.list_amount_base, deal.net_amount_base)), 0)))::varchar, '') as size,
         coalesce(deal.fiscal_quarter, '') as period,
         (${question.weight})::double as weight, (${question.outcome})::double as outcome,
         (${question.counted})::double as counted
       from asked
       join seen_deal deal using (deal_id)
       left join family using (deal_id)
       ${joins}
     )
     select unit, any_value(name) as name, region, segment, deal_type, family, size, period,
       count(*) as deals, sum(weight) as weight, sum(weight * weight) as squares, sum(outcome) as outcome,
       sum(counted) as counted, sum(counted * counted) as "countedSquares",
       sum(counted * outcome / weight) as rates, sum(counted * (outcome / weight) ** 2) as "squaredRates"
     from one
     where unit is not null and weight > 0 and outcome is not null
     group by unit, region, segment, deal_type, family, size, period
     order by all`,
    { ...parameters, ...own, ...seen.parameters },
  );
}
