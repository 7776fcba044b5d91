import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { billingKinds } from './finding.ts';
import { findingRows } from './findingRows.ts';

const ofBilling = `kind in (${billingKinds.map((kind) => `'${kind}'`).join(', ')})`;

/**
 * SQL of CTEs that end in `thing`: findings that are there and left to act on, as the things that they make. Findings
 * of one cause at one customer are one thing, and so is a deal that several rules found, at the largest of their
 * amounts: they are about the same dollars. `test` is a condition on findings.
 */
export const thingsSql = (test: string): string => `
  open as (
    select *, case when ${ofBilling} then kind || ' ' || coalesce(account_id, finding_id)
      else coalesce('deal ' || deal_id, finding_id) end as thing
    from marts.fact_finding
    where is_there and status in ('open', 'accepted') and ${test}
  ),
  thing as (
    select thing, arg_max(finding_id, (amount_base, finding_id)) as finding_id,
      arg_max(kind, (amount_base, finding_id)) as of_kind, count(*) as findings,
      case when any_value(${ofBilling}) then sum(amount_base) else max(amount_base) end as together
    from open group by thing
  )`;

/** What is left to act on, in the reporting currency, each dollar counted once. */
export interface Left {
  findings: number;
  things: number;
  amount: number;
}

/** All that is there and not decided as done or no problem, of any kind, as far as findings know what is asked for. */
export async function leftToActOn(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Left> {
  const chosen = ['finding_kind', 'finding_status', 'finding_state'];
  const filters = asking.filters.filter(({ dimension }) => !chosen.includes(dimension));
  const { test, parameters } = findingRows({ ...asking, filters }, scope);
  const [left] = await warehouse.remember(`left to act on ${JSON.stringify([test, parameters])}`, () =>
    warehouse.rows<Left>(
      `with ${thingsSql(test)}
       select coalesce(sum(findings), 0)::double as findings, count(*) as things,
         coalesce(sum(together), 0)::double as amount
       from thing`,
      parameters,
    ),
  );
  return left!;
}
