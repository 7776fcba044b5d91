import type { Door, Explanation } from './doors.ts';

/** What a section says of its figure, as `Section` takes it. */
export interface Said {
  answer?: string;
  basis?: string;
  explain?: Explanation;
  downloads?: Door[];
}

/** Of what a page was told for a section, what the section says; nothing where nothing was told. */
export const said = (told: Said | null | undefined): Said =>
  told ? { answer: told.answer, basis: told.basis, explain: told.explain, downloads: told.downloads } : {};
