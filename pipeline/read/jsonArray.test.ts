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

  it('gives what a record wraps, and its properties, as columns, each on its line', async () => {
    const cells = async (text: string) => {
      const table = await read(text);
      const rows = await connection.runAndReadAll(`select * from ${table.relation}`);
      return {
        columns: table.columns,
        rows: rows.getRowsJS().map((row) => row.map(String)),
        more: table.oddities,
      };
    };
    const deals = [
      { id: 'a', properties: { id: 7, name: 'A', 'to/from': 'x' }, archived: false },
      { id: 'b', archived: true },
      { id: 'c', properties: { name: null, stage: 's' } },
    ];
    const given = {
      columns: ['id', 'archived', 'properties.id', 'name', 'to/from', 'stage'],
      rows: [
        ['a', 'false', '7', 'A', 'x', 'null', '1'],
        ['b', 'true', 'null', 'null', 'null', 'null', '2'],
        ['c', 'null', 'null', 'null', 'null', 's', '4'],
      ],
    };
    const lines = deals.map((deal) => JSON.stringify(deal));
    expect(await cells(`${lines[0]}\n${lines[1]}\n\n${lines[2]}`)).toMatchObject(given);
    const page = await cells(JSON.stringify({ results: [deals[0]], paging: { next: { after: '1' } } }));
    expect(page).toMatchObject({
      columns: given.columns.slice(0, -1),
      rows: [['a', 'false', '7', 'A', 'x', '1']],
    });
    expect(page.more).toContain('The document says there is more: it is one page of several.');
    const invoices = [
      '{"invoice": {"id": 1, "lines": [{"id": 2}]}}',
      '{"invoice": {"id": 3, "properties": {"x": 4}}}',
    ];
    for (const text of [invoices.join('\n'), `{"list": [${invoices.join(',')}]}`])
      expect(await cells(text)).toMatchObject({
        columns: ['id', 'lines', 'x'],
        rows: [
          ['1', '[{"id":2}]', 'null', '1'],
          ['3', 'null', '4', '2'],
        ],
      });
    // What is no object, or not the only thing, stays a value.
    expect(
      (await cells('{"properties": {"x": 1}, "id": 1}\n{"properties": "none", "id": 2}')).columns,
    ).toEqual(['properties', 'id']);
    expect((await cells('{"data": {"object": {"id": 1}}, "id": "evt"}')).columns).toEqual(['data', 'id']);
    expect((await cells('{"name": null}\n{"name": "x"}')).columns).toEqual(['name']);
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
