import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Encoding } from './dialect.ts';
import { tooMuch } from './limits.ts';
import { UnreadableFile } from './unreadable.ts';

/** Bytes looked at to decide how a file is written. */
export const SAMPLE_BYTES = 256 << 10;

/** The first bytes of a file, and whether there are more. */
export async function headOf(
  path: string,
  length = SAMPLE_BYTES,
): Promise<{ head: Buffer; cutOff: boolean }> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    return { head: buffer.subarray(0, bytesRead), cutOff: bytesRead < (await file.stat()).size };
  } finally {
    await file.close();
  }
}

/** Unpacks a gzip file to `target`. Returns the SHA-256 (hex) and size of the packed bytes. */
export async function unpack(path: string, target: string): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let unpacked = 0;
  const guard = new Transform({
    transform(block: Buffer, _encoding, done) {
      unpacked += block.length;
      const bomb = tooMuch(unpacked, bytes);
      done(bomb ? new UnreadableFile(path, `This gzip file ${bomb}`) : null, block);
    },
  });
  const watch = new Transform({
    transform(block: Buffer, _encoding, done) {
      hash.update(block);
      bytes += block.length;
      done(null, block);
    },
  });
  await pipeline(createReadStream(path), watch, createGunzip(), guard, createWriteStream(target));
  return { hash: hash.digest('hex'), bytes };
}

/**
 * Writes `path` again as UTF-8 without a byte order mark. Returns whether bytes that are no text in `encoding` were
 * replaced by U+FFFD.
 */
export async function transcode(path: string, encoding: Encoding, target: string): Promise<boolean> {
  try {
    await decodeTo(path, new TextDecoder(encoding, { fatal: true }), target);
    return false;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    await decodeTo(path, new TextDecoder(encoding), target);
    return true;
  }
}

async function decodeTo(path: string, decoder: TextDecoder, target: string): Promise<void> {
  const recode = new Transform({
    transform(block: Buffer, _encoding, done) {
      pass(done, () => decoder.decode(block, { stream: true }));
    },
    flush(done) {
      pass(done, () => decoder.decode());
    },
  });
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), recode, createWriteStream(target));
}

function pass(done: TransformCallback, decode: () => string): void {
  try {
    done(null, Buffer.from(decode(), 'utf8'));
  } catch (cause) {
    done(cause as Error);
  }
}
