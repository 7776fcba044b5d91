import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '../../../src/lib/access/scope.ts';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { channel } from '../../../src/lib/questions/motions/channel.ts';
import { consumption } from '../../../src/lib/questions/motions/consumption.ts';
import { dots } from '../../../src/lib/questions/motions/dots.ts';
import { retention } from '../../../src/lib/questions/motions/retention.ts';
import { dealList } from '../../../src/lib/records/dealList.ts';
import { furtherFilters } from '../../../src/lib/records/furtherFilters.ts';
import { bridgeInWords } from '../../../src/lib/statements/motions.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';

/** A period of the page by its name, and the same in the files' own words. */
const periods = [
  ['2027-Q3', "fiscal_quarter = '2027-Q3'"],
  ['2025-Q4', "fiscal_quarter = '2025-Q4'"],
  ['2026', 'fiscal_year = 2026'],
  ['all', 'true'],
] as const;

describe('the demo company’s motions', () => {
  let warehouse: Warehouse;
  let plain: PlainSql;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(demo.exports);
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });
  const asking = (search: string) => readAsking(new URLSearchParams(search), warehouse);
  /** The list of deals that a link of the page leads to. */
  const opened = async (href: string) =>
    dealList(
      warehouse,
      await asking(new URL(href, 'http://127.0.0.1').search),
      { column: 'net_amount', descending: false },
      1,
      everything,
    );

  test.each(periods)(
    'in %s expand in as many little dots as deals that come to little',
    async (period, when) => {
      const [theirs] = await plain.rows(`
      select count(*) as deals, sum(net) as net from (
        select deal_id, sum(net) as net from motion_line
        where is_won and motion = 'expand' and ${when} group by deal_id)
      where net < 5000`);
      const found = (await dots(warehouse, await asking(`period=${period}`), everything))!;
      expect(found.deals).toBe(Number(theirs!.deals));
      expect(found.net).toBeCloseTo(Number(theirs!.net), 2);
      const list = await opened(found.href);
      if (found.deals > 60) return expect(found.href).toContain('sort=net_amount');
      expect(list.count).toBe(found.deals);
      expect(Number(list.totals.net_amount)).toBeCloseTo(found.net, 2);
    },
  );

  test.each(['', 'region=Nordics', 'region=Iberia&period=2027-Q2'])(
    'change the recurring amount by parts that add up as the sentence says them: %s',
    async (search) => {
      const { bridge } = (await retention(warehouse, await asking(search), everything))!;
      const said = bridgeInWords(bridge!, 'USD');
      const amounts = [...said.matchAll(/(took |)\$([\d,]+)( was lost)?/g)].map(
        ([, took, digits, lost]) => Number(digits!.replaceAll(',', '')) * (took || lost ? -1 : 1),
      );
      const [start, end, ...parts] = amounts as [number, number, ...number[]];
      expect(said).toContain('exchange rates');
      expect(Math.abs(start + parts.reduce((sum, part) => sum + part, 0) - end)).toBeLessThanOrEqual(4);
    },
  );

  test.each(['2027-Q3', 'all'])('open just the consumption deals that they count: %s', async (period) => {
    const { rows } = (await consumption(warehouse, await asking(`period=${period}`), everything))!;
    expect(rows).toHaveLength(2);
    for (const { href, cells } of rows) expect((await opened(href!)).count).toBe(cells.deals);
  });

  test('call a partner by name where the deals of one are listed', async () => {
    const { partners, rows } = (await channel(warehouse, await asking('period=all'), everything))!;
    const url = new URL(rows[0]!.href!, 'http://127.0.0.1');
    const asked = await readAsking(url.searchParams, warehouse);
    const [partner] = await furtherFilters(warehouse, asked, url, everything);
    expect(partner!.says).toBe(`is ${partners[0]!.name}`);
    expect(partners[0]!.name).not.toBe(partners[0]!.id);
  });
});
