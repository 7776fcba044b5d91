import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { previewRows, readTable, UnreadableFile, type RowAside } from './table.ts';

const FOLDER = join(import.meta.dirname, 'golden');
const inputs = readdirSync(FOLDER).filter((name) => !/\.json$|^\.|^torture-/.test(name));

const brief = ({ line, reason, text }: RowAside) => `${line}: ${reason} ${text}`;

describe('golden files', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });

  /** Everything a file comes to, in a form that reads well in a review. */
  async function read(name: string): Promise<object> {
    try {
      const table = await readTable(connection, join(FOLDER, name), scratch);
      const rows = await previewRows(table, connection, table.rows + 1);
      const { dialect, columns, rejected, setAside, oddities, firstLine, relation } = table;
      const lines =
        firstLine === null
          ? (await connection.runAndReadAll(`select line from ${relation}`))
              .getRowsJS()
              .map(([line]) => Number(line))
          : rows.map((_, row) => firstLine + row);
      return {
        dialect: Object.values(dialect).join(' ').replaceAll('\r', '\\r').replaceAll('\n', '\\n'),
        columns,
        rows: rows.map((row, index) => [lines[index], ...row]),
        rejected: rejected.map(brief),
        setAside: setAside.map(brief),
        oddities,
      };
    } catch (fault) {
      if (fault instanceof UnreadableFile) return { refused: fault.message };
      throw fault;
    }
  }

  it.each(inputs)('%s', async (name) => {
    const path = join(FOLDER, `${name}.json`);
    const found = await read(name);
    // A new file's reading is written down once, to be read by a person before it is kept.
    if (!existsSync(path) && !process.env.CI) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });
});
