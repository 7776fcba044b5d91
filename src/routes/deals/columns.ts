import type { Column, Row } from '$lib/design/table.ts';
import type { ListedDeal } from '$lib/records/dealList.ts';
import { accountHref, dealHref } from '$lib/records/links.ts';
import { personHref } from '$lib/records/teamLinks.ts';
import { inWords } from '$lib/records/words.ts';

export const standardSort = { column: 'discount', descending: true };

export const columns: Column[] = [
  { id: 'deal_name', label: 'Deal' },
  { id: 'account_name', label: 'Customer' },
  { id: 'rep_name', label: 'Rep' },
  { id: 'region', label: 'Region' },
  { id: 'closed_on', label: 'Close', unit: 'date' },
  { id: 'type', label: 'Type', sortable: false },
  { id: 'list_amount', label: 'List', unit: 'money' },
  { id: 'net_amount', label: 'Net', unit: 'money' },
  { id: 'discount', label: 'Discount', unit: 'money', phone: 'figure' },
  { id: 'discount_rate', label: 'Rate', unit: 'rate' },
  { id: 'uplift', label: 'Uplift', unit: 'money' },
];

/** What a file of the list holds: the same figures, unrounded, a row a deal. */
export const taken = {
  measures: ['list_amount', 'net_amount', 'discount', 'discount_rate', 'uplift'],
  by: [
    'deal_id',
    'deal_name',
    'account_id',
    'account_name',
    'rep_name',
    'region',
    'closed_on',
    'stage',
    'source_type',
  ],
};

/** A deal as a row of the table. */
export function rowOf(deal: ListedDeal): Row {
  const { deal_id, account_id, rep_id, deal_type, ...cells } = deal;
  return {
    key: deal_id,
    href: dealHref(deal_id),
    links: {
      ...(account_id === null ? {} : { account_name: accountHref(account_id) }),
      ...(rep_id === null ? {} : { rep_name: personHref('rep', rep_id) }),
    },
    cells: { ...cells, type: inWords(deal_type) },
  };
}
