import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Problem } from '../problem.ts';

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
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(path, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = holderOf(path);
      if (holder !== null && holder !== process.pid) break;
      rmSync(path, { force: true });
    }
  }
  throw new Problem(
    `Another load into ${basename(out)} is under way.`,
    'Wait until it is done, or load into another file with --out.',
    { file: out },
  );
}
