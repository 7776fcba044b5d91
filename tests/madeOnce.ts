import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** Whether this one has the work in hand now. Nobody has it from one that ended without letting it go. */
function takes(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Zero has not written its number yet.
    if (holder !== 0) process.kill(holder, 0);
  } catch {
    rmSync(lock, { force: true });
  }
  return false;
}

/**
 * Makes a folder where it is not there, aside and then moved into place whole. Of several test files that ask at once
 * one makes it, and the others wait: two at once would do the same work on the same processors.
 */
export async function madeOnce(folder: string, make: (aside: string) => Promise<void>): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (!takes(lock)) {
      await after(100);
      continue;
    }
    const aside = mkdtempSync(`${folder}-making-`);
    try {
      await make(aside);
      if (!existsSync(folder)) renameSync(aside, folder);
    } finally {
      rmSync(aside, { recursive: true, force: true });
      rmSync(lock, { force: true });
    }
  }
}
