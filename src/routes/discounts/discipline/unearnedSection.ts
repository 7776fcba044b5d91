import type { DisciplineSection, Said } from '$lib/statements/discipline/section.ts';
import type { Asked } from './asked.ts';

/** Not there yet: nothing is looked at and nothing is shown. */
export async function unearnedSection(
  _asked: Asked,
): Promise<DisciplineSection<{ said: Said[]; shown: false }>> {
  return Promise.resolve({ looked: [], shown: () => ({ said: [], shown: false }) });
}
