import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One record of a CSV file, every cell quoted. */
export const record = (cells: readonly string[]) =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;

function flush(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Adds an export of a table to the folder as a file of its own, `table_id.csv`, which no other touches. It is there
 * whole once this returns, whatever happens next; until then it is not there at all. Saving the same id again changes
 * nothing.
 */
export function saveExport(folder: string, table: string, id: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${table}_${id}.csv`);
  const aside = join(folder, `.${id}.${process.pid}.${Math.random().toString(36).slice(2)}`);
  const handle = openSync(aside, 'wx');
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    // A link, unlike a rename, never replaces what is there.
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  flush(folder);
}
