import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Problem } from '../problem.ts';

/** Locks that this process holds: its own number in a lock file may be left from an earlier one's. */
const held = new Set<string>();

const lockPath = (out: string) => `${out}.loading`;

function holderOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/**
 * Lets one load at a time build on a warehouse: a second one would not know of the first one's rows, and
 * publishing it would lose them. A lock whose process is gone counts for nothing. Returns how to let go;
 * throws a Problem when another load is under way.
 */
export function holdWarehouse(out: string): () => void {
  const path = lockPath(out);
  mkdirSync(dirname(out), { recursive: true });
  for (let attempt = 0; attempt < 2 && !held.has(path); attempt += 1) {
    try {
      const handle = openSync(path, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = holderOf(path);
      if (holder !== null && holder !== process.pid) break;
      rmSync(path, { force: true });
    }
  }
  throw new Problem(
    `Another load into ${basename(out)} is under way.`,
    `Wait until it is done, or load into another file with --out. If none is running, remove ${path}.`,
    { file: out },
  );
}
