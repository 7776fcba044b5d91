import { carryAsked } from '../design/frame.ts';

/** Where a rep's or a manager's own page is, with what is asked going along. */
export const personHref = (kind: 'rep' | 'manager', id: string, search = new URLSearchParams()): string =>
  carryAsked(`/teams/${kind}s/${encodeURIComponent(id)}`, search);
