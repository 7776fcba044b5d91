import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { changedPolicy, isChanged, policy, type Limit } from './policy.ts';
import { askOtherwise, whatIf, type NeedsApproval } from './whatIf.ts';

export interface PolicyAsked {
  /** All limits that there were, those that hold today, and these as the address changes them. */
  limits: Limit[];
  current: Limit[];
  changed: Limit[];
  /** The address changes one of them. */
  differs: boolean;
  /** Deals that would need approval under the limits of today or the changed ones, the largest discount first. */
  rows: NeedsApproval[];
  /** Of them those that a change concerns; without a change those that have to ask today. */
  concerned: NeedsApproval[];
}

/** The limits that an address asks about, and the deals that they concern. Throws BadRequest as `changedPolicy` does. */
export async function policyAsked(
  warehouse: Warehouse,
  asking: Asking,
  search: URLSearchParams,
  scope: Scope,
): Promise<PolicyAsked> {
  const limits = await policy(warehouse);
  const current = limits.filter(({ is_current: isCurrent }) => isCurrent);
  const changed = changedPolicy(current, search);
  const differs = isChanged(current, changed);
  const rows = current.length > 0 ? await whatIf(warehouse, asking, current, changed, scope) : [];
  return { limits, current, changed, differs, rows, concerned: askOtherwise(rows, differs) };
}
