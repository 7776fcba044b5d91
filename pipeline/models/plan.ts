import { markOf, type Mark } from './marks.ts';
import type { Model } from './model.ts';

export interface Plan {
  /** Models to make, in an order that can be followed one by one. */
  models: Model[];
  /** Tables of the build before that are made anew. */
  outdated: string[];
  /** Of each model by its name, and of what each table is made of in the end by the table's. */
  marks: Map<string, Mark>;
}

/**
 * A file's path and export are looked up for rows that come with the mark of their files, so they mark nothing by
 * themselves.
 */
export const isLookedUp = (table: string, reads: readonly string[]) =>
  table === 'raw.source_file' ||
  (table === 'latest.export' && reads.some((read) => /^raw\.\w+_row$/.test(read)));

/**
 * Decides which models have to be made: those that are made of something else than in the build before, and the passing
 * tables that these read. Views are always made: they cost nothing. A table that is changed after it was made is made
 * anew where either of the two is.
 */
export function planModels(
  models: readonly Model[],
  sourceMark: (table: string, text: string) => Mark,
  before: ReadonlyMap<string, Mark>,
): Plan {
  const marks = new Map<string, Mark>();
  const creators = new Map<string, string>();
  const needed = new Set<string>();
  for (const { name, makes, kind, text, reads } of models) {
    const read = reads
      .filter((table) => !isLookedUp(table, reads))
      .map((table) => `${table} ${marks.get(table) ?? sourceMark(table, text)}`);
    const mark = markOf(text, ...read.sort());
    marks.set(name, mark);
    marks.set(makes, mark);
    if (kind !== 'update') creators.set(makes, name);
    const passes = makes.startsWith('passing.');
    if (kind === 'view' || (!passes && before.get(name) !== mark)) needed.add(name);
    if (kind === 'update' && needed.has(name)) needed.add(creators.get(makes)!);
  }
  // What changes a table has to do so again after the table was made anew for any reason.
  for (const { name, makes, kind } of models)
    if (kind === 'update' && needed.has(creators.get(makes)!)) needed.add(name);
  const passingRead = new Set<string>();
  for (const { name, makes, reads } of models.toReversed()) {
    if (passingRead.has(makes)) needed.add(name);
    if (needed.has(name)) for (const read of reads) if (read.startsWith('passing.')) passingRead.add(read);
  }
  return {
    models: models.filter(({ name }) => needed.has(name)),
    outdated: models
      .filter(
        ({ name, makes, kind }) => kind === 'table' && !makes.startsWith('passing.') && needed.has(name),
      )
      .map(({ makes }) => makes),
    marks,
  };
}
