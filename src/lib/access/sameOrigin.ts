/**
 * Whether a request that changes something comes from a page of ours: browsers name the page's origin with every
 * POST. SvelteKit asks the same of forms, but not where the server is run for development.
 */
export const isSameOrigin = (request: Request, url: URL): boolean =>
  request.headers.get('origin') === url.origin;
