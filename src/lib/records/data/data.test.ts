import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../access/scope.ts';
import { pageGroups } from '../../design/pages.ts';
import { toCsv } from '../../download/csv.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { deals, files, openCompany } from '../../../../tests/smallCompany.ts';
import { checkResults } from './checks.ts';
import { fieldCoverage, tableCoverage } from './coverage.ts';
import { whatFeeds } from './fed.ts';
import { fileDetail, sourceFiles } from './files.ts';
import { leftOutAnswer, leftOutRows, reasons } from './leftOut.ts';
import { readShown } from './shown.ts';
import { dialectInWords, exportedInWords, findingOf } from './words.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  ({ warehouse } = await openCompany());
});
afterAll(() => warehouse?.close());

const all = { kind: null, file: null, column: null, reason: null };

describe('what was read', () => {
  it('accounts for every row of every file', async () => {
    const { files: found, totals } = await sourceFiles(warehouse, everything);
    for (const file of found) {
      expect(file.rows_in).toBe(files[file.path]!.trim().split('\n').length - 1);
      expect(file.rows_loaded + file.rows_rejected + file.rows_set_aside).toBe(file.rows_in);
    }
    expect(found.map(({ path }) => path)).toEqual(Object.keys(files).toSorted());
    expect(totals.rows_rejected).toBe(1);
  });

  it('says how each column of a file was understood', async () => {
    const { files: found } = await sourceFiles(warehouse, everything);
    const lines = found.find(({ path }) => path === 'deal_line.csv')!;
    const detail = (await fileDetail(warehouse, lines.source_file_id, everything))!;
    const header = files['deal_line.csv']!.split('\n')[0]!.split(',');
    expect(detail.columns.map(({ source }) => source).toSorted()).toEqual(header.toSorted());
    expect(detail.columns.every(({ means }) => means !== null)).toBe(true);
    const net = deals.flatMap((deal) => deal.lines).reduce((sum, { net_amount }) => sum + net_amount, 0);
    expect(detail.feeds[0]!.money_in).toBeCloseTo(net, 2);
    expect(await fileDetail(warehouse, "x' or 1=1", everything)).toBeNull();
  });

  it('gives back a row that could not be read as it stands in the file', async () => {
    const { rows, count } = await leftOutRows(warehouse, all, 1, everything);
    expect(count).toBe(1);
    expect(rows[0]).toMatchObject({
      kind: 'rejected',
      source_file: 'deal.csv',
      source_line: 132,
      column_name: 'is_closed',
    });
    expect(files['deal.csv']!.split('\n')[131]).toContain('"DX"');
    expect(rows[0]!.text).toContain('DX,never');
    const [why, ...others] = await reasons(warehouse, everything);
    expect(others).toEqual([]);
    const so = { ...all, reason: why!.reason, column: why!.column_name };
    expect((await leftOutRows(warehouse, so, 1, everything)).count).toBe(1);
    expect((await leftOutRows(warehouse, { ...so, reason: 'x' }, 1, everything)).count).toBe(0);
    expect((await leftOutRows(warehouse, { ...so, column: 'x' }, 1, everything)).count).toBe(0);
    expect((await leftOutRows(warehouse, { ...all, kind: 'set aside' }, 1, everything)).count).toBe(0);
    expect(toCsv(await leftOutAnswer(warehouse, all, everything))).toContain(
      'rejected,deal.csv,132,deal,is_closed,',
    );
  });

  it('knows how much each field says', async () => {
    const tables = await tableCoverage(warehouse, everything);
    expect(tables.find(({ table_name }) => table_name === 'deal')!.rows).toBe(deals.length);
    expect(tables.find(({ table_name }) => table_name === 'quota')!.rows).toBe(0);
    const fields = await fieldCoverage(warehouse, 'deal_line', everything);
    const priced = deals.flatMap((deal) => deal.lines).filter(({ unit_list }) => unit_list !== null);
    expect(fields.find(({ column_name }) => column_name === 'unit_list')!.known).toBe(priced.length);
    expect(await fieldCoverage(warehouse, 'nothing', everything)).toEqual([]);
  });

  it('says what the pages ask for, of fields and pages that there are, what is missing and worth most first', async () => {
    const fed = await whatFeeds(warehouse, everything);
    const known = await warehouse.rows<{ field: string }>(
      `select table_name || '.' || column_name as field from meta.coverage`,
    );
    const fields = new Set(known.map(({ field }) => field));
    expect(fed.flatMap((one) => one.fields).filter((field) => !fields.has(field))).toEqual([]);
    const pages = new Set(pageGroups.flatMap((group) => group.pages.map(({ href }) => href)));
    expect(fed.flatMap((one) => one.pages).filter((page) => !pages.has(page))).toEqual([]);
    expect(fed[0]).toMatchObject({ worth: 3, share: 0 });
    expect(fed.find(({ what }) => what === 'close date')!.share).toBe(1);
    expect(fed.at(-1)!.share).toBe(1);
  });

  it('lists every check with the rows that break it', async () => {
    const checks = await checkResults(warehouse, everything);
    expect(checks.length).toBeGreaterThan(15);
    for (const { passed, rows } of checks) expect(rows.length === 0).toBe(passed);
  });
});

describe('words on sources', () => {
  it('says how a file is written', () => {
    expect(dialectInWords('{"format":"xlsx","encoding":"utf-8","delimiter":""}')).toBe('XLSX');
    expect(dialectInWords('{"format":"csv","encoding":"windows-1252","delimiter":";","skipped":2}')).toBe(
      'CSV, WINDOWS-1252, semicolons, skipped 2',
    );
  });

  it('takes a day from a name for a day and not for a moment', () => {
    expect(exportedInWords('2026-11-16T23:59:59Z', 'America/New_York')).toBe('16 Nov 2026');
    expect(exportedInWords('2026-11-16T12:00:00Z', 'America/New_York')).toBe('16 Nov 2026, 07:00');
  });

  it.each([
    [
      { rows_in: 5, rows_loaded: 5, rows_set_aside: 0, rows_rejected: 0 },
      '2 files gave 5 rows, and every one is loaded.',
    ],
    [
      { rows_in: 5, rows_loaded: 4, rows_set_aside: 1, rows_rejected: 0 },
      '2 files gave 5 rows: 4 are loaded, 1 set aside; none was rejected.',
    ],
    [
      { rows_in: 5, rows_loaded: 3, rows_set_aside: 0, rows_rejected: 2 },
      '2 files gave 5 rows: 3 are loaded, 2 could not be read.',
    ],
  ])('states what became of the rows: %j', (totals, words) => {
    expect(findingOf(2, totals)).toBe(words);
  });

  it('opens one thing at a time, and only what can be opened', () => {
    expect(readShown('file.a.b')).toEqual({ kind: 'file', id: 'a.b' });
    expect(readShown(null)).toBeNull();
    for (const text of ['', 'file', 'x.y', '__proto__.x'])
      expect(() => readShown(text)).toThrow("can't be shown");
  });
});
