import { BadRequest } from '$lib/metrics/badRequest.ts';
import type { Which } from '$lib/records/data/leftOut.ts';
import { readShown, shownOf } from '$lib/records/data/shown.ts';

const kinds = { rejected: 'rejected', set_aside: 'set aside' } as const;

/** Which of the rows that don't count are listed: of the opened file or of one kind, and of a column or a reason. */
export function whichOf(search: URLSearchParams): Which {
  const shown = readShown(search.get('show'));
  const narrowed = { column: search.get('column'), reason: search.get('reason') };
  if (shown?.kind !== 'rows') return { kind: null, file: shownOf(shown, 'file'), ...narrowed };
  const kind = kinds[shown.id as keyof typeof kinds];
  if (!kind)
    throw new BadRequest('show', `"rows.${shown.id}" can't be shown.`, ['rows.rejected', 'rows.set_aside']);
  return { kind, file: null, ...narrowed };
}
