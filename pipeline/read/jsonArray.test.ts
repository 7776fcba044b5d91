import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonArrayOf } from './jsonArray.ts';
import { previewRows, readTable } from './table.ts';

describe('a JSON document of rows', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });
  const read = (text: string) => {
    const path = join(scratch, 'rows.json');
    writeFileSync(path, text);
    return readTable(connection, path, scratch);
  };

  it('is told from a file with one object a line by where its array stands', () => {
    expect(jsonArrayOf('[\n  {"id": 1}]')).toEqual({ key: null });
    expect(jsonArrayOf('{"object": "list", "meta": {"data": [1]}, "data": [ {"id": 1}')).toEqual({
      key: 'data',
    });
    expect(jsonArrayOf('{"totalSize": 2, "done": true, "records": []}')).toEqual({ key: 'records' });
    expect(jsonArrayOf('{"id": 1, "items": [{"sku": "x"}]}\n{"id": 2, "items": []}')).toBeNull();
    expect(jsonArrayOf('{"name": "}", "tags": ["data"]}\n')).toBeNull();
    expect(jsonArrayOf('[1, 2]')).toBeNull();
  });

  it('comes back as it was, however it is laid out and wrapped', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', ']', ',', '\n', 'é'), maxLength: 6 });
    const value = fc.oneof(text, fc.integer(), fc.record({ in: fc.array(text, { maxLength: 2 }) }));
    const rows = fc.array(fc.record({ key: fc.nat(), value }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(0, 2), fc.boolean(), async (data, indent, wrapped) => {
        const document = wrapped ? { object: 'a "list"', data, more: [{ key: 1 }] } : data;
        const table = await read(JSON.stringify(document, null, indent));
        expect(table.rejected).toEqual([]);
        const found = await previewRows(table, connection, 100);
        const plain = (cell: unknown) => (typeof cell === 'string' ? cell : JSON.stringify(cell));
        expect(found).toEqual(data.map((row) => [String(row.key), plain(row.value)]));
      }),
      { numRuns: 60 },
    );
  });

  it('says what is missing, and rejects what is no row', async () => {
    const page = await read('{"has_more": true, "data": [{"id": "a"}, 7, {"id": "b"}]}');
    expect(page.oddities).toContain('The document says there is more: it is one page of several.');
    expect(page.rejected).toMatchObject([{ line: 2, reason: 'Is not a JSON object.', text: '7' }]);
    expect(page.rows).toBe(2);
    const cut = await read('[{"id": "a"}, {"id": "b');
    expect(cut.oddities).toContain('The JSON document is cut off: its array is not closed.');
    expect(cut.rejected).toMatchObject([{ line: 2, text: '{"id": "b' }]);
    await expect(read('[]')).rejects.toThrow('no row in this JSON document');
    await expect(read('[["a", 1], ["b", 2]]')).rejects.toThrow('array of arrays');
  });
});
