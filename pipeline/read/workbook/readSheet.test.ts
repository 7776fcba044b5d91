import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { zipOf } from '../archive.fixture.ts';
import { partsOf } from '../parts.ts';
import { previewRows, readFilePart, readTable } from '../table.ts';
import { row, workbookOf } from './workbook.fixture.ts';

const FORMATS = [
  'yyyy\\-mm\\-dd',
  'dd/mm/yyyy hh:mm',
  'h:mm AM/PM',
  '[h]:mm:ss',
  '0.0%',
  '&quot;$&quot;#,##0.00_);[Red]\\(&quot;$&quot;#,##0.00\\)',
  '#,##0.00\\ [$€-407]',
  '[$PLN] #,##0.00',
  '00000',
  '#,##0.00" Stück"'.replaceAll('"', '&quot;'),
];

describe('a workbook', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });
  const write = (name: string, bytes: Buffer) => {
    const path = join(scratch, name);
    writeFileSync(path, bytes);
    return path;
  };

  it('reads cells by their type and number format', async () => {
    const cells = [
      '<c r="A2" t="s"><v>1</v></c>',
      '<c r="B2" s="1"><v>46095</v></c>',
      '<c r="C2" s="2"><v>46095.5104166667</v></c>',
      '<c r="D2" s="3"><v>0.395833333333333</v></c>',
      '<c r="E2" s="4"><v>1.5</v></c>',
      '<c r="F2" s="5"><v>7.0000000000000007E-2</v></c>',
      '<c r="G2" s="6"><v>-1234.5</v></c>',
      '<c r="H2" s="7"><v>0.1</v></c>',
      '<c r="I2" s="8"><v>12</v></c>',
      '<c r="J2" s="9"><v>42</v></c>',
      '<c r="K2" s="10"><v>3</v></c>',
      '<c r="L2" t="b"><v>1</v></c>',
      '<c r="M2" t="str"><f>A2</f><v>a_x000D_b</v></c>',
      '<c r="N2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c r="O2"><f>SUM(A1)</f></c>',
      '<c r="P2" s="11"><v>59</v></c>',
    ];
    const names = cells.map((_, index) => `c${index}`);
    const bytes = workbookOf(
      [{ name: 'Deals', rows: `${row(1, names)}<row r="2">${cells.join('')}</row>` }],
      { formats: FORMATS, strings: ['<t>x</t>', '<r><t>two </t></r><rPh><t>no</t></rPh><r><t>runs</t></r>'] },
    );
    const table = await readTable(connection, write('types.xlsx', bytes), scratch);
    expect(await previewRows(table, connection, 5)).toEqual([
      [
        'two runs',
        '2026-03-14',
        '2026-03-14 12:15:00',
        '09:30:00',
        '36:00:00',
        '7%',
        '-$1234.5',
        '€0.1',
        'PLN 12',
        '00042',
        '3',
        'TRUE',
        'a\rb',
        '#DIV/0!',
        null,
        '1900-02-28',
      ],
    ]);
    expect(table).toMatchObject({
      columns: names,
      dialect: { format: 'xlsx', sheet: 'Deals', header_line: 1 },
    });
    expect(table.oddities).toEqual([
      '1 cell with a formula’s error, the first in N2.',
      '1 formula whose result the file doesn’t hold, the first in O2: read as empty. Open and save the workbook to have them worked out.',
    ]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const rows = `${row(1, ['when', 'n'])}<row r="2"><c r="A2" s="1"><v>44633</v></c><c r="B2"><v>1</v></c></row>`;
    const bytes = workbookOf([{ name: 'S', rows }], { formats: FORMATS, is1904: true });
    const table = await readTable(connection, write('1904.xlsx', bytes), scratch);
    expect(await previewRows(table, connection, 5)).toEqual([['2026-03-14', '1']]);
  });

  it('keeps rows by their number in the sheet, whatever stands above, between and below them', async () => {
    const rows = [
      row(2, [null, 'Pipeline by region']),
      row(4, [null, 'Region', 'Amount', 'Closed']),
      row(5, [null, 'West', 10, '2026-01-02']),
      row(8, [null, 'East', null, '2026-01-03']),
      row(9, [null, 'Total', 10, null]),
      row(11, ['far', 'out', 1, 'x', 'y', 'z']).replaceAll('r="B11"', ''),
    ].join('');
    const after = '<mergeCells><mergeCell ref="B2:D2"/><mergeCell ref="B5:B6"/></mergeCells>';
    const path = write('frame.xlsx', workbookOf([{ name: 'S', rows, after }]));
    const table = await readTable(connection, path, scratch);
    const read = await connection.runAndReadAll(`select line, * exclude (line) from ${table.relation}`);
    expect(read.getRowsJS()).toMatchObject([
      [5n, null, 'West', '10', '2026-01-02', null, null],
      [8n, null, 'East', null, '2026-01-03', null, null],
      [11n, 'far', 'out', '1', 'x', 'y', 'z'],
    ]);
    expect(table.setAside).toMatchObject([{ line: 9, reason: 'A totals row, not a record.' }]);
    expect(table.oddities).toEqual(
      expect.arrayContaining([
        'Line 2 stands above the table: Pipeline by region',
        'Cells merged over several rows (B5:B6): only the first row of each has the value.',
      ]),
    );
  });

  it('gives each sheet that holds a table, and says which hold none or are hidden', async () => {
    const table = (n: number) => row(1, ['id', 'amount']) + row(2, [`D-${n}`, n]);
    const path = write(
      'sheets.xlsx',
      workbookOf([
        { name: 'Notes', rows: row(1, ['Numbers are in thousands.']) },
        { name: 'Q1', rows: table(1) },
        { name: 'Q2', rows: table(2), state: 'hidden' },
        { name: 'Empty', rows: '' },
      ]),
    );
    const parts = await partsOf(path, scratch);
    expect(parts.map(({ within }) => within)).toEqual([['Q1'], ['Q2']]);
    const [one, two] = await Promise.all(parts.map((part) => readFilePart(connection, part, scratch)));
    expect(one?.oddities).toEqual([
      'The sheet "Notes" of sheets.xlsx holds no table.',
      'The sheet "Empty" of sheets.xlsx holds no table.',
    ]);
    expect(two?.oddities).toEqual(['The sheet "Q2" is hidden in the workbook. It was read all the same.']);
    expect(one?.contentHash).not.toBe(two?.contentHash);
    const again = await readTable(connection, path, scratch, 'Q2');
    expect(again.contentHash).toBe(two?.contentHash);
    expect(await previewRows(again, connection, 5)).toEqual([['D-2', '2']]);
    await expect(readTable(connection, path, scratch, 'Q9')).rejects.toThrow('no sheet "Q9"');
  });

  it('streams many rows', async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => row(index + 2, [`D-${index}`, index, 'West']));
    const rows = row(1, ['id', 'amount', 'region']) + many.join('');
    const table = await readTable(connection, write('many.xlsx', workbookOf([{ name: 'S', rows }])), scratch);
    const sum = await connection.runAndReadAll(
      `select count(*), sum(c1::bigint), bool_and(line = c1::bigint + 2) from ${table.relation}`,
    );
    expect(sum.getRowsJS()).toEqual([[30_000n, (29_999n * 30_000n) / 2n, true]]);
  });

  it('is refused with the reason where it can’t be read', async () => {
    const refused = (name: string, bytes: Buffer) =>
      expect(readTable(connection, write(name, bytes), scratch)).rejects;
    const office = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    const stream = Buffer.from('EncryptedPackage', 'utf16le');
    await refused('locked.xlsx', Buffer.concat([office, stream])).toThrow('protected with a password');
    await refused('old.xls', office).toThrow('old Excel workbook');
    const binary = zipOf([{ name: 'xl/workbook.bin', content: 'x' }]);
    await refused('binary.xlsb', binary).toThrow('.xlsb');
    const broken = workbookOf([{ name: 'S', rows: '<row><c t="inlineStr"><is><t>a</row>' }]);
    await refused('broken.xlsx', broken).toThrow('The sheet "S" is damaged');
    await refused('none.xlsx', workbookOf([{ name: 'S', rows: '' }])).toThrow('No sheet of this workbook');
    const whole = workbookOf([{ name: 'S', rows: row(1, ['a', 'b']) + row(2, ['1', '2']) }]);
    await refused('cut.xlsx', whole.subarray(0, whole.length - 60)).toThrow('damaged or cut off');
  });
});
