import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { Problem } from '../problem.ts';

export interface FoundFile {
  /** As shown and stored: relative to the folder given, or the file's name. */
  name: string;
  path: string;
}

/** Text that goes with exports but is none: notes, configuration, scripts, pictures. */
const notExports = /\.(md|ya?ml|sql|json|html?|png|jpe?g|svg|pdf|duckdb|wal|sha256|ts|js|py|sh|log)$/i;

function* walk(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile() && !notExports.test(entry.name)) yield path;
  }
}

/** Files to read, in a fixed order. A file named by itself is always taken, whatever its ending. */
export function findFiles(paths: string[]): FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (const given of paths) {
    const path = resolve(given);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) throw new Problem('There is no such file or folder.', 'Check the path.', { file: given });
    if (stats.isDirectory()) {
      for (const file of walk(path)) found.set(file, { name: relative(path, file), path: file });
    } else {
      found.set(path, { name: basename(path), path });
    }
  }
  if (found.size === 0) {
    throw new Problem('There are no exports to read here.', 'Put CSV or Parquet exports in the folder.', {
      file: paths.join(', '),
    });
  }
  return [...found.values()];
}

/**
 * Whether a path pattern means this file. Patterns are relative to the loaded folder; `*` stands for any
 * part of one name, so a copy of the file in a folder below is another file.
 */
export function matchesPattern(pattern: string, file: FoundFile): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${escaped}$`).test(file.name);
}
