import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { everything } from '../../../src/lib/metrics/request.ts';
import { change } from '../../../src/lib/questions/change.ts';
import { splits } from '../../../src/lib/questions/splits.ts';
import { waterfall } from '../../../src/lib/questions/waterfall.ts';
import { openWarehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { loadedOnce } from './asking.ts';
import { bridgeInSql } from './bridgeInSql.ts';
import { outsideData } from './outsideData.ts';

interface Set {
  name: string;
  /** SQL of the won lines over the set's own files: closed_on, grp, list, net. */
  lines: string;
  /** The split that grp is. */
  by: string;
  /** Two spans of days to bridge, the later first. */
  spans: [string, string];
}

const sets: Set[] = [
  {
    name: 'northwind',
    lines: `select o.orderDate::date as closed_on, c.categoryName as grp,
        d.unitPrice::decimal(18, 4) * d.quantity::int as list,
        (d.unitPrice::decimal(18, 4) * d.quantity::int * (1 - d.discount::decimal(18, 4)))::decimal(18, 4) as net
      from 'order_details.csv' d join 'orders.csv' o using (orderID) join 'products.csv' p using (productID)
      join 'categories.csv' c on c.categoryID = p.categoryID`,
    by: 'product_family',
    spans: ['1997-07-01..1997-12-31', '1997-01-01..1997-06-30'],
  },
  {
    name: 'maven_crm',
    lines: `select s.close_date::date as closed_on, t.regional_office as grp, p.sales_price::decimal(18, 4) as list,
        s.close_value::decimal(18, 4) as net
      from 'sales_pipeline.csv' s join 'products.csv' p on replace(p.product, ' ', '') = replace(s.product, ' ', '')
      join 'sales_teams.csv' t using (sales_agent) where s.deal_stage = 'Won'`,
    by: 'region',
    spans: ['2017-10-01..2017-12-31', '2017-07-01..2017-09-30'],
  },
  {
    name: 'salesforce_wave_demo',
    lines: `select o.CloseDate::date as closed_on, p.Family as grp,
        l.Quantity::decimal(18, 4) * e.UnitPrice::decimal(18, 4) as list, l.TotalPrice::decimal(18, 4) as net
      from 'OpportunityLineItem.csv' l join 'Opportunity.csv' o on o.External_Id__c = l."Opportunity.External_Id__c"
      join 'PricebookEntry.csv' e on e.External_Id__c = l."PricebookEntry.External_Id__c"
      join 'Product2.csv' p on p.External_Id__c = e."Product2.External_Id__c" where o.StageName = 'Closed Won'`,
    by: 'product_family',
    spans: ['2016-07-01..2016-12-31', '2016-01-01..2016-06-30'],
  },
];

describe.each(sets)('what is left of list, and what changed: $name', ({ name, lines, by, spans }) => {
  const data = outsideData(name);

  test.skipIf(!data.isThere)('equals plain SQL over the set’s own files to the cent', async () => {
    const { out } = await loadedOnce(name);
    const warehouse = await openWarehouse(out);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const one = async (sql: string) => {
      const [row] = (await connection.runAndReadAll(sql)).getRowObjectsJson();
      return (id: string) => Number(row![id] ?? 0);
    };
    const files = lines.replace(
      /'(\w+\.csv)'/g,
      (_, file: string) => `read_csv('${join(data.folder, file)}', header = true, all_varchar = true)`,
    );
    await connection.run(`create table line as ${files}`);
    for (const period of ['all', spans[0]]) {
      const [from, to] = period === 'all' ? ['0001-01-01', '9999-12-31'] : period.split('..');
      const search = new URLSearchParams({ period });
      const ours = await waterfall(warehouse, await readAsking(search, warehouse), everything);
      const theirs = await one(`
        select sum(list) as list, sum(greatest(list - net, 0)) as discount, sum(greatest(net - list, 0)) as uplift,
          sum(net) as net
        from line where closed_on between '${from}' and '${to}'`);
      const amount = (id: string) => ours.bars.find((bar) => bar.id === id)?.amount ?? 0;
      expect(theirs('discount'), period).toBeGreaterThan(0);
      expect(ours.list, period).toBeCloseTo(theirs('list'), 2);
      expect(ours.discount, period).toBeCloseTo(theirs('discount'), 2);
      expect(amount('uplift'), period).toBeCloseTo(theirs('uplift'), 2);
      expect(ours.invoice, period).toBeCloseTo(theirs('net'), 2);
      // Nothing of it is loaded: it is absent, and never zero.
      expect(ours.bars.some(({ id }) => ['rebates', 'terms_cost', 'pocket', 'margin'].includes(id))).toBe(
        false,
      );
      expect(ours.absent.join('; ')).toMatch(
        /rebates.*late payments.*credit notes are not loaded; unit cost/,
      );
    }

    const [now, before] = spans;
    const search = new URLSearchParams({ period: now, compare: before });
    const split = splits.find(({ id }) => id === by)!;
    const { dollars } = (await change(warehouse, await readAsking(search, warehouse), split, everything))!;
    const within = (span: string) => `closed_on between '${span.replace('..', "' and '")}'`;
    const theirs = await one(
      bridgeInSql(`
        select grp, list as own_list, list, 'USD' as currency, ${within(now)} as is_now,
          greatest(list - net, 0) as own_discount, greatest(list - net, 0) as discount
        from line where ${within(now)} or ${within(before)}`),
    );
    expect(theirs('before')).toBeGreaterThan(0);
    for (const part of ['before', 'now', 'volume', 'mix', 'rate', 'added', 'gone'] as const)
      expect(dollars[part], part).toBeCloseTo(theirs(part), 2);
    warehouse.close();
    connection.closeSync();
    instance.closeSync();
  });
});
