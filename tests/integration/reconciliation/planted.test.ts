import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { everything } from '../../../src/lib/metrics/request.ts';
import { differences as whoDiffer } from '../../../src/lib/questions/differences.ts';
import { waterfall } from '../../../src/lib/questions/waterfall.ts';
import { discountsHeadline } from '../../../src/lib/statements/discounts.ts';
import { totalsOf } from '../../../src/lib/statements/totals.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere, load, scratchFolder } from './asking.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';
import { sum } from './reconcile.ts';

const { folder, remove } = scratchFolder();
afterAll(remove);

describe('what is hidden in the demo company', () => {
  let exports: string;
  let warehouse: Warehouse;
  let plain: PlainSql;
  let planted: Planted;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    exports = demo.exports;
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(exports);
    planted = JSON.parse(readFileSync(join(exports, 'planted.json'), 'utf8')) as Planted;
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });
  const asking = (search: string) => readAsking(new URLSearchParams(search), warehouse);

  test('the region that leaks is what the page leads with', async () => {
    const { leaking_region } = planted.truths;
    for (const search of ['period=all', 'period=all&discount_kind=discretionary']) {
      const asked = await asking(search);
      const found = await whoDiffer(warehouse, asked, everything);
      const regions = found.filter(({ dimension }) => dimension === 'region');
      expect(regions).toHaveLength(5);
      const [first] = regions.toSorted((a, b) => b.gap - a.gap);
      expect(first).toMatchObject({ name: leaking_region.region, stands: true });
      expect(first!.low).toBeGreaterThan(0);
      // No other region gives away more than the rest by more than chance explains.
      expect(regions.filter(({ stands, gap }) => stands && gap > 0)).toHaveLength(1);
      const totals = await totalsOf(warehouse, asked, everything);
      const headline = discountsHeadline(totals, { now: 'all there is', before: null }, found);
      expect(headline, search).toContain(`${leaking_region.region} gives away`);
    }
    const { rows } = await askHere(warehouse, 'measures=discount_rate&by=region&discount_kind=discretionary');
    const rate = (region: string) => Number(rows.find((row) => row.region === region)!.discount_rate) * 100;
    expect(rate(leaking_region.region)).toBeCloseTo(leaking_region.realised.rate, 1);
    for (const [region, told] of Object.entries(leaking_region.elsewhere))
      expect(rate(region), region).toBeCloseTo(told.rate, 1);
  });

  test('the reps who leak are among those who differ', async () => {
    const found = await whoDiffer(
      warehouse,
      await asking('period=all&discount_kind=discretionary'),
      everything,
    );
    const reps = found.filter(({ dimension }) => dimension === 'rep_id');
    for (const { name, region, realised } of planted.truths.leaking_reps) {
      const rep = reps.find((one) => one.name === name)!;
      expect(rep, `${name}, ${region}`).toMatchObject({ stands: true, deals: realised.deals });
      expect(rep.gap, name).toBeGreaterThan(0);
      expect(rep.rate * 100, name).toBeCloseTo(realised.rate, 1);
    }
  });

  test('the rise of list prices half way does not look like discounts', async () => {
    const { on } = planted.truths.list_price_rise;
    const [trap] = await plain.rows(`select
        sum(greatest(list_today - own_net, 0) * plan_rate) as today, sum(greatest(own_list - own_net, 0) * plan_rate) as then,
        sum(greatest(list_today - own_net, 0) * plan_rate) filter (closed_on >= '${on}') as today_since,
        sum(greatest(own_list - own_net, 0) * plan_rate) filter (closed_on >= '${on}') as then_since
      from line where is_won and own_list is not null`);
    const { totals } = await askHere(warehouse, 'measures=discount');
    expect(Number(totals.discount)).toBeCloseTo(Number(trap!.then), 1);
    // Measured against the list price that today's export shows, old deals would seem to give away more.
    expect(Number(trap!.today)).toBeGreaterThan(1.05 * Number(totals.discount));
    expect(Number(trap!.today_since)).toBeCloseTo(Number(trap!.then_since), 2);
    const { rows } = await askHere(warehouse, 'measures=lines,list_amount&by=list_source');
    expect(rows.map((row) => row.list_source)).toEqual(['dated price book', null]);
    expect(rows[1]!.list_amount).toBeNull();
  });

  test('whoever closed at 23:30 on the last day closed in that quarter', async () => {
    const late = planted.truths.quarter_end.closed_at_2330_local;
    expect(late.length).toBeGreaterThan(20);
    const rows = await warehouse.rows<{ deal_id: string; instant: string; wrong: boolean; right: boolean }>(
      `select deal.deal_id, max(history.happened_at)::varchar as instant,
         max(history.happened_at)::date >= any_value(quarter.ends_on) as wrong,
         any_value(deal.closed_on) = any_value(quarter.ends_on) - 1 as right
       from marts.fact_deal deal
       join core.deal_snapshot history using (deal_id)
       join meta.fiscal_period quarter on quarter.kind = 'quarter' and quarter.period = deal.fiscal_quarter
       where deal.is_closed and list_contains(string_split($ids::varchar, ','), deal.deal_id)
       group by deal.deal_id`,
      { ids: late.join(',') },
    );
    expect(rows.map((row) => row.deal_id).sort()).toEqual([...late].sort());
    // In UTC every one of them is a day, and so a quarter, later.
    expect(rows.filter((row) => !row.wrong)).toEqual([]);
    expect(rows.filter((row) => !row.right)).toEqual([]);
  });

  test('an instant of the close is read in the company’s time zone too', async () => {
    const instants = join(folder, 'instants');
    mkdirSync(instants);
    const [opportunities] = await plain.rows(`select count(*) as n from Opportunity`);
    await plain.rows(`copy (
        select o.* replace (
          case when o.IsClosed = 'true' then (
            select max(h.CreatedDate) from OpportunityHistory h where h.OpportunityId = o.Id) else o.CloseDate end as CloseDate)
        from Opportunity o) to '${join(instants, 'Opportunity.csv')}' (header, delimiter ',')`);
    for (const file of ['salesforce/OpportunityLineItem', 'tables/list_price', 'tables/fx_rate'])
      symlinkSync(
        join(exports, `${file}_${planted.export_date}.csv`),
        join(instants, `${file.replace(/.*\//, '')}.csv`),
      );
    writeFileSync(join(instants, 'holdfast.yaml'), readFileSync(join(exports, 'holdfast.yaml')));
    const out = join(folder, 'instants.duckdb');
    const report = await load(out, null, instants);
    expect(report.files.find(({ path }) => path === 'Opportunity.csv')).toMatchObject({
      rows_loaded: Number(opportunities!.n),
    });
    const other = await openWarehouse(out);
    const request = 'measures=deals,list_amount,net_amount,discount&by=closed_on,fiscal_quarter';
    expect((await askHere(other, request)).rows).toEqual((await askHere(warehouse, request)).rows);
    other.close();
  });

  test('what is left of list ties, bar by bar', async () => {
    for (const search of ['period=all', 'period=2026-Q3', 'period=all&region=West&product_family=Platform']) {
      const { bars, list, discount, invoice } = await waterfall(warehouse, await asking(search), everything);
      const amount = (id: string) => bars.find((bar) => bar.id === id)?.amount ?? 0;
      expect(list, search).toBeGreaterThan(0);
      expect(list - discount + amount('uplift') + amount('unpriced_net'), search).toBeCloseTo(invoice, 2);
    }
  });

  test('the error of a rate takes deals as the sample, whole or as far as their lines fit', async () => {
    for (const [by, filter] of [
      ['region', ''],
      ['region', '&product_family=Platform'],
      ['product_family', ''],
      ['segment', '&discount_kind=discretionary&rates=actual'],
    ]) {
      const { rows, totals } = await askHere(
        warehouse,
        `measures=discount_rate,discount_rate_error&by=${by}${filter}`,
      );
      const deals = await askHere(warehouse, `measures=list_amount,discount&by=${by},deal_id${filter}`);
      // Cochran 1977, 6.4: the residuals of a ratio, over the deals of the group.
      const error = (part: typeof deals.rows) => {
        const priced = part.filter((row) => row.list_amount !== null);
        const list = sum(priced, 'list_amount');
        const rate = sum(priced, 'discount') / list;
        const squares = priced.map((row) => (Number(row.discount) - rate * Number(row.list_amount)) ** 2);
        const n = priced.length;
        return Math.sqrt((squares.reduce((a, b) => a + b, 0) * n) / (n - 1)) / list;
      };
      expect(rows.length, by).toBeGreaterThan(2);
      for (const row of rows) {
        const part = deals.rows.filter((deal) => deal[by!] === row[by!]);
        expect(Number(row.discount_rate_error), `${row[by!]}${filter}`).toBeCloseTo(error(part), 9);
      }
      const whole = await askHere(warehouse, `measures=list_amount,discount&by=deal_id${filter}`);
      expect(Number(totals.discount_rate_error), `all by ${by}${filter}`).toBeCloseTo(error(whole.rows), 9);
    }
  });
});
