import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { DOMParser } from 'linkedom';
import type { Figures } from './reconcile.ts';

/** One file of a zip, by its central directory (APPNOTE 4.3.12). */
function unzip(zip: Buffer, wanted: string): string {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (name === wanted) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8');
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`no ${wanted} in the workbook`);
}

const xml = (text: string) => new DOMParser().parseFromString(text, 'text/xml');
const columnOf = (cell: string) =>
  [...cell.replace(/\d+/, '')].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** The first sheet of a workbook as rows, its columns named by `ids` in their order. */
export function readWorkbook(bytes: Uint8Array, ids: readonly string[]): Figures[] {
  const zip = Buffer.from(bytes);
  const shared = [...xml(unzip(zip, 'xl/sharedStrings.xml')).querySelectorAll('si')].map(
    (si) => si.textContent,
  );
  const [, ...rows] = [...xml(unzip(zip, 'xl/worksheets/sheet1.xml')).querySelectorAll('row')];
  return rows.map((row) => {
    const found: Figures = Object.fromEntries(ids.map((id) => [id, null]));
    for (const cell of row.querySelectorAll('c')) {
      const value = cell.querySelector('v')?.textContent;
      if (value === undefined) continue;
      found[ids[columnOf(cell.getAttribute('r')!)]!] =
        cell.getAttribute('t') === 's' ? shared[Number(value)] : Number(value);
    }
    return found;
  });
}

/** A CSV download as rows, nothing as null. */
export function readCsv(text: string): Figures[] {
  const rows = parse<Record<string, string>>(text, { columns: true });
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([id, cell]) => [id, cell === '' ? null : cell])),
  );
}
