import { error } from '@sveltejs/kit';
import { downloadDoors, escaped, readAsking } from '$lib/asking/asking.ts';
import { count } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import type { Column, Row } from '$lib/design/table.ts';
import { askedOf } from '$lib/questions/discipline/askedOf.ts';
import { requestsOf, type DecidedRequest } from '$lib/questions/discipline/requestsOf.ts';
import { readPage } from '$lib/records/dealList.ts';
import { dealHref } from '$lib/records/links.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { placeNote } from '$lib/records/sourced.ts';
import { inWords } from '$lib/records/words.ts';
import { requestsInWords } from '$lib/statements/discipline/approvals.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

/** Requests on one page of the list. */
const SIZE = 50;

const columns: Column[] = [
  { id: 'deal', label: 'Deal', sortable: false },
  { id: 'approver', label: 'By', sortable: false, phone: 'line' },
  { id: 'list', label: 'List', unit: 'money', sortable: false, phone: 'line' },
  { id: 'asked', label: 'Asked for', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'granted', label: 'Granted', unit: 'rate', sortable: false, phone: 'figure' },
  { id: 'decision', label: 'Decision', sortable: false, phone: 'line' },
  { id: 'decided_on', label: 'Decided on', unit: 'date', sortable: false, phone: 'line', oneLine: true },
  { id: 'days', label: 'Took', unit: 'days', sortable: false, phone: 'line' },
  { id: 'why', label: 'Why', sortable: false, phone: 'line' },
];

const inPercent = (rate: number | null) => (rate === null ? null : rate / 100);

function rowOf(one: DecidedRequest): Row {
  const why = [one.reason, inWords(one.criterion), one.has_value_evidence ? 'with value evidence' : null];
  return {
    key: one.exception_id,
    href: one.deal_id === null ? undefined : dealHref(one.deal_id),
    cells: {
      deal: one.deal_name ?? one.deal_id ?? 'no deal known',
      list: one.list_amount_base,
      asked: inPercent(one.requested_rate),
      granted: inPercent(one.approved_rate),
      approver: one.approver_name,
      decision: one.decision,
      decided_on: one.decided_on,
      days: one.decision_days,
      why: why.filter(Boolean).join(' · ') || null,
    },
    notes: placeNote(one, 'why', { deal: one.rep_name }),
  };
}

function decidedBy(approver: string | null, asked: URLSearchParams): URLSearchParams {
  const search = new URLSearchParams(asked);
  if (approver !== null) search.set('approver_id', escaped(approver));
  search.set('decision', 'approved,rejected');
  return search;
}

/** The requests behind an approver's figures, or behind those of all. */
export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf('/discounts/discipline'));
    const approver = url.searchParams.get('approver');
    const onPage = (page: number) =>
      requestsOf(warehouse, asking, approver, { from: (page - 1) * SIZE, most: SIZE }, scope);
    const asked = readPage(url.searchParams.get('page'));
    const first = await onPage(asked);
    const pages = Math.max(1, Math.ceil(first.count / SIZE));
    const page = Math.min(asked, pages);
    const found = page === asked ? first : await onPage(page);
    if (found.count === 0 && approver !== null)
      error(404, {
        message: 'Nobody by this id decided a request of what is asked about.',
        remedy: 'Open it from who grants how much, on the page of discipline.',
      });
    const name = approver === null ? null : found.rows[0]!.approver_name;
    const back = new URLSearchParams(url.searchParams);
    for (const own of ['approver', 'page']) back.delete(own);
    const known = askedOf(asking, 'exception').asking;
    return {
      title: name === null ? 'Requests decided' : `Requests decided by ${name}`,
      currency: warehouse.build.currency,
      finding: requestsInWords(name, found),
      back: `/discounts/discipline?${back}#approvals`,
      basis: count(found.count, 'request'),
      answer: 'The largest deals first. Requests that wait for a decision are not among them.',
      columns: columns.filter(({ id }) => id !== 'approver' || name === null),
      rows: found.rows.map(rowOf),
      list: { page, pages, size: SIZE, total: found.count },
      downloads: downloadDoors(
        { ...known, search: decidedBy(approver, known.search) },
        {
          measures: ['requests', 'grant_rate', 'granted_percent', 'decision_days'],
          by: ['exception_id', 'deal_id', 'approver_name', 'decision'],
        },
      ),
    };
  });
