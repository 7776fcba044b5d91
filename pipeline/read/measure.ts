import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { wholeCharacters } from './encoding.ts';

/** What one pass over a file's bytes tells. */
export interface Measured {
  bytes: number;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  /** Physical lines, the last one counted whether or not it is closed; blank lines at the file's end are not. */
  lines: number;
  /** Whether one of the texts looked for occurs, e.g. a line that ends in a delimiter. */
  found: boolean;
  /** The first block that is not UTF-8; null where all of it is. */
  broken: Buffer | null;
}

const BLOCK = 4 << 20;
/** Room in front of a block for a character that the block before cut in half. */
const ROOM = 4;
/** Longest text that may be looked for, in bytes. */
const SEAM = 16;

/**
 * Reads the file once, block by block. `lineEnd` is the byte that ends a line: 10, or 13 in files without line
 * feeds; `sought` are short texts to look for. Memory use does not depend on the file's size.
 */
export async function measure(path: string, lineEnd: 10 | 13, sought: string[] = []): Promise<Measured> {
  const hash = createHash('sha256');
  const texts = sought.map((text) => Buffer.from(text));
  const found: Measured = { bytes: 0, hash: '', lines: 0, found: false, broken: null };
  let seam = Buffer.alloc(0);
  const file = await open(path);
  try {
    let [buffer, next] = [Buffer.allocUnsafe(ROOM + BLOCK), Buffer.allocUnsafe(ROOM + BLOCK)];
    let carried = 0;
    let blankEnds = 0;
    let pending = file.read(buffer, ROOM, BLOCK, null);
    for (;;) {
      const { bytesRead } = await pending;
      if (bytesRead === 0) break;
      pending = file.read(next, ROOM, BLOCK, null);
      const block = buffer.subarray(ROOM, ROOM + bytesRead);
      hash.update(block);
      found.bytes += bytesRead;
      found.lines += countBytes(block, lineEnd);
      blankEnds = lineEndsAtEnd(block, lineEnd, blankEnds);
      if (!found.found) {
        seam = Buffer.concat([seam, block.subarray(0, SEAM)]);
        found.found = texts.some((text) => seam.includes(text) || block.includes(text));
        seam = Buffer.from(block.subarray(-SEAM));
      }
      if (!found.broken)
        carried = checkCharacters(found, buffer.subarray(ROOM - carried, ROOM + bytesRead), next);
      [buffer, next] = [next, buffer];
    }
    // What is still carried is a character that the file's end cuts in half.
    if (carried > 0) found.broken ??= Buffer.from(buffer.subarray(ROOM - carried, ROOM));
    found.found ||= texts.some((text) => Buffer.concat([seam, Buffer.of(lineEnd)]).includes(text));
    if (found.bytes > 0) found.lines += 1 - blankEnds;
  } finally {
    await file.close();
  }
  found.hash = hash.digest('hex');
  return found;
}

function countBytes(block: Buffer, byte: number): number {
  let count = 0;
  for (let at = block.indexOf(byte); at >= 0; at = block.indexOf(byte, at + 1)) count++;
  return count;
}

/** Line ends that follow each other at the end of what was read so far. */
function lineEndsAtEnd(block: Buffer, lineEnd: number, before: number): number {
  let ends = 0;
  for (let at = block.length - 1; at >= 0; at--) {
    if (block[at] === lineEnd) ends++;
    else if (lineEnd !== 10 || block[at] !== 13) return ends;
  }
  return ends + before;
}

/** Checks a block and copies a character cut off at its end to the room in front of `next`. Returns its length. */
function checkCharacters(found: Measured, block: Buffer, next: Buffer): number {
  const whole = wholeCharacters(block);
  if (!isUtf8(block.subarray(0, whole))) found.broken = Buffer.from(block);
  const rest = block.length - whole;
  block.copy(next, ROOM - rest, whole);
  return rest;
}
