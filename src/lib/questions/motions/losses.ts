import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { numberIn } from './retention.ts';

/** Customers shown. */
const SHOWN = 10;

const columns: Column[] = [
  { id: 'name', label: 'Customer', sortable: false },
  { id: 'start', label: 'At the start, a month', unit: 'money', sortable: false, phone: 'line' },
  { id: 'end', label: 'At the end', unit: 'money', sortable: false, phone: 'line' },
  { id: 'change', label: 'Change', unit: 'money', signed: true, sortable: false, phone: 'figure' },
];

/** The customers who pay so much less at the end of a span than at its start, the largest loss first. */
export async function losses(
  warehouse: Warehouse,
  asking: Asking,
  period: string,
  scope: Scope,
): Promise<{ columns: Column[]; rows: Row[] }> {
  const { rows } = await answer(
    warehouse,
    requestOf(alone(asking), {
      measures: ['recurring_change', 'recurring_start', 'recurring_end'],
      by: ['account_id', 'account_name'],
      period,
      sort: { id: 'recurring_change', descending: false },
      limit: SHOWN,
    }),
    scope,
  );
  return {
    columns,
    rows: rows
      .filter((row) => (numberIn(row, 'recurring_change') ?? 0) < 0)
      .slice(0, SHOWN)
      .map((row) => ({
        key: String(row.account_id),
        href: `/customers/${encodeURIComponent(String(row.account_id))}`,
        cells: {
          name: String(row.account_name ?? row.account_id),
          start: numberIn(row, 'recurring_start'),
          end: numberIn(row, 'recurring_end'),
          change: numberIn(row, 'recurring_change'),
        },
      })),
  };
}
