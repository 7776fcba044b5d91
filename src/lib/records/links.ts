/** One value of a filter as the grammar of requests reads it: a comma in it is no list. */
export const filterValue = (value: string): string => value.replaceAll(',', '\\,');

/** Where a deal's own page is. */
export const dealHref = (id: string): string => `/deals/${encodeURIComponent(id)}`;

/** Where a customer's own page is. */
export const accountHref = (id: string): string => `/customers/${encodeURIComponent(id)}`;

/** The deals with these values of these dimensions; null stands for what is not known. */
export function dealsHref(filters: Record<string, string | null>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) search.set(name, filterValue(value ?? ''));
  return `/deals?${search}`;
}

/** The address with one parameter changed; null takes it out. */
export function pageHref(url: URL, name: string, value: string | null): string {
  const search = new URLSearchParams(url.searchParams);
  if (value === null) search.delete(name);
  else search.set(name, value);
  return search.size === 0 ? url.pathname : `${url.pathname}?${search}`;
}

/** The same, with the list that the page shows begun again. */
export function hrefWith(url: URL, name: string, value: string | null): string {
  const href = new URL(pageHref(url, name, value), url);
  return pageHref(href, 'page', null);
}
