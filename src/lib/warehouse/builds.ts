import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileStamp } from './warehouse.ts';

/** The file of a build: the published one, or one kept beside it to go back to. */
export interface BuildFile {
  file: string;
  stamp: string;
  bytes: number;
  isPublished: boolean;
}

/** Where builds that were replaced are kept, as `pipeline/publish` puts them there. */
const historyFolder = (published: string) => join(dirname(published), `.${basename(published)}.builds`);

/** The published build and those kept beside it, in no order; what a load removes meanwhile is left out. */
export function buildFiles(path: string): BuildFile[] {
  const published = resolve(path);
  const folder = historyFolder(published);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.duckdb')) : [];
  const inode = statSync(published, { throwIfNoEntry: false })?.ino;
  const files = [published, ...names.map((name) => join(folder, name))];
  return files.flatMap((file, at) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    const stamp = fileStamp(file);
    // The published build may have a second name among the kept ones.
    if (!stats || stamp === null || (at > 0 && stats.ino === inode)) return [];
    return [{ file, stamp, bytes: stats.size, isPublished: at === 0 }];
  });
}

/** Changes whenever a build is kept or let go. */
export const buildsStamp = (path: string): string =>
  buildFiles(path)
    .map(({ stamp }) => stamp)
    .sort()
    .join(' ');
