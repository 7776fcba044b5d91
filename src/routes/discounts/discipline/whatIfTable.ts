import type { Column, Row } from '$lib/design/table.ts';
import type { NeedsApproval } from '$lib/questions/discipline/whatIf.ts';
import { dealHref } from '$lib/records/links.ts';
import { roleInWords } from '$lib/statements/discipline/policy.ts';

/** Of deals that need approval: what was given away by whom, and who is asked. */
export const dealColumns = (differs: boolean): Column[] => [
  { id: 'deal', label: 'Deal', sortable: false },
  { id: 'discount', label: 'Discount', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'rep', label: 'Rep', sortable: false, phone: 'line' },
  { id: 'today', label: 'Today asks', sortable: false, phone: 'line' },
  ...(differs
    ? [{ id: 'changed', label: 'Would ask', sortable: false, phone: 'line' } satisfies Column]
    : []),
];

const whom = (role: string | null) => (role === null ? 'nobody' : roleInWords(role));

export const dealRows = (deals: readonly NeedsApproval[]): Row[] =>
  deals.map((deal) => ({
    key: deal.deal_id,
    href: dealHref(deal.deal_id),
    cells: {
      deal: deal.deal_name ?? deal.deal_id,
      discount: deal.discount,
      rep: deal.rep_name ?? deal.rep_id,
      today: whom(deal.today),
      changed: whom(deal.changed),
    },
  }));
