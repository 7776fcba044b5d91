import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Encoding, Newline } from './dialect.ts';
import { previewRows, readTable, type SourceTable } from './table.ts';

interface Spelling {
  delimiter: string;
  newline: Newline;
  encoding: Encoding;
  bom: boolean;
  gzip: boolean;
  quoteAll: boolean;
  endsOpen: boolean;
}

const spelling = fc.record<Spelling>({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom<Newline>('\n', '\r\n', '\r'),
  encoding: fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
  bom: fc.boolean(),
  gzip: fc.boolean(),
  quoteAll: fc.boolean(),
  endsOpen: fc.boolean(),
});

/** Words as people write them in West European languages, in letters that Windows-1252 and Latin-1 spell alike. */
const word = fc.stringMatching(/^[A-Z]?[a-z]{1,3}[äöüßéñç]?[a-z]{1,4}$/);
const mark = fc.constantFrom(',', ';', '|', '"', '""', "'", ' ', ' - ', '\t', ', ', '#', '\\', '\n', '\r\n');
const note = fc
  .array(fc.oneof({ weight: 3, arbitrary: word }, mark), { maxLength: 6 })
  .map((parts) => parts.join('').trim());
const day = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const amount = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2));
const record = fc.tuple(
  fc.integer({ min: 1, max: 99999 }).map((id) => `D-${id}`),
  note,
  amount,
  day,
  note,
);
const HEADER = ['Deal Id', 'Deal name', 'Amount', 'Close date', 'Next step'];

function spell(rows: string[][], how: Spelling): Buffer {
  const { delimiter, newline, quoteAll } = how;
  const field = (text: string) =>
    quoteAll || /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  const text =
    rows.map((row) => row.map(field).join(delimiter)).join(newline) + (how.endsOpen ? '' : newline);
  const bytes = encode(text, how);
  return how.gzip ? gzipSync(bytes) : bytes;
}

function encode(text: string, { encoding, bom }: Spelling): Buffer {
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1');
  if (encoding === 'utf-8') return Buffer.from((bom ? '\ufeff' : '') + text, 'utf8');
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'utf-16be' ? wide.swap16() : wide;
}

/** Lines that records begin on below a one-line header; any line feed ends a line, where there are some. */
function startLines(rows: string[][], newline: Newline): number[] {
  const ends = newline === '\r' ? /\r\n|\r|\n/g : /\n/g;
  let line = 2;
  return rows.map((row) => {
    const start = line;
    line += 1 + (row.join(' ').match(ends)?.length ?? 0);
    return start;
  });
}

async function linesOf(connection: DuckDBConnection, table: SourceTable): Promise<number[]> {
  if (table.firstLine !== null)
    return Array.from({ length: table.rows }, (_, row) => (table.firstLine ?? 0) + row);
  const reader = await connection.runAndReadAll(`select line from ${table.relation}`);
  return reader.getRowsJS().map(([line]) => Number(line));
}

describe('a table written in any dialect', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });

  it('comes back the same', { timeout: 120_000 }, async () => {
    const path = join(scratch, 'table.csv');
    const rows = fc.array(record, { minLength: 4, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, spelling, async (data, how) => {
        // Line ends of the file's own kind inside fields, as programs write them.
        const own = data.map((row) => row.map((text) => text.replace(/\r\n|\n/g, how.newline)));
        writeFileSync(path, spell([HEADER, ...own], how));
        const table = await readTable(connection, path, scratch);
        expect(table.columns).toEqual(HEADER);
        expect(table.rejected).toEqual([]);
        expect(table.setAside).toEqual([]);
        const expected = own.map((row) => row.map((text) => (text === '' ? null : text)));
        expect(await previewRows(table, connection, data.length + 1)).toEqual(expected);
        expect(await linesOf(connection, table)).toEqual(startLines(own, how.newline));
        expect(table.dialect).toMatchObject({
          delimiter: how.delimiter,
          compression: how.gzip ? 'gzip' : 'none',
        });
      }),
      { numRuns: 300 },
    );
  });
});
