import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { tooMuch } from './limits.ts';
import { UnreadableFile } from './unreadable.ts';

/** One file inside of a zip archive. */
export interface Member {
  /** As shown: a relative path that leads nowhere outside. Nothing is ever written under it. */
  name: string;
  /** Size when unpacked, in bytes. */
  bytes: number;
  modified: Date;
  /** Why it can't be unpacked; null where it can. */
  refusal: string | null;
  entry: Entry;
}

/** An open zip archive: what is in it, in its own order, folders left out. */
export interface Archive {
  members: Member[];
  /** A member's content. The stream fails where the content is damaged. */
  stream: (member: Member) => Promise<Readable>;
  close: () => void;
}

/** More members than this is no folder of exports. */
const MOST_MEMBERS = 10_000;

const LINK = 0o120000;

/**
 * Opens a zip archive. Throws `UnreadableFile` where it is damaged or would unpack to far more than it could hold.
 */
export async function openArchive(path: string): Promise<Archive> {
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(path, { autoClose: false, decodeStrings: false });
    const members = await membersOf(path, zip);
    const opened = zip;
    return { members, stream: (member) => contentOf(opened, member), close: () => opened.close() };
  } catch (cause) {
    zip?.close();
    if (cause instanceof UnreadableFile) throw cause;
    throw new UnreadableFile(path, 'This zip archive is damaged or cut off.');
  }
}

export const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

async function membersOf(path: string, zip: ZipFile): Promise<Member[]> {
  if (zip.entryCount > MOST_MEMBERS)
    throw new UnreadableFile(
      path,
      `This zip archive holds ${zip.entryCount} files. Load them in smaller parts.`,
    );
  const members: Member[] = [];
  const taken = new Map<string, number>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    const name = shownName(entry);
    if (name === '' || name.endsWith('/')) continue;
    unpacked += entry.uncompressedSize;
    const copy = (taken.get(name) ?? 0) + 1;
    taken.set(name, copy);
    members.push({
      name: copy > 1 ? `${name} (${copy})` : name,
      bytes: entry.uncompressedSize,
      modified: entry.getLastModDate(),
      refusal: refusalOf(entry),
      entry,
    });
  }
  // Counted over all members, which may share the same packed bytes.
  const bomb = tooMuch(unpacked, zip.fileSize);
  if (bomb) throw new UnreadableFile(path, `This zip archive ${bomb}`);
  return members;
}

/** A member's name with everything taken out that would lead outside of a folder or act on a terminal. */
function shownName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const text = new TextDecoder('utf-8').decode(raw);
  // Many archives hold UTF-8 names without saying so.
  const name = text.includes('\ufffd')
    ? getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false)
    : text;
  const safe = name.replaceAll('\\', '/').replace(/^[A-Za-z]:/, '');
  const parts = safe.split('/').filter((part, index, all) => {
    const isFolder = part === '' && index === all.length - 1 && all.length > 1;
    return isFolder || (part !== '' && part !== '.' && part !== '..');
  });
  return parts.join('/').replaceAll(/\p{Cc}/gu, '\ufffd');
}

function refusalOf(entry: Entry): string | null {
  if (entry.isEncrypted()) return 'It is protected with a password. Unpack it, or save it without one.';
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === LINK) return 'It is a link to another file.';
  if (!entry.canDecodeFileData())
    return `It is packed by a method that is not read (${entry.compressionMethod}). Pack it as an ordinary zip.`;
  return null;
}

async function contentOf(zip: ZipFile, { name, entry }: Member): Promise<Readable> {
  let sum = 0;
  const check = new Transform({
    transform(block: Buffer, _encoding, done) {
      sum = crc32(block, sum);
      done(null, block);
    },
    flush(done) {
      done(sum === entry.crc32 ? null : new Error(`${name} is damaged: its checksum does not match`));
    },
  });
  const packed = await zip.openReadStreamPromise(entry);
  packed.on('error', (error) => check.destroy(error));
  check.on('close', () => packed.destroy());
  return packed.pipe(check);
}

/** A whole member as text, for the small parts of a document. */
export async function memberText(archive: Archive, member: Member): Promise<string> {
  const blocks: Buffer[] = [];
  for await (const block of await archive.stream(member)) blocks.push(block as Buffer);
  const bytes = Buffer.concat(blocks);
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}
