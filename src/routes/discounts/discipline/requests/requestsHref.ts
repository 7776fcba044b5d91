import { askedSearch, type Asking } from '$lib/asking/asking.ts';

/** The address of what an approver decided of what is asked about, or all of them (null). */
export function requestsHref(asking: Asking, approver: string | null): string {
  const search = askedSearch(asking);
  search.delete('compare');
  search.set('period', asking.period ?? 'all');
  if (approver !== null) search.set('approver', approver);
  return `/discounts/discipline/requests?${search}`;
}
