import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { headerTexts, previewRows, readTable } from './table.ts';

describe('readTable', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });
  const write = (name: string, text: string | Buffer) => {
    const path = join(scratch, name);
    writeFileSync(path, text);
    return path;
  };

  it('reads Parquet as text and keeps its types beside', async () => {
    const path = join(scratch, "it's.parquet");
    await connection.run(
      `copy (select 1::bigint as "Deal ""Id""", 12.50::decimal(9,2) as amount, date '2026-03-14' as closed, null::varchar as note)
       to '${path.replaceAll("'", "''")}' (format parquet)`,
    );
    const table = await readTable(connection, path, scratch);
    expect(table).toMatchObject({
      columns: ['Deal "Id"', 'amount', 'closed', 'note'],
      rows: 1,
      firstLine: 1,
    });
    expect(await previewRows(table, connection, 5)).toEqual([['1', '12.50', '2026-03-14', null]]);
    const types = await connection.runAndReadAll(`describe select * from ${table.typedRelation}`);
    expect(types.getRowsJS().map((row) => row[1])).toEqual(['BIGINT', 'DECIMAL(9,2)', 'DATE', 'VARCHAR']);
    expect(table.contentHash).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  });

  it('takes the keys of JSON for a header', async () => {
    const lines = await readTable(connection, write('a.jsonl', '{"id":1}\n{"id":2,"name":"x"}\n'), scratch);
    expect(lines.header).toEqual([['id', 'name']]);
    const array = await readTable(connection, write('a.json', '[{"id":1,"name":"x"}]'), scratch);
    expect(array.header).toEqual([['id', 'name']]);
  });

  it('refuses Parquet that is cut off', async () => {
    const path = write('cut.parquet', Buffer.from('PAR1 and nothing more'));
    await expect(readTable(connection, path, scratch)).rejects.toThrow(/Parquet file is damaged/);
  });

  it('names what is no file', async () => {
    await expect(readTable(connection, join(scratch, 'none.csv'), scratch)).rejects.toThrow('no such file');
    await expect(readTable(connection, scratch, scratch)).rejects.toThrow('a folder');
  });

  it('finds a letter that is not UTF-8 far below the sample', async () => {
    const line = (index: number) => `${index},plain text,10.50,2026-03-14\n`;
    const text = Array.from({ length: 200_000 }, (_, index) => line(index)).join('');
    const bytes = Buffer.concat([
      Buffer.from(`id,note,amount,closed\n${text}`),
      Buffer.from('x,Jos\xe9,1,2026-03-14\n', 'latin1'),
    ]);
    const table = await readTable(connection, write('late.csv', bytes), scratch);
    expect(table.dialect.encoding).toBe('windows-1252');
    expect(table).toMatchObject({ rows: 200_001, bytes: bytes.length });
    expect(table.contentHash).toBe(createHash('sha256').update(bytes).digest('hex'));
    const last = await connection.runAndReadAll(`select c1 from ${table.relation} where c0 = 'x'`);
    expect(last.getRowsJS()).toEqual([['José']]);
  });

  it('rejects a ragged record far below the sample and keeps the rest', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index},"a, b",10.50,2026-03-14`);
    rows[25_000] = '25000,short';
    rows[27_000] = '27000,"a, b",10.50,2026-03-14,extra';
    const table = await readTable(connection, write('deep.csv', ['id,n,a,d', ...rows].join('\r\n')), scratch);
    expect(table.rows).toBe(29_998);
    expect(table.rejected.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '25002 Has 2 fields where the header has 4.',
      '27002 Has 5 fields where the header has 4.',
    ]);
    const wrong = `select count(*) from ${table.relation} where line <> cast(c0 as bigint) + 2`;
    expect((await connection.runAndReadAll(wrong)).getRowsJS()).toEqual([[0n]]);
  });

  it('counts the records that carriage returns put on one line far below the sample', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index},"a, b",10.50,2026-03-14`);
    const joined = `${rows[25_000]}\r${rows[25_001]}\r${rows[25_002]}`;
    const lines = ['id,n,a,d', ...rows.slice(0, 25_000), joined, ...rows.slice(25_003)];
    const table = await readTable(connection, write('returns.csv', lines.join('\n')), scratch);
    expect(table.rows).toBe(29_997);
    expect(table.rejected.map(({ line, text }) => `${line} ${text}`)).toEqual(
      rows.slice(25_000, 25_003).map((row) => `25002 ${row}`),
    );
  });

  it('reads a record longer than the database reader allows by itself', async () => {
    const long = 'word '.repeat(900_000);
    const path = write('long.csv', `id,note,amount\n1,"${long}\nend",10\n2,short,20\n3,x,30\n,,\n`);
    const table = await readTable(connection, path, scratch);
    expect(table).toMatchObject({ rows: 3, setAside: [{ line: 6 }] });
    const length = await connection.runAndReadAll(`select length(c1) from ${table.relation} where c0 = '1'`);
    expect(length.getRowsJS()).toEqual([[BigInt(long.length + 4)]]);
  });

  it.each([
    ['one line', (columns: number) => ','.repeat(columns)],
    ['two lines', (columns: number) => `a${',b'.repeat(columns)}\n1${',2'.repeat(columns)}\n`],
  ])('refuses what is far too wide, in %s', async (_, text) => {
    const reason = /more than the 16,384 columns of the widest spreadsheet/;
    await expect(readTable(connection, write('wide.csv', text(16_384)), scratch)).rejects.toThrow(reason);
    await expect(readTable(connection, write('wider.csv', text(300_000)), scratch)).rejects.toThrow(reason);
  });

  describe('a quoted cell of thousands of lines', () => {
    const log = (lines: number, text = '2026-01-01 INFO start') => Array<string>(lines).fill(text).join('\n');
    const rows = (from: number, until: number) =>
      Array.from({ length: until - from }, (_, index) => `D${from + index},Firm,ok,10.50`);

    it.each([
      ['in the middle', [...rows(0, 5), `D5,Firm,"${log(3_000)}",1.00`, ...rows(6, 9)], 9],
      ['with commas and quotes in it', [`D0,Firm,"${log(9_000, 'line, ""x""')}",1.00`, ...rows(1, 20)], 20],
      [
        'below the header, longer than what is looked at',
        [`D0,Firm,"${log(20_000)}",1.00`, 'D1,Firm,ok,2'],
        2,
      ],
      ['above a totals row', [...rows(0, 5), `D5,Firm,"${log(3_000)}",1.00`, 'Total,,,53.50'], 6],
    ])('is one cell %s', async (_, records, count) => {
      const path = write('log.csv', ['id,name,note,amount', ...records].join('\n'));
      const table = await readTable(connection, path, scratch);
      expect(table).toMatchObject({ columns: ['id', 'name', 'note', 'amount'], rows: count, rejected: [] });
    });

    it('is a quote that nothing closes where its lines are records', async () => {
      const records = [...rows(0, 5), 'D5,"Firm,ok,1.00', ...rows(6, 9_000), 'D9000,Firm",ok,2.00'];
      const path = write('open.csv', ['id,name,note,amount', ...records].join('\n'));
      const table = await readTable(connection, path, scratch);
      expect(table.rows).toBe(9_001);
      expect(table.oddities).toEqual(['A quote that nothing closes was read as text, on 1 line: 7.']);
    });

    it('takes no longer where many never close', { timeout: 20_000 }, async () => {
      const records = Array.from({ length: 30_000 }, (_, index) => `${index},"open${index}`);
      const path = write('open.csv', ['id,name,note,amount', ...rows(0, 9), ...records].join('\n'));
      const table = await readTable(connection, path, scratch);
      expect(table.rows + table.rejected.length).toBe(30_009);
    });
  });

  it('keeps the header as it stands beside the names it gives', async () => {
    const path = write('twice.csv', 'Deal,Amount\nDeal,Amount\nA,10\nB,20\n');
    const table = await readTable(connection, path, scratch);
    expect(table.columns).toEqual(['Deal', 'Amount']);
    expect(headerTexts(table)).toEqual(['Deal Deal', 'Amount Amount']);
  });
});
