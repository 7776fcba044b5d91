import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../problem.ts';

/** How many builds before the published one are kept to go back to. */
const KEPT = 3;

const historyFolder = (out: string) => join(dirname(out), `.${basename(out)}.builds`);

/** Where the next build is written; beside the published file, so that a rename can swap it in. */
export function buildingPath(out: string): string {
  return `${out}.building-${process.pid}`;
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Removes what a killed load left behind: unfinished builds whose process is gone. */
export function sweepUnfinished(out: string): void {
  const folder = dirname(out);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const name of readdirSync(folder)) {
    const match = name.startsWith(basename(out)) && /\.building-(\d+)/.exec(name);
    if (match && (Number(match[1]) === process.pid || !isRunning(Number(match[1]))))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Earlier builds of a published file, newest first. */
export function earlierBuilds(out: string): string[] {
  const folder = historyFolder(out);
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.duckdb'))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

function keepPublished(out: string): void {
  const replaced = statSync(out, { throwIfNoEntry: false });
  if (!replaced) return;
  const folder = historyFolder(out);
  mkdirSync(folder, { recursive: true });
  // A second name for the same bytes: at every moment the published file is there and whole. The name sorts
  // by when the build was replaced.
  const kept = join(folder, `${String(Date.now()).padStart(15, '0')}-${replaced.ino}.duckdb`);
  try {
    linkSync(out, kept);
  } catch {
    // Some file systems have no second names.
    copyFileSync(out, kept, constants.COPYFILE_EXCL);
  }
  for (const old of earlierBuilds(out).slice(KEPT)) rmSync(old);
}

/** A load that was killed between its two steps has kept the published build itself: the same file. */
function isPublished(kept: string, out: string): boolean {
  const published = statSync(out, { throwIfNoEntry: false });
  return published !== undefined && statSync(kept).ino === published.ino;
}

/**
 * Swaps a finished build in for the published one. Readers see the old file or the new one, never a part;
 * the old one is kept to go back to.
 */
export function publish(building: string, out: string): void {
  flush(building);
  keepPublished(out);
  renameSync(building, out);
  flush(dirname(out));
}

/** Goes back to the build before the published one. Throws a Problem when there is none. */
export function rollback(out: string): void {
  const previous = earlierBuilds(out).find((kept) => !isPublished(kept, out));
  if (!previous) throw new Problem('There is no earlier build to go back to.', 'Load again.', { file: out });
  renameSync(previous, out);
  flush(dirname(out));
}
