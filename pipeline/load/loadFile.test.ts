import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rawOf, type RawOf } from './rawOf.fixture.ts';

const salesforce = `Id,Name,StageName,CloseDate,OwnerId,Amount,IsDeleted
006A,First,Closed Won,2026-05-04,u1,100.10,false
006B,"Second, with a comma",Closed Won,not a date,u1,200.20,false
,No id,Closed Won,2026-05-04,u1,400.40,false
006C,Gone,Closed Lost,2026-05-04,u1,800.80,true
006D,"Two
lines",Closed Won,2026-05-04,u2,1600,false
006A,First again,Closed Won,2026-05-05,u1,3200.20,false
006E,Short,Closed Won,2026-05-04
006F,Odd amount,Closed Won,2026-05-04,u1,a lot,false
006D,"Two
lines",Closed Won,2026-05-04,u2,1600,false
Total,,,,,7901.90,
`;

const outOf = ({ files }: RawOf) =>
  files.map(({ rows_in, rows_loaded, rows_rejected, rows_set_aside }) => [
    rows_in,
    rows_loaded,
    rows_rejected,
    rows_set_aside,
  ]);

describe('a messy file', () => {
  it('loads what it can and names every other row by line, column and reason', async () => {
    const raw = await rawOf({ 'Opportunity.csv': salesforce });
    expect(outOf(raw)).toEqual([[10, 2, 4, 4]]);
    expect(
      await raw.rows(
        'select source_line::integer as line, column_name, reason, text from raw.rejected_row order by line',
      ),
    ).toEqual([
      {
        line: 3,
        column_name: 'CloseDate',
        reason: 'closed_on is not a date (year-month-day)',
        text: '006B,Second, with a comma,Closed Won,not a date,u1,200.20,false',
      },
      {
        line: 4,
        column_name: 'Id',
        reason: 'deal_id is missing',
        text: ',No id,Closed Won,2026-05-04,u1,400.40,false',
      },
      {
        line: 9,
        column_name: null,
        reason: expect.stringMatching(/4 fields.*7/),
        text: '006E,Short,Closed Won,2026-05-04',
      },
      {
        line: 10,
        column_name: 'Amount',
        reason: 'amount is not a number (decimal point)',
        text: '006F,Odd amount,Closed Won,2026-05-04,u1,a lot,false',
      },
    ]);
    const aside = await raw.rows(
      'select source_line::integer as line, reason from raw.set_aside_row order by line',
    );
    expect(aside).toEqual([
      { line: 2, reason: 'superseded by line 8' },
      { line: 5, reason: 'deleted or replaced in Salesforce' },
      { line: 6, reason: 'repeats line 11' },
      { line: 13, reason: expect.stringMatching(/total/i) },
    ]);
    const loaded = await raw.rows(
      'select deal_id, amount, source_line::integer as line from raw.deal_row order by line',
    );
    expect(loaded).toEqual([
      { deal_id: '006A', amount: '3200.2000', line: 8 },
      { deal_id: '006D', amount: '1600.0000', line: 11 },
    ]);
  });

  it('accounts for its money as for its rows', async () => {
    const { rows } = await rawOf({ 'Opportunity.csv': salesforce });
    const [found] = await rows(
      'select money_in, money_loaded, money_rejected, money_set_aside from raw.source_file_table',
    );
    // Rows that are whole enough to have an amount: 100.10 + 200.20 + 400.40 + 800.80 + 1600 + 3200.20 + 1600.
    expect(found).toEqual({
      money_in: '7901.7000',
      money_loaded: '4800.2000',
      money_rejected: '600.6000',
      money_set_aside: '2500.9000',
    });
  });

  it('shows hostile text as it is', async () => {
    const hostile = [
      '<script>alert(1)</script>',
      `=cmd|' /C calc'!A0`,
      `'; drop table raw.deal_row; --`,
      '\u202eabc',
      '$1 {0} %s',
    ];
    const lines = hostile.map((text, index) => `d${index},"${text.replaceAll('"', '""')}"`).join('\n');
    const { rows } = await rawOf({ 'deal.csv': `deal_id,name\n${lines}\n` });
    const found = await rows('select name from raw.deal_row order by deal_id');
    expect(found.map((row) => row.name)).toEqual(hostile);
  });
});

describe('the same table written otherwise', () => {
  const rows = [
    ['deal_id', 'name', 'closed_on', 'amount'],
    ['d1', 'Müller & Söhne', '2026-05-04', '1234.50'],
    ['d2', 'naïve “quotes” – €', '2026-05-05', '-99.01'],
    ['d3', 'semi;colon, comma', '2026-05-06', '0.10'],
  ];
  const written = (delimiter: string, newline: string) =>
    rows.map((row) => row.map((cell) => `"${cell}"`).join(delimiter)).join(newline) + newline;
  const utf8 = written(',', '\n');

  it.each<[string, string, Buffer]>([
    ['gzip', 'deal.csv.gz', gzipSync(utf8)],
    ['gzip without the ending', 'deal.csv', gzipSync(utf8)],
    ['UTF-8 with a mark', 'deal.csv', Buffer.from(`\ufeff${utf8}`)],
    ['UTF-16 little end first', 'deal.csv', Buffer.from(`\ufeff${utf8}`, 'utf16le')],
    ['UTF-16 big end first', 'deal.csv', Buffer.from(`\ufeff${utf8}`, 'utf16le').swap16()],
    ['semicolons and CRLF', 'deal.csv', Buffer.from(written(';', '\r\n'))],
    ['tabs', 'deal.tsv', Buffer.from(written('\t', '\n'))],
    ['bars', 'deal.txt', Buffer.from(written('|', '\n'))],
    ['carriage returns', 'deal.csv', Buffer.from(written(',', '\r'))],
  ])('comes out the same: %s', async (_, name, content) => {
    const raw = await rawOf({ [name]: content });
    expect(outOf(raw)).toEqual([[3, 3, 0, 0]]);
    const found = await raw.rows(
      'select deal_id, name, closed_on, amount::double::varchar as amount from raw.deal_row order by deal_id',
    );
    expect(found.map((row) => Object.values(row))).toEqual(
      rows.slice(1).map(([id, name, day, amount]) => [id, name, day, String(Number(amount))]),
    );
  });

  it('comes out the same: Windows-1252', async () => {
    const bytes = Buffer.from(
      'deal_id;name;amount\r\nd1;M\xfcller \x80 \x93x\x94;1.234,50\r\nd2;y;7,5\r\n',
      'latin1',
    );
    const { rows } = await rawOf({ 'deal.csv': bytes });
    expect(await rows('select name, amount from raw.deal_row order by deal_id')).toEqual([
      { name: 'Müller € “x”', amount: '1234.5000' },
      { name: 'y', amount: '7.5000' },
    ]);
  });
});

describe('a file that feeds two tables', () => {
  const settings = `
files:
  - path: pipeline.csv
    table: deal
    distinct: true
    columns: { deal_id: Deal, closed_on: Closed, owner_id: Rep }
  - path: pipeline.csv
    table: deal_line
    where: "Product <> 'none'"
    columns:
      deal_line_id: { sql: "Deal || '-' || Product" }
      deal_id: Deal
      product_id: Product
      net_amount: { sql: "Price * Quantity" }`;

  it('loads each, and a row is set aside only where neither took it', async () => {
    const pipeline = `Deal,Product,Price,Quantity,Closed,Rep
d1,p1,10.25,2,2026-05-04,r1
d1,p2,5,1,2026-05-04,r1
d2,none,0,0,2026-05-05,r2
`;
    const raw = await rawOf({ 'pipeline.csv': pipeline }, settings);
    expect(raw.file('pipeline.csv').recognised_as).toBe('mapping to deal, deal_line');
    expect(outOf(raw)).toEqual([[3, 3, 0, 0]]);
    expect(await raw.rows('select deal_id, owner_id from raw.deal_row order by all')).toEqual([
      { deal_id: 'd1', owner_id: 'r1' },
      { deal_id: 'd2', owner_id: 'r2' },
    ]);
    expect(await raw.rows('select deal_line_id, net_amount from raw.deal_line_row order by all')).toEqual([
      { deal_line_id: 'd1-p1', net_amount: '20.5000' },
      { deal_line_id: 'd1-p2', net_amount: '5.0000' },
    ]);
    const tables =
      'select table_name, rows_in::integer as n_in, rows_loaded::integer as loaded, rows_set_aside::integer as aside from raw.source_file_table order by feed';
    expect(await raw.rows(tables)).toEqual([
      { table_name: 'deal', n_in: 3, loaded: 2, aside: 1 },
      { table_name: 'deal_line', n_in: 3, loaded: 2, aside: 1 },
    ]);
  });

  it('sets aside a row that neither took', async () => {
    const nothing = settings.replace('distinct: true', `where: "Product <> 'none'"`);
    const pipeline = 'Deal,Product,Price,Quantity,Closed,Rep\nd1,p1,1,1,2026-05-04,r1\nd2,none,0,0,,\n';
    expect(outOf(await rawOf({ 'pipeline.csv': pipeline }, nothing))).toEqual([[2, 1, 0, 1]]);
  });
});

describe('a look-up', () => {
  const settings = (through: string) => `
files:
  - path: deals.csv
    table: deal
    columns: { deal_id: id, owner_id: { column: agent, through: [${through}] } }`;
  const agent = '{ file: people.csv, key: name, value: id }';
  const deals = 'id,agent\n1,Ann\n2,Bea\n3,Nobody\n4,\n';

  it('follows other files of the folder, keeps lines, and is empty where a key is not there', async () => {
    const files = {
      'deals.csv': deals,
      'people.csv': 'id,name\np1,Ann\np2,Bea\n',
      'places.csv': 'person;office\np1;East\np2;West\n',
    };
    const steps = `${agent}, { file: places.csv, key: person, value: office }`;
    const { rows } = await rawOf(files, settings(steps));
    expect(
      await rows('select deal_id, owner_id, source_line::integer as line from raw.deal_row order by line'),
    ).toEqual([
      { deal_id: '1', owner_id: 'East', line: 2 },
      { deal_id: '2', owner_id: 'West', line: 3 },
      { deal_id: '3', owner_id: null, line: 4 },
      { deal_id: '4', owner_id: null, line: 5 },
    ]);
  });

  it.each([
    ['a file that is not there', {}, agent, /people.csv, which is not among/],
    ['a column that is not there', { 'people.csv': 'id,nom\n1,Ann\n' }, agent, /"name"/],
    [
      'a key with two values',
      { 'people.csv': 'id,name\n1,Ann\n2,Ann\n' },
      agent,
      /"Ann" has more than one id/,
    ],
  ])('stops the load at %s', async (_, others, through, reason) => {
    const { file } = await rawOf({ 'deals.csv': deals, ...others }, settings(through));
    expect(file('deals.csv')).toMatchObject({
      is_question: true,
      unread_reason: expect.stringMatching(reason),
    });
  });
});

describe('a mapping', () => {
  const mapping = (columns: string) =>
    `files:\n  - path: "*/deals*.csv"\n    table: deal\n    columns: ${columns}`;

  it('wins over recognition, finds headers by any spelling, and means one folder by its path', async () => {
    const csv = 'deal_id,name,amount\nx1,A,5\n';
    const files = { 'east/deals 1.csv': csv, 'deals.csv': csv.replace('x1', 'x2') };
    const raw = await rawOf(files, mapping('{ deal_id: "Deal ID", name: deal_id }'));
    expect(raw.files.map((file) => file.recognised_as)).toEqual(['Holdfast deal', 'mapping to deal']);
    expect(await raw.rows('select deal_id, name, amount from raw.deal_row order by deal_id')).toEqual([
      { deal_id: 'x1', name: 'x1', amount: null },
      { deal_id: 'x2', name: 'A', amount: '5.0000' },
    ]);
  });

  it.each([
    [
      'a column that the file does not have',
      '{ deal_id: Number }',
      /"Number", which the file does not have.*It has: id, amount/,
    ],
    [
      'an expression that does not fit',
      `{ deal_id: id, amount: { sql: "date_trunc('month', amount)" } }`,
      /does not fit the file/,
    ],
    ['an expression that ends in a comment', '{ deal_id: { sql: "id --" } }', /does not fit the file/],
  ])('with %s is asked about on its line', async (_, columns, reason) => {
    const { file } = await rawOf({ 'east/deals.csv': 'id,amount\n1,5\n' }, mapping(columns));
    expect(file('east/deals.csv')).toMatchObject({ is_question: true, rows_in: 0 });
    expect(file('east/deals.csv').unread_reason).toMatch(/^holdfast.yaml:2: /);
    expect(file('east/deals.csv').unread_reason).toMatch(reason);
  });
});

describe('a file that is no export', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['that nobody knows', 'a,b,c\n1,2,3\n', /No known export has these columns: a, b, c\. .*holdfast\.yaml/],
    [
      'without what identifies its rows',
      'name,amount,stage,closed_on,owner_id\nA,1,x,2026-01-01,y\n',
      /No known export/,
    ],
    ['that is empty', '', /^The file is empty/],
    ['without a header', '1,2026-05-04,5\n2,2026-05-05,6\n', /no header line/],
    ['that is a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /./],
    ['that is a workbook', Buffer.from('PK\x03\x04xl/workbook', 'latin1'), /./],
    ['that is cut off', gzipSync('a'.repeat(100_000)).subarray(0, 40), /damaged|cut off/],
  ])('%s is named with its reason, and the rest loads', async (_, content, reason) => {
    const raw = await rawOf({ 'other.csv': content, 'deal.csv': 'deal_id,amount\nd1,5\n' });
    expect(raw.file('other.csv')).toMatchObject({ is_question: false, recognised_as: null, rows_in: 0 });
    expect(raw.file('other.csv').unread_reason).toMatch(reason);
    expect(raw.file('deal.csv').rows_loaded).toBe(1);
  });

  it('with a header alone is recognised, and says nothing', async () => {
    const raw = await rawOf({ 'deal.csv': 'deal_id,name,amount\n' });
    expect(raw.file('deal.csv')).toMatchObject({
      recognised_as: 'Holdfast deal',
      rows_in: 0,
      unread_reason: null,
    });
  });
});

describe('when a file was exported', () => {
  it('is read from the mapping, else its name, else when it was changed', async () => {
    const csv = 'deal_id,amount\n';
    const settings =
      'files: [{ path: said.csv, table: deal, exported_at: 2026-02-03, columns: { deal_id: deal_id } }]';
    const files = {
      'said.csv': `${csv}1,1\n`,
      'Deal_2026-11-16.csv': `${csv}2,2\n`,
      'deal.csv': `${csv}3,3\n`,
    };
    const { rows, file } = await rawOf(files, settings);
    expect(file('said.csv').exported_at).toBe('2026-02-03T23:59:59Z');
    expect(file('Deal_2026-11-16.csv').exported_at).toBe('2026-11-16T23:59:59Z');
    expect(Date.now() - Date.parse(file('deal.csv').exported_at!)).toBeLessThan(60_000);
    expect(await rows('select exported_at_source from raw.source_file order by path')).toEqual([
      { exported_at_source: 'file name' },
      { exported_at_source: 'modification time' },
      { exported_at_source: 'configuration' },
    ]);
  });
});

describe('ids that went through a spreadsheet', () => {
  it('are refused by name where it rounded them: several may be the same now', async () => {
    const raw = await rawOf({
      'deal.csv': `deal_id,name,owner_id,stage,is_closed,is_won,created_on,closed_on,amount
9.87650E+09,A,u1,Won,true,true,2026-01-01,2026-05-04,100
"9,8765E+09",B,u1,Won,true,true,2026-01-01,2026-05-04,200
98765E,C,u1,Won,true,true,2026-01-01,2026-05-04,400
`,
    });
    expect(outOf(raw)).toEqual([[3, 1, 2, 0]]);
    expect(await raw.rows('select distinct column_name, reason from raw.rejected_row')).toEqual([
      {
        column_name: 'deal_id',
        reason:
          'deal_id was rounded by a spreadsheet, and several may be the same now: export it again as text',
      },
    ]);
  });

  it('are read out of the formulas that kept them as text', async () => {
    const raw = await rawOf({
      'deal.csv': `deal_id,name,owner_id,stage,is_closed,is_won,created_on,closed_on,amount
"=""00612""","=""Acme""",u1,Won,true,true,2026-01-01,2026-05-04,100
"=""00613""",=SUM(A1),u1,Won,true,true,2026-01-01,2026-05-04,200
`,
    });
    expect(await raw.rows('select deal_id, name from raw.deal_row order by 1')).toEqual([
      { deal_id: '00612', name: 'Acme' },
      { deal_id: '00613', name: '=SUM(A1)' },
    ]);
  });
});
