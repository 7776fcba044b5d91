import { describe, expect, it } from 'vitest';
import { zipOf } from '../read/archive.fixture.ts';
import { row, workbookOf } from '../read/workbook/workbook.fixture.ts';
import { rawOf } from './rawOf.fixture.ts';

const HEADER = ['Id', 'Name', 'StageName', 'CloseDate', 'OwnerId', 'Amount'];
const dated = (line: number, id: string, day: number, amount: number) =>
  `<row r="${line}">${[id, 'A deal', 'Closed Won']
    .map((text, index) => `<c r="${'ABC'[index]}${line}" t="inlineStr"><is><t>${text}</t></is></c>`)
    .join('')}<c r="D${line}" s="1"><v>${day}</v></c><c r="E${line}" t="inlineStr"><is><t>u1</t></is></c>
    <c r="F${line}" s="2"><v>${amount}</v></c></row>`;
const FORMATS = ['dd/mm/yyyy', '[$€-2] #,##0.00'];
const csv = (id: string) => `${HEADER.join(',')}\n${id},A deal,Closed Won,2026-05-04,u1,10.50\n${id},short\n`;

describe('files with more than one table in them', () => {
  it('are loaded sheet by sheet, by their rows', async () => {
    const book = workbookOf(
      [
        { name: 'About', rows: row(1, ['Deals of the year']) },
        {
          name: 'West',
          rows: row(1, ['Deals of the west']) + row(3, HEADER) + dated(4, '006A', 46146, 100.1),
        },
        {
          name: 'East',
          rows:
            row(1, HEADER) + dated(2, '006B', 46147, 200) + row(3, ['Total', null, null, null, null, 200]),
        },
      ],
      { formats: FORMATS },
    );
    const raw = await rawOf({ '2026/book.xlsx': book });
    expect(raw.files.map(({ path }) => path)).toEqual(['2026/book.xlsx › West', '2026/book.xlsx › East']);
    expect(raw.files).toMatchObject([
      { recognised_as: raw.files[0]?.recognised_as, rows_in: 1, rows_loaded: 1, rows_rejected: 0 },
      { recognised_as: expect.stringContaining('Salesforce'), rows_in: 2, rows_loaded: 1, rows_set_aside: 1 },
    ]);
    expect(
      await raw.rows(
        'select deal_id, closed_on, amount, source_line::integer as line from raw.deal_row order by deal_id',
      ),
    ).toMatchObject([
      { deal_id: '006A', closed_on: '2026-05-04', line: 4 },
      { deal_id: '006B', closed_on: '2026-05-05', line: 2 },
    ]);
    expect(await raw.rows('select sum(amount)::varchar as sum from raw.deal_row')).toMatchObject([
      { sum: expect.stringMatching(/^300\.10/) },
    ]);
  });

  it('are loaded member by member, each known by its own content', async () => {
    const zip = zipOf([
      { name: 'README.md', content: '# Exports' },
      { name: 'west/deals.csv', content: csv('006A') },
      { name: 'east/deals.csv', content: csv('006B') },
      { name: 'east/copy.csv', content: csv('006B') },
      { name: 'locked.csv', content: 'x', flags: 1 },
    ]);
    const raw = await rawOf({ 'exports.zip': zip });
    expect(raw.files).toMatchObject([
      { path: 'exports.zip › west/deals.csv', rows_in: 2, rows_loaded: 1, rows_rejected: 1, known: false },
      { path: 'exports.zip › east/deals.csv', rows_in: 2, rows_loaded: 1, rows_rejected: 1, known: false },
      { path: 'exports.zip › east/copy.csv', rows_in: 2, rows_loaded: 1, rows_rejected: 1, known: true },
      { path: 'exports.zip › locked.csv', unread_reason: expect.stringContaining('password') },
    ]);
    expect(await raw.rows('select deal_id from raw.deal_row order by deal_id')).toEqual([
      { deal_id: '006A' },
      { deal_id: '006B' },
    ]);
  });

  it('follow a mapping of the whole file or of one part of it', async () => {
    const sheet = (id: string) => row(1, ['no', 'sum']) + row(2, [id, 5]);
    const book = workbookOf([
      { name: 'One', rows: sheet('D-1') },
      { name: 'Two', rows: sheet('D-2') },
    ]);
    const mapped = (path: string) =>
      `files:\n  - path: "${path}"\n    table: deal\n    columns: { deal_id: no, amount: sum }\n`;
    const all = await rawOf({ 'book.xlsx': book }, mapped('book.xlsx'));
    expect(all.files.map(({ rows_loaded: loaded }) => loaded)).toEqual([1, 1]);
    const one = await rawOf({ 'book.xlsx': book }, mapped('book.xlsx › Two'));
    expect(one.files.map(({ rows_loaded: loaded }) => loaded)).toEqual([0, 1]);
  });

  it('are read from JSON where a folder has rows in it, and left alone where it has notes', async () => {
    const records = JSON.stringify({
      totalSize: 1,
      records: [
        Object.fromEntries(
          HEADER.map((name, index) => [name, ['006A', 'x', 'Closed Won', '2026-05-04', 'u1', 1.5][index]]),
        ),
      ],
    });
    const raw = await rawOf({ 'deals.json': records, 'package.json': '{"name": "x"}', 'tags.json': '["a"]' });
    expect(raw.files).toMatchObject([{ path: 'deals.json', rows_in: 1, rows_loaded: 1 }]);
  });
});
