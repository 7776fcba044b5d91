import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable, UnreadableFile, type SourceTable } from './table.ts';

const FOLDER = '../shared/data/csv-torture';
/** What became of each file, read by a person before it was kept. */
const OUTCOMES = join(import.meta.dirname, 'golden', 'torture-outcomes.tsv');
const files = existsSync(FOLDER) ? filesBelow(FOLDER).filter((path) => /\.(csv|tsv|gzz?)$/.test(path)) : [];

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/** A file's outcome on one line: how it was read, what was kept, what was left out and why. */
function outcome(path: string, found: SourceTable | UnreadableFile): string {
  const name = relative(FOLDER, path);
  if (found instanceof UnreadableFile)
    return [name, 'refused', '', '', '', '', '', '', found.message].join('\t');
  const { dialect, rows, columns, rejected, setAside } = found;
  const how =
    rejected.length > 0 ? 'read, some rejected' : setAside.length > 0 ? 'read, some set aside' : 'read';
  const reasons = [...new Set([...rejected, ...setAside].map(({ reason }) => reason))].slice(0, 3).join(' ');
  const counts = [rows, columns.length, rejected.length, setAside.length];
  const header = dialect.header_line > 0 ? `header ${dialect.header_line}` : 'no header';
  return [name, how, JSON.stringify(dialect.delimiter), header, ...counts, reasons].join('\t').trimEnd();
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

  const outcomes: string[] = [];

  it.each(files)('%s is read or refused, every record accounted for', async (path) => {
    const table = await readTable(connection, path, scratch).catch((fault: unknown) => fault);
    if (table instanceof UnreadableFile || !(table instanceof Error))
      outcomes.push(outcome(path, table as SourceTable | UnreadableFile));
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

  it('comes to what it came to before, file by file', () => {
    const found = outcomes.sort();
    if (!existsSync(OUTCOMES) && !process.env.CI) writeFileSync(OUTCOMES, `${found.join('\n')}\n`);
    expect(found).toEqual(readFileSync(OUTCOMES, 'utf8').trimEnd().split('\n'));
  });
});
