import { carryAsked } from '../design/frame.ts';
import type { Row } from '../design/table.ts';

/** Where a rep's or a manager's own page is, with what is asked going along. */
export const personHref = (kind: 'rep' | 'manager', id: string, search = new URLSearchParams()): string =>
  carryAsked(`/teams/${kind}s/${encodeURIComponent(id)}`, search);

const kinds: Record<string, 'rep' | 'manager'> = { rep_id: 'rep', manager_id: 'manager' };

/**
 * Rows of a table split by rep or manager, whose names lead to the person's page and whose numbers of deals to the
 * deals that the row led to; rows of other splits as they are.
 */
export function ledToPeople(rows: Row[], split: string, search: URLSearchParams): Row[] {
  const kind = kinds[split];
  if (!kind) return rows;
  return rows.map((row) => {
    const id = row.href && new URL(row.href, 'http://local').searchParams.get(split);
    if (!row.href || !id) return row;
    const own = new URLSearchParams(search);
    own.delete(split);
    return {
      ...row,
      href: personHref(kind, id.replaceAll('\\,', ','), own),
      links: { ...row.links, deals: row.href },
    };
  });
}
