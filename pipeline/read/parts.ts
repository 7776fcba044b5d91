import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf, openArchive, type Archive, type Member } from './archive.ts';
import { headOf } from './cleanText.ts';
import { containerOf } from './signature.ts';
import { UnreadableFile } from './unreadable.ts';
import { asWorkbook, type Workbook } from './workbook/workbook.ts';
import { holdsTable } from './workbook/holdsTable.ts';

/** One table's worth of a file: the file itself, a member of an archive, a sheet of a workbook. */
export interface FilePart {
  /** Members and sheets that lead to it from the file; empty where it is the file. */
  within: string[];
  /** Where its bytes are on disk. */
  path: string;
  /** The sheet to read, in workbooks. */
  sheet: string | null;
  /** When it was last changed, where the archive says so. */
  modified: Date | null;
  /** Why it can't be read; null where nothing speaks against it so far. */
  refusal: string | null;
  /** What a person should know of the parts left out. */
  oddities: string[];
}

const whole = (path: string): FilePart => ({
  within: [],
  path,
  sheet: null,
  modified: null,
  refusal: null,
  oddities: [],
});

/** What programs leave in archives beside the files a person put there. */
const isDebris = (name: string) =>
  /(^|\/)(__MACOSX\/|\.[^/]*$|~\$|Thumbs\.db$|desktop\.ini$)/i.test(name) || /(^|\/)\.[^/]+\//.test(name);

/**
 * The tables a file may hold: every sheet of a workbook that holds one, every member of a zip archive, unpacked into
 * `scratchFolder` under names of our own. Any other file is its only part. A file that can't be opened is a part with
 * its refusal.
 */
export async function partsOf(path: string, scratchFolder: string): Promise<FilePart[]> {
  try {
    const { head } = await headOf(path, 4096);
    if (containerOf(path, head) !== 'zip') return [whole(path)];
    return await partsOfZip(path, scratchFolder, true);
  } catch (cause) {
    // Whatever else is wrong with a file is said where it is read.
    return [{ ...whole(path), refusal: cause instanceof UnreadableFile ? cause.message : null }];
  }
}

async function partsOfZip(path: string, scratchFolder: string, opensZips: boolean): Promise<FilePart[]> {
  const archive = await openArchive(path);
  try {
    const workbook = await asWorkbook(path, archive);
    if (workbook) return await sheetsOf(path, workbook);
    if (!opensZips)
      throw new UnreadableFile(path, 'A zip archive inside of another is not opened. Unpack it.');
    const members = archive.members.filter(({ name }) => !isDebris(name));
    if (members.length === 0) throw new UnreadableFile(path, 'There is no file in this zip archive.');
    const parts: FilePart[] = [];
    for (const member of members) parts.push(...(await unpacked(archive, member, scratchFolder)));
    return parts;
  } finally {
    archive.close();
  }
}

/** A member as parts: more than one where it is a workbook. */
async function unpacked(archive: Archive, member: Member, scratchFolder: string): Promise<FilePart[]> {
  const target = join(scratchFolder, randomUUID());
  const { name, modified } = member;
  const refused = (refusal: string): FilePart[] => [{ ...whole(target), within: [name], modified, refusal }];
  if (member.refusal) return refused(member.refusal);
  try {
    await pipeline(await archive.stream(member), createWriteStream(target));
  } catch (cause) {
    return refused(`It can’t be unpacked: ${messageOf(cause)}.`);
  }
  const { head } = await headOf(target, 4096);
  if (head.length < 4 || head.readUInt32BE(0) !== 0x504b0304)
    return [{ ...whole(target), within: [name], modified }];
  try {
    const inner = await partsOfZip(target, scratchFolder, false);
    return inner.map((part) => ({ ...part, within: [name, ...part.within], modified }));
  } catch (cause) {
    if (cause instanceof UnreadableFile) return refused(cause.message);
    throw cause;
  }
}

async function sheetsOf(path: string, workbook: Workbook): Promise<FilePart[]> {
  const tables: FilePart[] = [];
  const left: string[] = [];
  for (const sheet of workbook.sheets) {
    const { name, member } = sheet;
    const part = { ...whole(path), within: [name], sheet: name };
    if (member.refusal) tables.push({ ...part, refusal: member.refusal });
    else if (await holdsTable(workbook, sheet)) tables.push(part);
    else left.push(name);
  }
  const [first] = tables;
  if (!first) throw new UnreadableFile(path, `No sheet of this workbook holds a table.`);
  first.oddities = left.map((name) => `The sheet "${name}" of ${basename(path)} holds no table.`);
  return tables;
}
