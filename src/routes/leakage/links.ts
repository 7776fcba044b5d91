/** The page with one of its parameters changed, the list begun again. */
export function narrowed(search: URLSearchParams, name: string, value: string | null): string {
  const next = new URLSearchParams(search);
  next.delete('page');
  next.set(name, value === null ? '' : name === 'by' ? value : value.replaceAll(',', '\\,'));
  return `?${next}`;
}

/** The list narrowed to one cause, or to none; the link leads to it. */
export function shownHref(search: URLSearchParams, cause: string | null): string {
  const next = new URLSearchParams(search);
  next.delete('page');
  if (cause === null) next.delete('show');
  else next.set('show', cause);
  return `?${next}#list`;
}
