import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything, parseRequest } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { answerFile } from './answerFile.ts';
import { answerSlice, countRows } from './slice.ts';
import { deals, openCompany, sumsOf } from '../../../tests/smallCompany.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  ({ warehouse } = await openCompany());
});
afterAll(() => warehouse?.close());

const asked = (query: string) => parseRequest(new URLSearchParams(query));
const won = deals.filter(({ is_won }) => is_won);
const byDeal = 'measures=discount,net_amount&by=deal_id&sort=-discount';

async function parquetRows(bytes: Uint8Array | string) {
  const file = join(mkdtempSync(join(tmpdir(), 'holdfast-test-')), 'x.parquet');
  writeFileSync(file, bytes);
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(`select * from '${file}'`);
  return reader.getRowObjectsJson() as Record<string, string>[];
}

const sum = (values: unknown[]) =>
  Math.round(values.reduce<number>((all, one) => all + Number(one), 0) * 1e4) / 1e4;

describe('an answer as a file', () => {
  it('adds up to the page in every format', async () => {
    const expected = sumsOf(won.flatMap(({ lines }) => lines)).discount;
    const csv = await answerFile(warehouse, asked(byDeal), 'csv', '', everything);
    const records: Record<string, string>[] = parse(csv.bytes as string, { columns: true });
    const arrow = tableFromIPC(
      (await answerFile(warehouse, asked(byDeal), 'arrow', '', everything)).bytes as Uint8Array,
    );
    const parquet = await parquetRows(
      (await answerFile(warehouse, asked(byDeal), 'parquet', '', everything)).bytes,
    );
    for (const rows of [records, arrow.toArray() as Record<string, unknown>[], parquet]) {
      expect(rows).toHaveLength(won.length);
      expect(sum(rows.map((row) => row.discount))).toBe(expected);
    }
    expect(csv.name).toBe('discount-net-amount-by-deal-id.csv');
  });

  it('holds a workbook that begins as one', async () => {
    const { bytes } = await answerFile(warehouse, asked(byDeal), 'xlsx', 'http://x/', everything);
    expect(
      Buffer.from(bytes as Uint8Array)
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  it('cuts the same rows from each format, and keeps the totals', async () => {
    const all = await answerSlice(warehouse, asked(byDeal), everything);
    const part = await answerSlice(warehouse, asked(`${byDeal}&limit=7&offset=10`), everything);
    expect(part.rows).toEqual(all.rows.slice(10, 17));
    expect(part.totals).toEqual(all.totals);
    const { bytes } = await answerFile(
      warehouse,
      asked(`${byDeal}&limit=7&offset=10`),
      'parquet',
      '',
      everything,
    );
    expect((await parquetRows(bytes)).map((row) => row.deal_id)).toEqual(part.rows.map((row) => row.deal_id));
    expect(await countRows(warehouse, asked(`${byDeal}&limit=7&offset=10`), everything)).toBe(won.length);
  });

  it('has no row but the sum where nothing is split', async () => {
    const { bytes } = await answerFile(warehouse, asked('measures=deals'), 'parquet', '', everything);
    expect(await parquetRows(bytes)).toEqual([{ deals: String(won.length) }]);
  });
});
