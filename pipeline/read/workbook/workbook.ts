import { posix } from 'node:path';
import { memberText, openArchive, type Archive, type Member } from '../archive.ts';
import { UnreadableFile } from '../unreadable.ts';
import { builtInFormat, formatOf, type CellFormat } from './numberFormat.ts';
import { parseXml } from './xml.ts';

export interface SheetPart {
  name: string;
  hidden: boolean;
  member: Member;
}

/** An open workbook: its sheets, and what their cells refer to. Close its archive when done. */
export interface Workbook {
  archive: Archive;
  sheets: SheetPart[];
  strings: Member | null;
  /** Number formats by the index cells name. */
  formats: CellFormat[];
  is1904: boolean;
}

interface Relations {
  byId: Map<string, string>;
  byType: Map<string, string>;
}

const find = (archive: Archive, path: string) =>
  archive.members.find(({ name }) => name.toLowerCase() === path.replace(/^\//, '').toLowerCase());

/** Parts that a part refers to, as paths in the archive. */
async function relations(archive: Archive, part: string): Promise<Relations> {
  const found: Relations = { byId: new Map(), byType: new Map() };
  const member = find(archive, posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`));
  if (!member) return found;
  parseXml(await memberText(archive, member), {
    open(name, attribute) {
      const target = attribute('Target');
      if (name !== 'Relationship' || target === undefined || attribute('TargetMode') === 'External') return;
      const path = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target);
      found.byId.set(attribute('Id') ?? '', path);
      found.byType.set(posix.basename(attribute('Type') ?? ''), path);
    },
  });
  return found;
}

/** What a document that is packed as a zip archive is, where it is not a workbook that can be read. */
function otherDocument(archive: Archive): string | null {
  if (find(archive, 'xl/workbook.bin')) return 'This is a binary workbook (.xlsb). Save it as .xlsx.';
  const names = archive.members.map(({ name }) => name);
  if (names.includes('mimetype') && names.includes('content.xml'))
    return 'This is an OpenDocument file. Save it as .xlsx or CSV.';
  if (names.includes('Index/Document.iwa'))
    return 'This is an Apple Numbers file. Export it as .xlsx or CSV.';
  if (names.includes('word/document.xml') || names.includes('ppt/presentation.xml'))
    return 'This is a document, not a table.';
  return null;
}

/** Opens an archive as a workbook. Null where it is an ordinary zip archive; throws for documents of other kinds. */
export async function asWorkbook(path: string, archive: Archive): Promise<Workbook | null> {
  const other = otherDocument(archive);
  if (other) throw new UnreadableFile(path, other);
  if (!find(archive, '[Content_Types].xml')) return null;
  const root = (await relations(archive, '')).byType.get('officeDocument') ?? 'xl/workbook.xml';
  const main = find(archive, root);
  if (!main) return null;
  const parts = await relations(archive, root);
  const workbook: Workbook = {
    archive,
    sheets: [],
    strings: find(archive, parts.byType.get('sharedStrings') ?? 'xl/sharedStrings.xml') ?? null,
    formats: await formatsOf(archive, parts.byType.get('styles') ?? 'xl/styles.xml'),
    is1904: false,
  };
  parseXml(await memberText(archive, main), {
    open(name, attribute) {
      if (name === 'workbookPr') workbook.is1904 = /^(1|true|on)$/.test(attribute('date1904') ?? '');
      if (name !== 'sheet') return;
      const member = find(archive, parts.byId.get(attribute('id') ?? '') ?? '');
      // Charts and dialogs are sheets too, of other folders.
      if (!member || !/worksheets?\//i.test(member.name)) return;
      const state = attribute('state');
      const hidden = state === 'hidden' || state === 'veryHidden';
      workbook.sheets.push({ name: attribute('name') ?? member.name, hidden, member });
    },
  });
  return workbook;
}

/** Opens a workbook's file. Throws `UnreadableFile` where it is none. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const archive = await openArchive(path);
  try {
    const workbook = await asWorkbook(path, archive);
    if (workbook) return workbook;
    throw new UnreadableFile(path, 'This is no Excel workbook.');
  } catch (cause) {
    archive.close();
    throw cause;
  }
}

async function formatsOf(archive: Archive, path: string): Promise<CellFormat[]> {
  const member = find(archive, path);
  if (!member) return [];
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let within = '';
  parseXml(await memberText(archive, member), {
    open(name, attribute) {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs' || name === 'cellStyleXfs') within = name;
      if (name !== 'xf' || within !== 'cellXfs') return;
      const id = Number(attribute('numFmtId') ?? 0);
      const code = codes.get(id);
      formats.push(code === undefined ? builtInFormat(id) : formatOf(code));
    },
    close(name) {
      if (name === within) within = '';
    },
  });
  return formats;
}
