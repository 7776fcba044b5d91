const own = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Whether a request's Host header calls this machine by its own name. A page of another site that has its name
 * point here must not read the dashboard: DNS rebinding.
 */
export const isOwnName = (host: string | null | undefined): boolean => own.test(host ?? '');

/** What whoever came by another name is told. */
export const ownNamesOnly = 'Holdfast answers to 127.0.0.1 and localhost only.\n';
