import { loadedTables, type Absent } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** What can't be watched for want of data, each with what it would take. */
export async function notWatched(warehouse: Warehouse): Promise<Absent[]> {
  const tables = await loadedTables(warehouse);
  const has = (table: string) => (tables.get(table)?.rows ?? 0) > 0;
  const configured = JSON.parse(warehouse.build.configuration) as { approvalLimits?: unknown[] };
  const absent: [is: boolean, what: string, unlocks: string][] = [
    [
      !has('discount_policy') && !(configured.approvalLimits?.length ?? 0),
      'No limit of what a seller may grant alone is known.',
      'A discount policy, or approval_limits in holdfast.yaml, would show deals over their limit.',
    ],
    [
      !has('price_exception'),
      'Approvals are not loaded.',
      'Requests with their decisions would show deals that nobody approved, and approvals that wait.',
    ],
    [
      !has('invoice_line'),
      'Bills are not loaded.',
      'Bills with their lines would show what was sold and not billed, and discounts about to end.',
    ],
    [
      !has('subscription'),
      'Contracts are not loaded.',
      'Subscriptions with their due days would show promotions that are about to be renewed.',
    ],
    [
      !has('deal_line'),
      'Lines of deals are not loaded.',
      'Lines with list and net would show discounts beyond those of comparable deals.',
    ],
  ];
  return absent.filter(([is]) => is).map(([, what, unlocks]) => ({ what, unlocks }));
}
