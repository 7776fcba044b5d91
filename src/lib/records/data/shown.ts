import { BadRequest } from '../../metrics/badRequest.ts';

/** What is opened on the page of sources: one thing at a time, as `show=check.two_owners_at_once`. */
export interface Shown {
  kind: 'check' | 'file' | 'table' | 'rows';
  id: string;
}

const kinds: Shown['kind'][] = ['check', 'file', 'table', 'rows'];

/** Reads `show`; null where nothing is opened. Throws BadRequest for what can't be. */
export function readShown(text: string | null): Shown | null {
  if (text === null) return null;
  const [kind, ...rest] = text.split('.');
  const known = kinds.find((one) => one === kind);
  if (!known || rest.length === 0)
    throw new BadRequest('show', `"${text}" can't be shown.`, [
      'check.ID',
      'file.ID',
      'table.NAME',
      'rows.rejected',
    ]);
  return { kind: known, id: rest.join('.') };
}

/** The id of what is opened, if it is of this kind. */
export const shownOf = (shown: Shown | null, kind: Shown['kind']): string | null =>
  shown?.kind === kind ? shown.id : null;
