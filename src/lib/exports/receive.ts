import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes } from './bytes.ts';
import { safeName } from './fileName.ts';
import type { Places } from './places.ts';
import { Refused } from './refused.ts';
import { roomFor } from './room.ts';
import { MOST_FILES, waitingFiles } from './waiting.ts';

export interface Arriving {
  /** As the browser names it, with its folder where it comes from one. */
  name: string;
  /** Bytes, where the browser says so: a file that ends sooner is not kept. */
  size?: number;
  /** When the file was last changed, which says when it was exported. Milliseconds since 1970. */
  changed?: number;
  body: AsyncIterable<Uint8Array>;
}

/** How often the disk is asked for its room while a file arrives, in bytes. */
const EVERY = 64 * 1024 * 1024;

/** Puts what was written into place for good. */
function keep(aside: string, path: string, changed?: number): void {
  const handle = openSync(aside, 'r');
  fsyncSync(handle);
  closeSync(handle);
  const isPast = changed !== undefined && Number.isFinite(changed) && changed > 0 && changed <= Date.now();
  if (isPast) utimesSync(aside, new Date(), new Date(changed));
  renameSync(aside, path);
}

/**
 * Writes a file to disk as it arrives, and keeps it once it is there whole; a file of the same name that waits is
 * replaced. Returns its name. Throws Refused where it is not taken, and leaves nothing of it then.
 */
export async function receive(
  places: Places,
  { name: given, size, changed, body }: Arriving,
): Promise<string> {
  const name = safeName(given);
  if (name === null) throw new Refused(400, 'The file has no name.');
  for (const folder of [places.waiting, places.unfinished]) mkdirSync(folder, { recursive: true });
  const path = join(places.waiting, name);
  if (!existsSync(path) && waitingFiles(places).length >= MOST_FILES)
    throw new Refused(409, `No more than ${MOST_FILES} files can wait at once. Load these first.`);
  const room = roomFor(places.folder);
  const full = () =>
    new Refused(
      507,
      `${name} is too large for the disk: there is room for ${bytes(room)}. Free some, then try again.`,
    );
  if (size !== undefined && size > room) throw full();

  const aside = join(places.unfinished, randomUUID());
  const file = await open(aside, 'wx');
  let written = 0;
  let asked = 0;
  try {
    for await (const chunk of body) {
      await file.writeFile(chunk);
      written += chunk.length;
      if (written - asked < EVERY) continue;
      asked = written;
      if (roomFor(places.folder) === 0) throw full();
    }
    await file.close();
    if (size !== undefined && written !== size)
      throw new Refused(400, `${name} did not arrive whole. Add it again.`);
    keep(aside, path, changed);
    return name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw full();
    throw error;
  } finally {
    await file.close().catch(() => {});
    rmSync(aside, { force: true });
  }
}
