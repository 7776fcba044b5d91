import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReport } from '../../../pipeline/build.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { ask, load, scratchFolder } from './asking.ts';
import { expectEveryRow, mapping, outsideData } from './outsideData.ts';
import { differences, sum } from './reconcile.ts';

const adventureworks = outsideData('adventureworks_oltp');
const { folder, remove } = scratchFolder();
afterAll(remove);

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `May  1 2011 12:00AM` as `2011-05-01`; nothing as null. */
function day(text: string): string | null {
  const [month, date, year] = text.trim().split(/\s+/);
  if (!month || !date || !year) return null;
  return `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${date.padStart(2, '0')}`;
}

const shifted = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

interface Price {
  product: string;
  from: string;
  /** The last day on which it holds. */
  last: string | null;
  price: number;
}

/** The price of a product on a day by the file itself; null where it has none. */
function priceOn(prices: readonly Price[], date: string): number | null {
  const found = prices.filter(({ from, last }) => from <= date && (last === null || date <= last));
  if (found.length > 1) throw new Error(`two prices on ${date}`);
  return found[0]?.price ?? null;
}

describe.skipIf(!adventureworks.isThere)('AdventureWorks', () => {
  const out = join(folder, 'adventureworks.duckdb');
  let report: BuildReport;
  let warehouse: Warehouse;
  const prices = new Map<string, Price[]>();
  const days = new Set<string>();

  beforeAll(async () => {
    for (const row of adventureworks.csv('ProductListPriceHistory.csv')) {
      const [product, from, last] = [row.ProductID!, day(row.StartDate!)!, day(row.EndDate!)];
      const price = { product, from, last, price: Number(row.ListPrice) };
      prices.set(product, [...(prices.get(product) ?? []), price]);
      // Around every change is where a price is easily the wrong one; and then some days like any other.
      for (const date of [from, ...(last === null ? [] : [last])])
        for (const by of [-1, 0, 1]) days.add(shifted(date, by));
    }
    for (let on = '2010-01-15'; on < '2027'; on = shifted(on, 97)) days.add(on);

    // One won deal a day that sells one of each product for 1: its list is the price as of the close.
    const exports = join(folder, 'deals');
    mkdirSync(exports);
    const deals = [...days].sort();
    const write = (name: string, lines: string[]) =>
      writeFileSync(join(exports, name), `${lines.join('\n')}\n`);
    write('deal.csv', [
      'deal_id,owner_id,stage,is_closed,is_won,closed_on,amount',
      ...deals.map((date) => `on ${date},274,Won,true,true,${date},${prices.size}`),
    ]);
    write('deal_line.csv', [
      'deal_line_id,deal_id,product_id,quantity,net_amount',
      ...deals.flatMap((date) => [...prices.keys()].map((id) => `${date}/${id},on ${date},${id},1,1`)),
    ]);
    report = await load(out, mapping('adventureworks_oltp'), adventureworks.folder, exports);
    warehouse = await openWarehouse(out);
  });
  afterAll(() => warehouse?.close());

  test('loses no row', async () => {
    expectEveryRow(report, adventureworks, [
      'ProductListPriceHistory.csv',
      'Product.csv',
      'SalesPersonQuotaHistory.csv',
    ]);
    const [found] = await warehouse.rows(`select
      (select count(*) from core.quota)::varchar as quotas, (select count(*) from core.list_price)::varchar as list_prices,
      (select count(distinct person_id) from core.quota)::varchar as salespeople,
      (select count(distinct product_id) from core.list_price)::varchar as products_with_list_price,
      (select count(*) from (select product_id from core.list_price group by all having count(*) > 1))::varchar
        as products_with_price_change`);
    // The other counts are of tables that we have no use for: territories and special offers.
    const { territories: _, offers: __, ...expected } = adventureworks.expected('rowcounts')[0]!;
    expect(found).toEqual(expected);
  });

  test('agrees on quotas by person and by date', async () => {
    const { rows } = await ask(out, 'measures=quota&by=rep_id,period_start');
    const grouped = (by: 'rep_id' | 'period_start') =>
      [...new Set(rows.map((row) => row[by]))].map((key) => {
        const part = rows.filter((row) => row[by] === key);
        const starts = part.map((row) => String(row.period_start)).sort();
        return { key, n: part.length, quota: sum(part, 'quota'), first: starts[0], last: starts.at(-1) };
      });
    expect(
      differences(grouped('rep_id'), adventureworks.expected('quota_by_person'), {
        key: { id: 'key' },
        figures: { n: 'n', quota: 'quota', mn: 'first', mx: 'last' },
      }),
    ).toEqual([]);
    expect(
      differences(grouped('period_start'), adventureworks.expected('quota_by_date'), {
        key: { d: 'key' },
        figures: { n: 'n', quota: 'quota' },
      }),
    ).toEqual([]);
  });

  test('gives the price as of any date to a sale of that date', async () => {
    const { rows } = await ask(out, 'measures=list_amount,lines&by=product_id,closed_on');
    const expected = [...prices].flatMap(([product, its]) =>
      [...days].map((date) => ({ product, date, price: priceOn(its, date), lines: 1 })),
    );
    expect(expected.length).toBeGreaterThan(15_000);
    expect(expected.filter(({ price }) => price === null).length).toBeGreaterThan(1000);
    expect(
      differences(rows, expected, {
        key: { product: 'product_id', date: 'closed_on' },
        figures: { price: 'list_amount', lines: 'lines' },
      }),
    ).toEqual([]);
    const sources = await ask(out, 'measures=lines&by=list_source');
    const known = expected.filter(({ price }) => price !== null).length;
    expect(sources.rows).toEqual([
      { list_source: 'dated price book', lines: known },
      { list_source: null, lines: expected.length - known },
    ]);
  });

  test('holds one price of a product on a day, every day', async () => {
    const rows = await warehouse.rows<{ product_id: string; day: string; unit_list: number }>(
      `select product_id, day::date as day, unit_list
       from generate_series(date '2011-05-01', date '2013-07-31', interval 1 day) calendar(day)
       join core.list_price on valid_from <= day and (valid_to is null or valid_to > day)`,
    );
    const found = new Map(rows.map((row) => [`${row.product_id} ${row.day}`, row.unit_list]));
    expect(found.size).toBe(rows.length);
    let asked = 0;
    const wrong: string[] = [];
    for (const [product, its] of prices)
      for (let date = '2011-05-01'; date <= '2013-07-31'; date = shifted(date, 1), asked++)
        if ((found.get(`${product} ${date}`) ?? null) !== priceOn(its, date))
          wrong.push(`${product} ${date}`);
    expect(wrong).toEqual([]);
    expect(asked).toBe(prices.size * 823);
  });
});
