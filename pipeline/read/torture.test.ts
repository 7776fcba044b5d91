import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable, UnreadableFile, type SourceTable } from './table.ts';

const FOLDER = '../shared/data/csv-torture';
const files = existsSync(FOLDER) ? filesBelow(FOLDER).filter((path) => /\.(csv|tsv|gzz?)$/.test(path)) : [];

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/** Lines with something on them, where no quoted field can hold a line end; null where one can. */
function filledLines(path: string, { encoding, newline }: SourceTable['dialect']): number | null {
  const bytes = readFileSync(path);
  const text = new TextDecoder(encoding).decode(path.includes('.gz') ? gunzipSync(bytes) : bytes);
  if (/["']/.test(text)) return null;
  return text.split(newline === '\r' ? /\r\n|\n|\r/ : /\r?\n/).filter((line) => line.trim() !== '').length;
}

describe.skipIf(files.length === 0)('files made to break readers', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });

  it.each(files)('%s is read or refused, every record accounted for', async (path) => {
    const table = await readTable(connection, path, scratch).catch((fault: unknown) => fault);
    if (table instanceof UnreadableFile) {
      expect(table.reason).toMatch(/\.$/);
      return;
    }
    if (table instanceof Error) throw table;
    const { relation, rows, columns, dialect, rejected, setAside, oddities } = table as SourceTable;
    const loaded = await connection.runAndReadAll(`select * from ${relation}`);
    expect(loaded.currentRowCount).toBe(rows);
    expect(loaded.columnNames().slice(0, columns.length)).toEqual(columns.map((_, index) => `c${index}`));
    expect(new Set(columns).size).toBe(columns.length);
    const lines = filledLines(path, dialect);
    if (lines === null) return;
    const preamble = oddities.filter((oddity) => oddity.includes(' stands above the table: ')).length;
    const repeats = oddities.filter((oddity) => oddity.startsWith('The header stands once more')).length;
    const header = dialect.header_line > 0 ? 1 : 0;
    expect(rows + rejected.length + setAside.length + preamble + repeats + header).toBe(lines);
  });
});
