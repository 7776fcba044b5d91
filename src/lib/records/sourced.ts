/** Where a row of the data stands: the file it was read from and the line it begins on there. */
export interface Sourced {
  source_file: string | null;
  source_line: number | null;
}

/** `Opportunity.csv:1234`, as editors take it. */
export const placeOf = ({ source_file, source_line }: Sourced): string | null =>
  source_file === null ? null : source_line === null ? source_file : `${source_file}:${source_line}`;

/** The columns of Sourced for a table of core that is called `row` in the query. */
export const place = 'file.path as source_file, row.source_line';

/** What `place` reads from. */
export const joinFile = 'left join raw.source_file file on file.source_file_id = row.source_file_id';

/** One row per person_id, for naming people; joined under different names for different parts they play. */
export const people = '(select person_id, any_value(name) as name from core.person group by person_id)';

/** Notes for a row of a table: the place it was read from under one of its cells, and whatever else is known. */
export function placeNote(
  thing: Sourced,
  under: string,
  others: Record<string, string | null> = {},
): Record<string, string> {
  const notes = Object.entries({ [under]: placeOf(thing), ...others });
  return Object.fromEntries(notes.filter((note): note is [string, string] => Boolean(note[1])));
}
