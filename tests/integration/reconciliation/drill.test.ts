import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { everything, parseRequest } from '../../../src/lib/metrics/request.ts';
import { spendBy, type Spend } from '../../../src/lib/questions/spend.ts';
import { splits } from '../../../src/lib/questions/splits.ts';
import { answerFile } from '../../../src/lib/records/answerFile.ts';
import { dealList } from '../../../src/lib/records/dealList.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { load, scratchFolder } from './asking.ts';
import { sum, type Figures } from './reconcile.ts';
import { readCsv, readWorkbook } from './workbook.ts';

const { folder, remove } = scratchFolder();
afterAll(remove);

const here = (href: string) => new URL(href, 'http://127.0.0.1');
const largestFirst = { column: 'discount', descending: true };
const askings = [
  'period=all',
  '',
  'period=2026&compare=year_ago&rates=actual',
  'period=all&hierarchy=today&segment=SMB,Enterprise',
];

describe('figures of the demo company', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openWarehouse((await demoWarehouse()).warehouse);
  });
  afterAll(() => warehouse?.close());
  const asking = (search: string) => readAsking(new URLSearchParams(search), warehouse);
  const spend = async (search: string, id: string): Promise<Spend> =>
    spendBy(
      warehouse,
      await asking(search),
      splits.find((split) => split.id === id)!,
      everything,
    );
  /** The list of deals that a link of a page leads to. */
  const dealsAt = async (href: string, page = 1) =>
    dealList(warehouse, await readAsking(here(href).searchParams, warehouse), largestFirst, page, everything);

  test.each(splits.map(({ id }) => id))('each row of spend by %s opens the deals it sums up', async (id) => {
    for (const search of askings) {
      const { rows, total, answered } = await spend(search, id);
      for (const measure of ['discount', 'list_amount'])
        expect(
          sum(
            rows.map(({ cells }) => cells as Figures),
            measure,
          ),
          `${search} ${measure}`,
        ).toBeCloseTo(Number(total.cells[measure]), 2);
      expect(sum(answered.rows, 'discount')).toBeCloseTo(Number(answered.totals.discount), 2);
      // Every row of the first, the largest few of the others: a page has hundreds of customers.
      const opened = rows.filter(({ href }) => href).slice(0, search === 'period=all' ? 12 : 3);
      expect(opened.length, search).toBeGreaterThan(0);
      for (const { href, cells } of opened) {
        expect(here(href!).pathname).toBe('/deals');
        const { totals, count } = await dealsAt(href!);
        const name = `${search} ${cells.name}`;
        expect(Number(totals.discount ?? 0), name).toBeCloseTo(Number(cells.discount ?? 0), 4);
        expect(Number(totals.list_amount ?? 0), name).toBeCloseTo(Number(cells.list_amount ?? 0), 4);
        expect(totals.deals, name).toBe(cells.deals);
        expect(count, name).toBe(cells.deals);
      }
    }
  });

  test('each name of a customer who was renamed opens its own deals', async () => {
    const write = (name: string, lines: string[]) => writeFileSync(join(folder, name), lines.join('\n'));
    write('account.csv', [
      'account_id,name,valid_from,valid_to',
      'a,"Old, Name",,2025-01-01',
      'a,New Name,2025-01-01,',
      'b,Other,,',
    ]);
    write('deal.csv', [
      'deal_id,account_id,owner_id,is_closed,is_won,closed_on,amount',
      'd1,a,p,true,true,2024-03-10,90',
      'd2,a,p,true,true,2026-03-10,80',
      'd3,b,p,true,true,2026-03-10,70',
    ]);
    write('deal_line.csv', [
      'deal_line_id,deal_id,product_id,quantity,unit_list,net_amount',
      'l1,d1,x,1,100,90',
      'l2,d2,x,1,100,80',
      'l3,d3,x,1,100,70',
    ]);
    const out = join(folder, 'renamed.duckdb');
    await load(out, null, folder);
    const other = await openWarehouse(out);
    const asked = await readAsking(new URLSearchParams('period=all'), other);
    const { rows } = await spendBy(
      other,
      asked,
      splits.find(({ id }) => id === 'account_id')!,
      everything,
    );
    expect(rows.map(({ cells }) => [cells.name, cells.discount])).toEqual([
      ['Other', 30],
      ['New Name', 20],
      ['Old, Name', 10],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
    for (const { href, cells } of rows) {
      const opened = await readAsking(here(href!).searchParams, other);
      const { totals, count } = await dealList(other, opened, largestFirst, 1, everything);
      expect([totals.discount, count], String(cells.name)).toEqual([cells.discount, 1]);
    }
    other.close();
  });

  test('the deals of all pages of a list add up to its totals, each there once', async () => {
    const { rows } = await spend('period=2027-Q2', 'product_family');
    for (const { href } of rows.slice(0, 3)) {
      const first = await dealsAt(href!);
      const deals: Figures[] = [];
      for (let page = 1; page <= first.pages; page++)
        deals.push(...((await dealsAt(href!, page)).deals as never[]));
      expect(deals).toHaveLength(first.count);
      expect(new Set(deals.map(({ deal_id }) => deal_id)).size).toBe(first.count);
      for (const measure of ['discount', 'list_amount', 'net_amount', 'uplift'])
        expect(sum(deals, measure), measure).toBeCloseTo(Number(first.totals[measure] ?? 0), 3);
    }
  });

  /** What is downloaded from a link of a page, read back. */
  const downloaded = async (href: string): Promise<Figures[]> => {
    const { searchParams, pathname } = here(href);
    expect(pathname).toBe('/api/query');
    const format = searchParams.get('format') as 'csv' | 'xlsx';
    const request = parseRequest(searchParams);
    const { bytes } = await answerFile(warehouse, request, format, href, everything);
    if (format === 'csv') return readCsv(bytes as string);
    const { bytes: csv } = await answerFile(warehouse, request, 'csv', href, everything);
    return readWorkbook(bytes as Uint8Array, (csv as string).split('\r\n')[0]!.split(','));
  };

  test.each(['region', 'rep_id', 'account_id', 'product_id', 'discount_kind', 'discount_band'])(
    'the files of spend by %s add up to the page to the cent',
    async (id) => {
      for (const search of askings.slice(0, 3)) {
        const { downloads, total, answered } = await spend(search, id);
        const files = downloads.filter(({ href }) => /format=(csv|xlsx)/.test(href));
        expect(files).toHaveLength(2);
        for (const { href } of files) {
          const rows = await downloaded(href);
          expect(rows.length, href).toBe(answered.rows.length);
          for (const measure of ['discount', 'list_amount'])
            expect(
              Math.abs(sum(rows, measure) - Number(total.cells[measure])),
              `${href} ${measure}`,
            ).toBeLessThan(0.005);
        }
      }
    },
  );

  test('every page answers whatever spend is narrowed to', async () => {
    process.env.HOLDFAST_WAREHOUSE = warehouse.file;
    const pages = {
      '/': await import('../../../src/routes/+page.server.ts'),
      '/discounts': await import('../../../src/routes/discounts/+page.server.ts'),
      '/deals': await import('../../../src/routes/deals/+page.server.ts'),
    };
    for (const { id } of splits) {
      const { rows } = await spend('period=all', id);
      const { searchParams } = here(rows[0]!.href!);
      searchParams.delete('period');
      for (const [path, { load: open }] of Object.entries(pages)) {
        const url = here(`${path}?${searchParams}`);
        const opened = Promise.resolve(open({ url, locals: { scope: everything } } as never));
        await expect(opened, String(url)).resolves.toBeTruthy();
      }
    }
  });

  test('the files of the list of deals add up to the list to the cent', async () => {
    process.env.HOLDFAST_WAREHOUSE = warehouse.file;
    const { load } = await import('../../../src/routes/deals/+page.server.ts');
    type Loaded = { list: Awaited<ReturnType<typeof dealList>>; downloads: { href: string }[] };
    for (const search of [
      'period=all',
      'period=2027-Q3&region=West',
      'period=all&product_family=Platform&discount_kind=discretionary',
    ]) {
      const page = (await load({
        url: here(`/deals?${search}`),
        locals: { scope: everything },
      } as never)) as Loaded;
      const { totals, count } = page.list;
      const files = page.downloads.filter(({ href }) => /format=(csv|xlsx)/.test(href));
      expect(files).toHaveLength(2);
      for (const { href } of files) {
        const rows = await downloaded(href);
        expect(rows, href).toHaveLength(count);
        expect(new Set(rows.map(({ deal_id }) => deal_id)).size, href).toBe(count);
        for (const measure of ['discount', 'list_amount', 'net_amount', 'uplift'])
          expect(
            Math.abs(sum(rows, measure) - Number(totals[measure] ?? 0)),
            `${href} ${measure}`,
          ).toBeLessThan(0.005);
      }
    }
  });
});
