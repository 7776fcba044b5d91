import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Parameters } from '../../metrics/conditions.ts';
import { rowsAsked } from './asked.ts';

/**
 * SQL of the cells that are asked about, deal by influence and span within the period, judged at `stage` or, where
 * that is null, at the stage of each day; with the role that the stage before would have asked for.
 */
export function judgedCells(
  asking: Asking,
  scope: Scope,
  stage: number | null,
): { sql: string; parameters: Parameters; ignored: string[] } {
  const asked = rowsAsked(asking, 'influence_span', scope);
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
      from ${asked.sql} span
      left join core.required_role required
        on required.stage = coalesce($at_stage::integer, span.stage)
        and required.influence = span.influence and required.is_partner_led = span.is_partner_led
      left join core.required_role before
        on before.stage = coalesce($at_stage::integer, span.stage) - 1
        and before.influence = span.influence and before.is_partner_led = span.is_partner_led
    )`;
  const parameters = { ...asked.parameters, at_stage: stage };
  return { sql, parameters, ignored: asked.ignored };
}
