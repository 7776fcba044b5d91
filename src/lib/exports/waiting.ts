import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Places } from './places.ts';

/** Files that can wait at once: each is named to the command that reads them. */
export const MOST_FILES = 500;

export interface WaitingFile {
  name: string;
  /** Bytes. */
  size: number;
  /** Changes with the file's content. */
  stamp: string;
}

/** The files that are to be loaded next, by name. */
export function waitingFiles({ waiting }: Places): WaitingFile[] {
  if (!existsSync(waiting)) return [];
  return readdirSync(waiting, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ name, found: statSync(join(waiting, name), { throwIfNoEntry: false }) }))
    .flatMap(({ name, found }) =>
      found ? [{ name, size: found.size, stamp: `${found.ino}-${found.mtimeMs}-${found.size}` }] : [],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Takes a file out of those that wait. False where none has that name. */
export function leaveOut(places: Places, name: string): boolean {
  if (!waitingFiles(places).some((file) => file.name === name)) return false;
  rmSync(join(places.waiting, name), { force: true });
  return true;
}

/** Keeps what was loaded in a folder named by the day; two loads of a day get two. Returns its name. */
export function keepLoaded(places: Places, on: Date): string | null {
  if (waitingFiles(places).length === 0) return null;
  const day = on.toISOString().slice(0, 10);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? day : `${day} (${number})`;
    if (existsSync(join(places.folder, name))) continue;
    renameSync(places.waiting, join(places.folder, name));
    return name;
  }
}

/** Removes what earlier uploads left unfinished. */
export function sweepArriving({ unfinished }: Places): void {
  rmSync(unfinished, { recursive: true, force: true });
}
