import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unowned, type Scope } from '../access/scope.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { answersFolder } from './answersFolder.ts';

/** Files of a table beside the warehouse, given in the browser, that its build has not read yet; oldest first. */
export async function exportsWaiting(warehouse: Warehouse, table: string, scope: Scope): Promise<string[]> {
  const folder = answersFolder(warehouse.file);
  if (scope.kind !== 'everything' || !existsSync(folder)) return [];
  const saved = readdirSync(folder).filter((name) => name.startsWith(`${table}_`) && name.endsWith('.csv'));
  if (saved.length === 0) return [];
  const seen = unowned(scope);
  const read = await warehouse.rows<{ content_hash: string }>(
    `select content_hash from raw.source_file where recognised_as = 'Holdfast ' || $table and ${seen.test}`,
    { ...seen.parameters, table },
  );
  const known = new Set(read.map(({ content_hash }) => content_hash));
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return saved.filter((name) => !known.has(hashOf(name))).sort();
}

// What is being written has a name that begins with a dot.
const isWhole = (name: string) => !name.startsWith('.');

/** A text that is another one whenever something was given in the browser since; what is there never changes. */
export function givenStamp(warehouse: string): string {
  const folder = answersFolder(warehouse);
  return existsSync(folder) ? readdirSync(folder).filter(isWhole).sort().join(' ') : '';
}

/** Files of answers that the build has not read yet. */
export const answersWaiting = (warehouse: Warehouse, scope: Scope): Promise<string[]> =>
  exportsWaiting(warehouse, 'assessment_answer', scope);
