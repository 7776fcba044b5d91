import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { Problem } from '../problem.ts';
import { jsonArrayOf } from '../read/jsonArray.ts';
import type { FilePart } from '../read/table.ts';

export interface FoundFile {
  /** As shown and stored: relative to the folder given, or the file's name. */
  name: string;
  path: string;
  /** The member or sheet it is, where it stands in an archive or a workbook. */
  part?: FilePart;
}

/** Text that goes with exports but is none: notes, configuration, scripts, pictures. */
const notExports = /\.(md|ya?ml|sql|html?|png|jpe?g|svg|pdf|duckdb|wal|sha256|ts|js|py|sh|log)$|\.duckdb\./i;

/** Whether a file may be an export by its name; of JSON files, only those that hold rows are. */
export function isExport(name: string, path: string): boolean {
  // Excel leaves a file beside a workbook while it is open.
  if (notExports.test(name) || basename(name).startsWith('~$')) return false;
  if (!/\.json$/i.test(name)) return true;
  const beginning = beginningOf(path);
  return jsonArrayOf(beginning) !== null || isOneRecordALine(beginning);
}

/** JSON lines by another ending. */
const isOneRecordALine = (text: string) => /^\s*\{[^\n]*\}\s*\n\s*\{[^\n]*/.test(text);

function beginningOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(64 << 10);
    return buffer.toString('utf8', 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

/** A folder reached a second time through a link has been walked already. */
function* walk(folder: string, walked = new Set<string>()): Generator<string> {
  const real = realpathSync(folder);
  if (walked.has(real)) return;
  walked.add(real);
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    const stats = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
    if (stats?.isDirectory()) yield* walk(path, walked);
    // A link to nothing is named as unread rather than passed over.
    else if (!stats || (stats.isFile() && isExport(entry.name, path))) yield path;
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
    throw new Problem(
      'There are no exports to read here.',
      'Put exports in the folder: CSV, Excel, JSON or Parquet.',
      {
        file: paths.join(', '),
      },
    );
  }
  return [...found.values()];
}

/**
 * Whether a path pattern means this file. Patterns are relative to the loaded folder; `*` stands for any
 * part of one name, so a copy of the file in a folder below is another file. The pattern of an archive or a workbook
 * means all that is in it; `book.xlsx › Deals` means one sheet.
 */
export function matchesPattern(pattern: string, file: FoundFile): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${escaped}( › .*)?$`).test(file.name);
}
