/** The page's address with settings changed; null takes one out, so that a default stays out of the address. */
export function addressWith(url: URL, changes: Iterable<[string, string | null]>): string {
  const search = new URLSearchParams(url.searchParams);
  for (const [name, value] of changes) {
    if (value === null) search.delete(name);
    else search.set(name, value);
  }
  return search.size === 0 ? url.pathname : `${url.pathname}?${search}`;
}
