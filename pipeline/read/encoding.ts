import { isUtf8 } from 'node:buffer';
import type { Encoding } from './dialect.ts';
import { UnreadableFile } from './unreadable.ts';

export interface DetectedEncoding {
  encoding: Encoding;
  bom: boolean;
  /** Whether some bytes are no text in this encoding; the rows that hold them are rejected. */
  broken: boolean;
}

const UTF_32 = Buffer.from([0xff, 0xfe, 0, 0]);

/** Bytes 0x80–0x9F that Windows-1252 text does use: € … ‘ ’ “ ” • – — ™ and the letters Š Œ Ž š œ ž Ÿ. */
const USUAL_1252 = new Set([
  0x80, 0x82, 0x84, 0x85, 0x8a, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9a, 0x9c, 0x9e,
  0x9f,
]);

/**
 * The encoding of a text file from its first bytes. `cutOff` says the sample ends before the file. Throws
 * `UnreadableFile` for binary files and for encodings that aren't read.
 */
export function detectEncoding(path: string, sample: Buffer, cutOff: boolean): DetectedEncoding {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf)
    return { encoding: 'utf-8', bom: true, broken: !isText(sample, cutOff) };
  if (sample.subarray(0, 4).equals(UTF_32))
    throw new UnreadableFile(
      path,
      'The letters of this file take four bytes each (UTF-32). Export it as UTF-8.',
    );
  if (sample[0] === 0xff && sample[1] === 0xfe) return { encoding: 'utf-16le', bom: true, broken: false };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { encoding: 'utf-16be', bom: true, broken: false };
  const wide = wideWithoutMark(sample);
  if (wide) return { encoding: wide, bom: false, broken: false };
  refuseBinary(path, sample, cutOff);
  if (isText(sample, cutOff)) return { encoding: 'utf-8', bom: false, broken: false };
  return eightBit(path, sample);
}

/** Whether the bytes are UTF-8, forgiving a character cut in half at the end. */
export function isText(sample: Buffer, cutOff: boolean): boolean {
  return isUtf8(cutOff ? sample.subarray(0, wholeCharacters(sample)) : sample);
}

/** Length of the part of a UTF-8 buffer that ends with a whole character. */
export function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** UTF-16 without a mark shows as zero bytes in every second place. */
function wideWithoutMark(sample: Buffer): Encoding | null {
  const pairs = Math.min(sample.length >> 1, 2_000);
  if (pairs < 4) return null;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (sample[pair * 2] === 0) even++;
    if (sample[pair * 2 + 1] === 0) odd++;
  }
  if (odd > pairs * 0.6 && even < pairs * 0.05) return 'utf-16le';
  return even > pairs * 0.6 && odd < pairs * 0.05 ? 'utf-16be' : null;
}

/** Ours: text has at most a few kinds of control characters, as delimiters; other bytes hit upon all of them. */
const MOST_KINDS = 4;

function refuseBinary(path: string, sample: Buffer, cutOff: boolean): void {
  const control = sample.filter(
    (byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13,
  );
  const isMotley = control.length > sample.length * 0.04 && new Set(control).size > MOST_KINDS;
  // Exotic delimiters and a stray zero byte are control characters too: only a good share of them is no text.
  if (control.length > sample.length * 0.3 || (isMotley && !isText(sample, cutOff)))
    throw new UnreadableFile(path, 'This is a binary file, not a table of text.');
}

/** Bytes of UTF-8 characters that are cut short: the first byte of one and some of those that must follow, not all. */
function inCutCharacters(sample: Buffer): number {
  let count = 0;
  for (let at = 0; at < sample.length; at++) {
    const needed = sample[at]! >= 0xf0 ? 3 : sample[at]! >= 0xe0 ? 2 : 0;
    let followed = 0;
    while (followed < needed && ((sample[at + followed + 1] ?? 0) & 0xc0) === 0x80) followed++;
    if (followed > 0 && followed < needed) count += 1 + followed;
    at += followed;
  }
  return count;
}

const isLetter = (byte: number) => (byte | 32) >= 97 && (byte | 32) <= 122;

/** Bytes of Windows-1252 that are signs; ª, º, the hyphen and the point between letters may stand inside of words. */
const isSymbol = (byte: number) => byte >= 0xa1 && byte <= 0xbf && ![0xaa, 0xad, 0xb7, 0xba].includes(byte);

/** For bytes that are not UTF-8: Windows-1252, UTF-8 with broken bytes, or (thrown) an encoding that is not read. */
export function eightBit(path: string, sample: Buffer): DetectedEncoding {
  const decoded = new TextDecoder('utf-8').decode(sample);
  let whole = 0;
  let broken = 0;
  for (const character of decoded) {
    if (character === '�') broken++;
    else if (character > '\x7f') whole++;
  }
  if (whole > broken) return { encoding: 'utf-8', bom: false, broken: true };
  let high = 0;
  let unusual = 0;
  let paired = 0;
  let insideWords = 0;
  sample.forEach((byte, index) => {
    if (byte < 0x80) return;
    high++;
    if (byte < 0xa0 && !USUAL_1252.has(byte)) unusual++;
    const [before = 0, after = 0] = [sample[index - 1], sample[index + 1]];
    if (before >= 0xa1 && byte >= 0xa1) paired++;
    if (isSymbol(byte) && isLetter(before) && isLetter(after)) insideWords++;
  });
  if (high <= 4 && high === inCutCharacters(sample)) return { encoding: 'utf-8', bom: false, broken: true };
  if (unusual > 0 && high <= 4) return { encoding: 'utf-8', bom: false, broken: true };
  // ÿ and þ are in hardly any text, and hardly ever its only letters beyond ASCII.
  if (sample.every((byte) => byte < 0x80 || byte >= 0xfe))
    return { encoding: 'utf-8', bom: false, broken: true };
  if (sample.includes(0xff) && high <= 4) return { encoding: 'utf-8', bom: false, broken: true };
  // West European text has its accented letters one at a time; Cyrillic, Greek and Asian text in runs. Text of other
  // countries has letters where Windows-1252 has signs such as ® and ¾, so that these stand inside of words.
  if (unusual > high * 0.15 || (high >= 6 && paired > high * 0.4) || insideWords > high * 0.1)
    throw new UnreadableFile(
      path,
      'The letters of this file are in an encoding that is neither UTF-8, UTF-16 nor Windows-1252.',
      'Which encoding is it? Export it again as UTF-8.',
    );
  return { encoding: 'windows-1252', bom: false, broken: false };
}
