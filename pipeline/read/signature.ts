import { readFileSync } from 'node:fs';
import { UnreadableFile } from './unreadable.ts';

export type Container = 'text' | 'gzip' | 'parquet' | 'zip';

const starts = (head: Buffer, bytes: number[]) => bytes.every((byte, index) => head[index] === byte);

/** Known kinds of file that are no table of text, by their first bytes: what they are, and what to do instead. */
const OTHERS: { bytes: number[]; reason: string }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], reason: 'This is a PDF. Export the data as CSV.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], reason: 'This is a picture, not a table.' },
  { bytes: [0xff, 0xd8, 0xff], reason: 'This is a picture, not a table.' },
  { bytes: [0x42, 0x5a, 0x68], reason: 'This file is compressed with bzip2. Unpack it, or use gzip.' },
  {
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    reason: 'This file is compressed with Zstandard. Unpack it, or use gzip.',
  },
  { bytes: [0xfd, 0x37, 0x7a, 0x58], reason: 'This file is compressed with xz. Unpack it, or use gzip.' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], reason: 'This is a 7-Zip archive. Unpack it.' },
  {
    bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
    reason: 'This is an SQLite database. Export its tables as CSV.',
  },
];

/** What kind of file this is, by its first bytes rather than its name. Throws `UnreadableFile` for what can't be. */
export function containerOf(path: string, head: Buffer): Container {
  if (starts(head, [0x50, 0x41, 0x52, 0x31])) return 'parquet';
  if (starts(head, [0x1f, 0x8b])) return 'gzip';
  // A zip archive without members begins with the end of its list of them.
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) || starts(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  if (starts(head, [0xd0, 0xcf, 0x11, 0xe0])) throw new UnreadableFile(path, compoundFile(path));
  const other = OTHERS.find(({ bytes }) => starts(head, bytes));
  if (other) throw new UnreadableFile(path, other.reason);
  return 'text';
}

/** Old Office files and workbooks with a password are files of the same kind, told apart by what is in them. */
function compoundFile(path: string): string {
  const isProtected = readFileSync(path).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return isProtected
    ? 'This workbook is protected with a password. Save it without one.'
    : 'This is an old Excel workbook (.xls). Save it as .xlsx or CSV.';
}
