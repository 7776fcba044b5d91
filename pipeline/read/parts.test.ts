import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { zipOf, type FixtureMember } from './archive.fixture.ts';
import { partsOf } from './parts.ts';
import { previewRows, readFilePart, readTable } from './table.ts';
import { row, workbookOf } from './workbook/workbook.fixture.ts';

describe('a zip archive', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });
  const write = (name: string, members: FixtureMember[]) => {
    const path = join(scratch, name);
    writeFileSync(path, zipOf(members));
    return path;
  };
  const CSV = 'id,amount\nD-1,10\nD-2,20\n';

  it('gives every member as a file of its own, sheets of workbooks too', async () => {
    const book = workbookOf([{ name: 'Deals', rows: row(1, ['id', 'n']) + row(2, ['D-9', 9]) }]);
    const path = write('all.zip', [
      { name: 'exports/', content: '', method: 0 },
      { name: 'exports/Zwölf.csv', content: CSV },
      { name: 'exports/packed.csv.gz', content: gzipSync(CSV), method: 0 },
      { name: 'book.xlsx', content: book },
      { name: '__MACOSX/exports/._deals.csv', content: 'x' },
      { name: 'exports/.DS_Store', content: 'x' },
    ]);
    const parts = await partsOf(path, scratch);
    expect(parts.map(({ within }) => within.join(' › '))).toEqual([
      'exports/Zwölf.csv',
      'exports/packed.csv.gz',
      'book.xlsx › Deals',
    ]);
    // A zip archive knows no zone: its clock is taken as the reader's own.
    expect(parts[0]?.modified).toEqual(new Date(2026, 2, 14, 12, 0, 0));
    const rows: unknown[] = [];
    for (const part of parts) {
      const table = await readFilePart(connection, part, scratch);
      rows.push(await previewRows(table, connection, 1));
    }
    expect(rows).toEqual([[['D-1', '10']], [['D-1', '10']], [['D-9', '9']]]);
    const chosen = await readTable(connection, path, scratch, 'book.xlsx › Deals');
    expect(chosen.oddities).toEqual([
      'Read was book.xlsx › Deals. There is more: exports/Zwölf.csv, exports/packed.csv.gz.',
    ]);
  });

  it('shows names that lead nowhere and writes under none of them', async () => {
    const path = write('names.zip', [
      { name: '../../evil.csv', content: CSV },
      { name: '/etc/passwd', content: CSV },
      { name: 'C:\\temp\\x.csv', content: CSV },
      { name: 'bell\u0007.csv', content: CSV },
      { name: 'evil.csv', content: CSV },
    ]);
    const before = new Set(readdirSync(scratch));
    const parts = await partsOf(path, scratch);
    expect(parts.map(({ within }) => within[0])).toEqual([
      'evil.csv',
      'etc/passwd',
      'temp/x.csv',
      'bell\ufffd.csv',
      'evil.csv (2)',
    ]);
    const written = readdirSync(scratch).filter((name) => !before.has(name));
    expect(written.length).toBe(5);
    expect(written.every((name) => /^[0-9a-f-]{36}$/.test(name))).toBe(true);
  });

  it('refuses a member that can’t be unpacked and gives the others', async () => {
    const inner = zipOf([{ name: 'a.csv', content: CSV }]);
    const path = write('some.zip', [
      { name: 'locked.csv', content: CSV, flags: 1 },
      { name: 'odd.csv', content: CSV, method: 14 },
      { name: 'bad.csv', content: CSV, checksum: 1 },
      { name: 'inner.zip', content: inner },
      { name: 'good.csv', content: CSV },
    ]);
    const parts = await partsOf(path, scratch);
    expect(parts.map(({ refusal }) => refusal)).toEqual([
      'It is protected with a password. Unpack it, or save it without one.',
      'It is packed by a method that is not read (14). Pack it as an ordinary zip.',
      'It can’t be unpacked: bad.csv is damaged: its checksum does not match.',
      'A zip archive inside of another is not opened. Unpack it.',
      null,
    ]);
    await expect(readFilePart(connection, parts[0]!, scratch)).rejects.toThrow('password');
  });

  it('is not unpacked where it would fill the disk', async () => {
    const zeros = Buffer.alloc(10 << 20);
    const bomb = write('bomb.zip', [{ name: 'zeros.csv', content: zeros, size: 2 ** 31 }]);
    const [part] = await partsOf(bomb, scratch);
    expect(part?.refusal).toContain('more than 250 times its size');
    // One that lies about its size is caught while it is unpacked.
    const liar = write('liar.zip', [{ name: 'zeros.csv', content: zeros, size: 1000 }]);
    expect((await partsOf(liar, scratch))[0]?.refusal).toContain('can’t be unpacked');
    const packed = join(scratch, 'bomb.csv.gz');
    writeFileSync(packed, Buffer.concat(Array<Buffer>(30).fill(gzipSync(zeros))));
    await expect(readTable(connection, packed, scratch)).rejects.toThrow('250 times its size');
  });

  it('is refused where nothing is in it or it is damaged', async () => {
    await expect(readTable(connection, write('empty.zip', []), scratch)).rejects.toThrow(
      'no file in this zip',
    );
    const path = join(scratch, 'cut.zip');
    writeFileSync(path, zipOf([{ name: 'a.csv', content: CSV }]).subarray(0, 60));
    await expect(readTable(connection, path, scratch)).rejects.toThrow('damaged or cut off');
  });
});
