import { askedSearch, type Asking } from '$lib/asking/asking.ts';

/** The address of all deals that the limits of an address concern, or of their file. */
export function whatIfHref(asking: Asking, asked: URLSearchParams, format?: string): string {
  const search = askedSearch(asking);
  search.delete('compare');
  search.set('period', asking.period ?? 'all');
  for (const [name, value] of asked) if (name.startsWith('limit_')) search.append(name, value);
  if (format !== undefined) search.set('format', format);
  return `/discounts/discipline/what-if${format === undefined ? '' : '/file'}?${search}`;
}
