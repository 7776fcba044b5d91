import type { Asking } from '../../asking/asking.ts';
import type { Answer, AnswerColumn } from '../../download/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { policyAsked } from './policyAsked.ts';

const columns = (currency: string): AnswerColumn[] => [
  ...(
    [
      ['deal_id', 'Deal (id)'],
      ['deal_name', 'Deal'],
      ['account_name', 'Customer'],
      ['rep_id', 'Rep (id)'],
      ['rep_name', 'Rep'],
      ['role', 'Role of the rep'],
    ] as const
  ).map(([id, label]): AnswerColumn => ({ id, label, kind: 'dimension', format: 'text' })),
  { id: 'closed_on', label: 'Closed on', kind: 'dimension', format: 'date' },
  { id: 'list', label: 'List amount', kind: 'measure', format: 'money', unit: currency },
  { id: 'discount', label: 'Discount', kind: 'measure', format: 'money', unit: currency },
  { id: 'today', label: 'Who is asked under today’s limits', kind: 'dimension', format: 'text' },
  { id: 'changed', label: 'Who is asked under the changed limits', kind: 'dimension', format: 'text' },
];

/** Every deal that the limits of an address concern, to be written to a file: roles as the policy has them, `nobody` where no one is asked. */
export async function whatIfFile(
  warehouse: Warehouse,
  asking: Asking,
  search: URLSearchParams,
  scope: Scope,
): Promise<Answer> {
  const { concerned } = await policyAsked(warehouse, asking, search, scope);
  const whom = (role: string | null) => (role === '' ? 'nobody in the policy' : (role ?? 'nobody'));
  return {
    columns: columns(warehouse.build.currency),
    rows: concerned.map((deal) => ({ ...deal, today: whom(deal.today), changed: whom(deal.changed) })),
    build_id: warehouse.build.build_id,
    n: concerned.length,
    coverage: null,
  };
}
