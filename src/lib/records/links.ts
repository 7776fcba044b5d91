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
