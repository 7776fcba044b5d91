import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../problem.ts';
import { buildBefore, forgetOldest, keepPublished, secondName } from './keptBuilds.ts';

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

/**
 * Swaps a finished build in for the published one. Readers see the old file or the new one, never a part;
 * the old one is kept to go back to.
 */
export function publish(building: string, out: string): void {
  flush(building);
  keepPublished(out);
  renameSync(building, out);
  flush(dirname(out));
  forgetOldest(out);
}

/** Publishes a kept build again, in place of the published one, which is kept. */
export function publishAgain(kept: string, out: string): void {
  const name = buildingPath(out);
  secondName(kept, name);
  keepPublished(out);
  renameSync(name, out);
  flush(dirname(out));
  forgetOldest(out);
}

export const noneBefore = (out: string) =>
  new Problem('There is no earlier build to go back to.', 'Load again.', { file: out });

/** Goes back to the build before the published one. Throws a Problem when there is none. */
export function rollback(out: string): void {
  const before = buildBefore(out);
  if (!before) throw noneBefore(out);
  publishAgain(before.path, out);
}
