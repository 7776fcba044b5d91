import { basename, dirname, join } from 'node:path';

/**
 * Where answers given in the browser are kept, as exports that every load reads: a folder beside the published file,
 * of its own for each, so that forgetting what was loaded forgets none of them.
 */
export function answersFolder(warehouse: string): string {
  return join(dirname(warehouse), `${basename(warehouse, '.duckdb')}.answers`);
}
