import { DOMParser } from 'linkedom';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostileAnswer } from './hostile.fixture.ts';
import { TooLargeError, toXlsx } from './xlsx.ts';

/** The files of a zip by name, from its central directory (APPNOTE 4.3.12). */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + packed);
    const content = method === 8 ? inflateRawSync(bytes) : bytes;
    files.set(zip.toString('utf8', at + 46, at + 46 + name!), content.toString('utf8'));
    at += 46 + name! + extra! + comment!;
  }
  return files;
}

const xml = (text: string) => new DOMParser().parseFromString(text, 'text/xml');

/** Excel's own reading of a shared string: `_x005F_` is the underscore. */
const decoded = (text: string) =>
  text.replace(/_x([\dA-F]{4})_/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

function sheet(files: Map<string, string>, number: number): (string | number | boolean | null)[][] {
  const strings = [...xml(files.get('xl/sharedStrings.xml')!).querySelectorAll('si')].map((si) =>
    decoded(si.textContent),
  );
  const rows = [...xml(files.get(`xl/worksheets/sheet${number}.xml`)!).querySelectorAll('row')];
  return rows.map((row) => {
    const cells: (string | number | boolean | null)[] = [];
    for (const c of row.querySelectorAll('c')) {
      const column = c.getAttribute('r')!.charCodeAt(0) - 65;
      const value = c.querySelector('v')?.textContent;
      const type = c.getAttribute('t');
      if (value === undefined) continue;
      cells[column] = type === 's' ? strings[Number(value)]! : type === 'b' ? value === '1' : Number(value);
    }
    return Array.from(cells, (cell) => cell ?? null);
  });
}

const answer = hostileAnswer();
const ids = answer.columns.map(({ id }) => id);
const day = 86_400_000;

describe('toXlsx', () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = unzip(await toXlsx(answer, { title: '=Discount', request: '/api/query?measures=discount' }));
  });

  it('gives labels and every value back, text as text', () => {
    const [head, ...rows] = sheet(files, 1);
    expect(head).toEqual(['Customer', 'Closed', 'Discount spend (USD)', 'Discount rate', 'Deals', 'Priced']);
    expect(rows).toHaveLength(answer.rows.length);
    rows.forEach((row, i) => {
      const wanted = answer.rows[i]!;
      ids.forEach((id, column) => {
        if (id === 'closed_on') return;
        // A cell's line end is a line feed, as XML reads any other.
        const expected = typeof wanted[id] === 'string' ? wanted[id].replace(/\r\n?/g, '\n') : wanted[id];
        expect(row[column] ?? (id === 'account_name' ? '' : null)).toBe(expected);
      });
    });
  });

  it('writes dates as dates: days since 30 December 1899', () => {
    const serials = sheet(files, 1)
      .slice(1)
      .map((row) => row[1]);
    const wanted = answer.rows.map(({ closed_on }) =>
      closed_on === null ? null : (Date.parse(String(closed_on)) - Date.UTC(1899, 11, 30)) / day,
    );
    expect(serials).toEqual(wanted);
  });

  it('holds no formula and keeps its head in sight, in bold', () => {
    for (const [name, content] of files)
      if (name.includes('worksheets/sheet')) expect(content).not.toMatch(/<f[ >]/);
    expect(files.get('xl/worksheets/sheet1.xml')).toMatch(/<pane [^>]*state="frozen"/);
    expect(files.get('xl/styles.xml')).toMatch(/<b\/>|<b>/);
  });

  it('adds up to the cent', () => {
    const cents = (values: unknown[]) =>
      values.reduce((sum: number, v) => sum + Math.round(Number(v) * 100), 0);
    const written = sheet(files, 1)
      .slice(1)
      .map((row) => row[2]);
    expect(cents(written)).toBe(cents(answer.rows.map(({ discount }) => discount)));
  });

  it('says on a second sheet what the figures rest on', () => {
    const about = new Map(sheet(files, 2).map(([name, value]) => [name, value]));
    expect(about.get('Title')).toBe('=Discount');
    expect(about.get('Request')).toBe('/api/query?measures=discount');
    expect(about.get('Build')).toBe(answer.build_id);
    expect(about.get('Rows behind it (n)')).toBe(412);
    expect(about.get('Coverage')).toBe(0.934);
    expect(about.get('Discount spend (USD)')).toBe('discount');
  });

  it('says so where a text is longer than a cell holds', async () => {
    const rows = [{ ...answer.rows[0]!, account_name: 'x'.repeat(40_000) }];
    const long = unzip(await toXlsx({ ...answer, rows }, { title: 'Long' }));
    expect(sheet(long, 1)[1]![0]).toHaveLength(32_767);
    expect(sheet(long, 2).flat()).toContain('1 longer than the 32767 characters a cell holds');
  });

  it('refuses more rows than a sheet holds, and says what to take instead', () => {
    const rows = new Array(1_048_576).fill(answer.rows[0]);
    expect(() => toXlsx({ ...answer, rows }, { title: 'Much' })).toThrow(TooLargeError);
    expect(() => toXlsx({ ...answer, rows }, { title: 'Much' })).toThrow(/1,048,575 rows.*CSV/);
  });
});
