import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How many builds beside the published one are kept to go back to. */
export const KEPT = 3;

export interface KeptBuild {
  path: string;
  /** Grows from each build to the one published after it for the first time. */
  made: number;
  /** Grows with the last time that a build was replaced. */
  replaced: number;
}

const historyFolder = (out: string) => join(dirname(out), `.${basename(out)}.builds`);

/** Names of 15 digits sort as their numbers. An inode in the second place, from older versions, is no time. */
const nameOf = (made: number, replaced: number) =>
  `${[made, replaced].map((number) => String(number).padStart(15, '0')).join('-')}.duckdb`;

/** How far a file is read to tell it from another: DuckDB's own headers and what follows them. */
const BEGINNING = 16_384;

function beginning(path: string): Buffer {
  const handle = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(BEGINNING);
    return bytes.subarray(0, readSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}

/** The same bytes by another name or, on file systems without second names, a copy with its times. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [statSync(a), statSync(b)];
  if (one.ino === other.ino && one.dev === other.dev) return true;
  const isCopied = one.nlink === 1 && other.nlink === 1;
  return (
    isCopied &&
    one.size === other.size &&
    Math.abs(one.mtimeMs - other.mtimeMs) < 2 &&
    beginning(a).equals(beginning(b))
  );
}

/** Every build in the history of a published file, the last replaced first; the published one may be among them. */
function history(out: string): KeptBuild[] {
  const folder = historyFolder(out);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const match = /^(\d+)-(\d+)\.duckdb$/.exec(name);
      if (!match) return [];
      const [made, replaced] = [Number(match[1]), Number(match[2])];
      return [{ path: join(folder, name), made, replaced: Math.max(made, replaced) }];
    })
    .sort((a, b) => b.replaced - a.replaced);
}

const isPublished = ({ path }: KeptBuild, out: string): boolean => existsSync(out) && isSame(path, out);

/** The builds beside the published one, the last replaced first. */
export const keptBuilds = (out: string): KeptBuild[] =>
  history(out).filter((build) => !isPublished(build, out));

/** A second name for the same bytes, or a copy that has the same times. */
export function secondName(path: string, name: string): void {
  try {
    linkSync(path, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    copyFileSync(path, name, constants.COPYFILE_EXCL);
    const { atime, mtime } = statSync(path);
    utimesSync(name, atime, mtime);
  }
}

/**
 * Keeps the published build, which is about to be replaced: at every moment the published file is there and whole.
 * A build that was gone back to keeps its place among those made.
 */
export function keepPublished(out: string): void {
  if (!existsSync(out)) return;
  const known = history(out);
  const now = Math.max(Date.now(), 1 + Math.max(0, ...known.map(({ replaced }) => replaced)));
  const itself = known.filter((build) => isPublished(build, out));
  const folder = historyFolder(out);
  mkdirSync(folder, { recursive: true });
  if (itself[0]) renameSync(itself[0].path, join(folder, nameOf(itself[0].made, now)));
  else secondName(out, join(folder, nameOf(now, now)));
  for (const twice of itself.slice(1)) rmSync(twice.path);
}

/** Lets go of the builds beyond those kept, the longest replaced first. */
export function forgetOldest(out: string): void {
  for (const old of keptBuilds(out).slice(KEPT)) rmSync(old.path);
}

/**
 * The build to go back to: of those made before the published one, the one replaced last; null where there is none.
 */
export function buildBefore(out: string): KeptBuild | null {
  const published = history(out).find((build) => isPublished(build, out));
  return keptBuilds(out).find(({ made }) => made < (published?.made ?? Infinity)) ?? null;
}
