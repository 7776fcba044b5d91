import type { Which } from '$lib/records/data/leftOut.ts';
import type { Shown } from '$lib/records/data/shown.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';

const kinds = { rejected: 'rejected', set_aside: 'set aside' } as const;

/** Which of the rows that don't count are listed: of the opened file, of one kind, or all. */
export function whichOf(shown: Shown | null): Which {
  if (shown?.kind === 'file') return { kind: null, file: shown.id };
  if (shown?.kind !== 'rows') return { kind: null, file: null };
  const kind = kinds[shown.id as keyof typeof kinds];
  if (!kind)
    throw new BadRequest('show', `"rows.${shown.id}" can't be shown.`, ['rows.rejected', 'rows.set_aside']);
  return { kind, file: null };
}
