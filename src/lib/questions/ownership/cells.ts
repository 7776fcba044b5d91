import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';
import { influencesAsked } from './asked.ts';

/**
 * SQL of the cells that are asked about, deal by influence and span within the period, judged at `stage` or, where
 * that is null, at the stage of each day; with the role that the stage before would have asked for.
 */
export function judgedCells(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  stage: number | null,
): { sql: string; parameters: Parameters; ignored: string[] } {
  const asked = influencesAsked(warehouse, asking, scope);
  const sql = `
    cell as (
      select span.* exclude (stage, required_role, owned_by, is_required),
        coalesce($at_stage::integer, span.stage) as stage,
        required.role as required_role,
        before.role as role_before,
        case
          when owners = 0 then 'none'
          when owners > 1 then 'several'
          when required.role is null or owner_roles[1] = required.role then 'one'
          else 'wrong role'
        end as owned_by
      from marts.fact_influence_span span
      left join core.required_role required
        on required.stage = coalesce($at_stage::integer, span.stage)
        and required.influence = span.influence and required.is_partner_led = span.is_partner_led
      left join core.required_role before
        on before.stage = coalesce($at_stage::integer, span.stage) - 1
        and before.influence = span.influence and before.is_partner_led = span.is_partner_led
      where span.deal_id in (${asked.sql})
        and span.span_from >= coalesce($span_from::date, span.span_from)
        and span.span_from < coalesce($span_to::date, date '9999-12-31')
    )`;
  const parameters = {
    ...asked.parameters,
    at_stage: stage,
    span_from: asking.span?.from ?? null,
    span_to: asking.span?.to ?? null,
  };
  return { sql, parameters, ignored: asked.ignored };
}
