import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of the disk that are left alone. */
const RESERVE = 512 * 1024 * 1024;
/** A load needs about as much again as the files it reads, for the next warehouse. */
const TIMES = 2;

/** Bytes of exports that still fit on the disk of a folder, which need not be there yet. */
export function roomFor(folder: string): number {
  let place = folder;
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  return Math.max(0, Math.floor((bavail * bsize - RESERVE) / TIMES));
}
