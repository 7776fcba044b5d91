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

/** Does work that no other process may do meanwhile: of those that name the same lock one works, and the others wait. */
export async function alone(lock: string, work: () => Promise<void> | void): Promise<void> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!takes(lock)) await after(100);
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Makes a folder where it is not there, aside and then moved into place whole. Of several test files that ask at once
 * one makes it: two would do the same work on the same processors.
 */
export async function madeOnce(folder: string, make: (aside: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await alone(`${folder}.lock`, async () => {
    if (existsSync(folder)) return;
    const aside = mkdtempSync(`${folder}-making-`);
    try {
      await make(aside);
      if (!existsSync(folder)) renameSync(aside, folder);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  });
}
