import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReport } from '../../../pipeline/build.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { ask, askHere, load, loadedOnce, scratchFolder, type AnswerRow } from './asking.ts';
import { expectEveryRow, mapping, outsideData } from './outsideData.ts';
import { differences, percentOf, sum, type Figures } from './reconcile.ts';

const northwind = outsideData('northwind');
const { folder, remove } = scratchFolder();
afterAll(remove);

const amounts = 'list_amount,discount,net_amount,uplift';
const figures = { gross: 'list_amount', discount_money: 'discount', net: 'net_amount' };

/** The figures that a block gives, out of those we can answer. */
const givenBy = (block: string, all: object) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name in northwind.expected(block)[0]!));

/** Blocks by one dimension: what the block calls it, ours, and what else it says. */
const blocks: [string, Record<string, string>, object][] = [
  [
    'by_employee',
    { employeeID: 'rep_id', employee: 'rep_name' },
    { orders: 'deals', pct: percentOf('discount_rate') },
  ],
  ['by_manager_direct_reports_only', { manager: 'manager_name' }, {}],
  ['by_sales_region', { region: 'region' }, {}],
  ['by_customer_country', { country: 'country' }, {}],
  ['by_customer_all', { customerID: 'account_id' }, {}],
  ['by_category', { categoryName: 'product_family' }, {}],
  ['by_discount_rate', { discount: 'discount_reason' }, { n_lines: 'lines' }],
  ['by_year', { y: 'fiscal_year' }, {}],
];

describe.skipIf(!northwind.isThere)('Northwind', () => {
  let out: string;
  let report: BuildReport;
  let warehouse: Warehouse;
  beforeAll(async () => {
    ({ out, report } = await loadedOnce('northwind'));
    warehouse = await openWarehouse(out);
  });
  afterAll(() => warehouse?.close());

  test('loses no row', async () => {
    const files = ['orders', 'order_details', 'products', 'customers', 'employees', 'employee_territories'];
    expectEveryRow(
      report,
      northwind,
      files.map((file) => `${file}.csv`),
    );
    const [found] = await warehouse.rows(`select
      (select count(*) from core.deal_line) as order_details, (select count(*) from core.deal) as orders,
      (select count(*) from core.account) as customers, (select count(*) from core.person) as employees,
      (select count(*) from core.product) as products, (select count(*) from marts.fact_deal_line) as joined_lines,
      (select count(distinct account_id) from marts.fact_deal) as customers_with_orders`);
    const expected = northwind.expected('rowcounts');
    const names = Object.keys(expected[0]!);
    expect(names).toHaveLength(7);
    expect(
      differences([found as Figures], expected, {
        figures: Object.fromEntries(names.map((name) => [name, name])),
      }),
    ).toEqual([]);
  });

  test('comes to the expected totals, to the last digit', async () => {
    const { rows } = await ask(out, `measures=deals,lines,discount_rate,${amounts}`);
    expect(
      differences(rows, northwind.expected('totals'), {
        figures: {
          gross_revenue: 'list_amount',
          discount_money: 'discount',
          net_revenue: 'net_amount',
          n_lines: 'lines',
          discount_pct_weighted: (row: AnswerRow) => Math.round(Number(row.discount_rate) * 1e8) / 1e6,
        },
      }),
    ).toEqual([]);
    expect(rows[0]).toMatchObject({ uplift: 0, deals: 830 });
  });

  test('comes to the same line by line, rounded or not', async () => {
    const { rows } = await askHere(warehouse, `measures=${amounts}&by=deal_line_id`);
    const [totals] = northwind.expected('totals');
    expect(rows.filter((row) => Number(row.discount) > 0)).toHaveLength(Number(totals!.discounted_lines));
    // Half a cent goes up; a ten-thousandth is taken as such, whatever its float says.
    const cents = (id: string) =>
      rows.reduce((all, row) => all + Math.round(Math.round(Number(row[id]) * 1e4) / 100), 0) / 100;
    expect(
      differences(
        [{ list: cents('list_amount'), discount: cents('discount'), net: cents('net_amount') }],
        northwind.expected('totals_rounded_per_line_to_cents'),
        { figures: { gross: 'list', discount: 'discount', net: 'net' } },
      ),
    ).toEqual([]);
  });

  test.each(blocks)('agrees %s', async (block, key, also) => {
    const request = `measures=deals,lines,discount_rate,${amounts}&by=${Object.values(key).join(',')}`;
    const isByCommand = ['by_employee', 'by_sales_region', 'by_discount_rate', 'by_year'].includes(block);
    const { rows } = await (isByCommand ? ask(out, request) : askHere(warehouse, request));
    const asked = givenBy(block, { ...figures, ...also });
    expect(Object.keys(asked).length).toBeGreaterThan(1);
    expect(differences(rows, northwind.expected(block), { key, figures: asked })).toEqual([]);
  });

  test('counts a manager with everyone below, and whom they lead', async () => {
    const found: Figures[] = [];
    for (const { manager } of northwind.expected('by_manager_rollup_including_self')) {
      const { rows } = await ask(out, `measures=${amounts}&reports_to=${manager}`);
      const people = await askHere(warehouse, `measures=lines&by=rep_id&reports_to=${manager}`);
      found.push({ ...rows[0], manager, people: people.rows.length });
    }
    expect(
      differences(found, northwind.expected('by_manager_rollup_including_self'), {
        key: { manager: 'manager' },
        figures: { ...figures, people: 'people' },
      }),
    ).toEqual([]);
    const { rows } = await askHere(warehouse, 'measures=lines&by=manager_name,rep_id');
    expect(
      differences(
        northwind.expected('by_manager_direct_reports_only').map(({ manager }) => ({
          manager,
          reports: rows.filter((row) => row.manager_name === manager).length,
        })),
        northwind.expected('by_manager_direct_reports_only'),
        { key: { manager: 'manager' }, figures: { reports: 'reports' } },
      ),
    ).toEqual([]);
  });

  test('puts an employee of several territories into one region, once', async () => {
    const { rows, totals } = await askHere(warehouse, `measures=${amounts}&by=region,rep_id`);
    const regions = [...new Set(rows.map((row) => row.region))];
    const found = regions.map((region) => ({
      region,
      employees: rows
        .filter((row) => row.region === region)
        .map((row) => row.rep_id)
        .sort()
        .join(','),
    }));
    const key = { region: 'region' };
    expect(
      differences(found, northwind.expected('employee_regions'), {
        key,
        figures: { employees: 'employees' },
      }),
    ).toEqual([]);
    expect(sum(rows, 'discount')).toBeCloseTo(Number(totals.discount), 4);
    const careless = northwind.expected('WRONG_by_sales_region_if_joined_through_territories');
    expect(sum(careless, 'discount_money')).toBeGreaterThan(3 * Number(totals.discount));
  });

  test('agrees on the ten customers and products with most discount', async () => {
    const customers = await ask(
      out,
      `measures=${amounts}&by=account_id,account_name&sort=-discount&limit=10`,
    );
    const key = { customerID: 'account_id', companyName: 'account_name' };
    expect(
      differences(customers.rows, northwind.expected('by_customer_top10_discount'), { key, figures }),
    ).toEqual([]);
    const products = await ask(out, `measures=${amounts}&by=product_name&sort=-discount&limit=10`);
    expect(
      differences(products.rows, northwind.expected('by_product_top10_discount'), {
        key: { productName: 'product_name' },
        figures: { gross: 'list_amount', discount_money: 'discount' },
      }),
    ).toEqual([]);
  });

  test('tells first orders from the rest, order by order', async () => {
    const first = new Map<string, { order: number; on: string }>();
    for (const { orderID, customerID, orderDate } of northwind.csv('orders.csv')) {
      const [order, on, before] = [Number(orderID), orderDate!, first.get(customerID!)];
      if (!before || on < before.on || (on === before.on && order < before.order))
        first.set(customerID!, { order, on });
    }
    const firsts = new Set([...first.values()].map(({ order }) => String(order)));
    const { rows } = await askHere(warehouse, `measures=${amounts}&by=deal_id`);
    const found = ['first order', 'repeat order'].map((kind) => {
      const orders = rows.filter((row) => firsts.has(String(row.deal_id)) === (kind === 'first order'));
      return {
        kind,
        orders: orders.length,
        list: sum(orders, 'list_amount'),
        discount: sum(orders, 'discount'),
      };
    });
    expect(
      differences(found, northwind.expected('first_order_customers_new_business'), {
        key: { kind: 'kind' },
        figures: { orders: 'orders', gross: 'list', discount_money: 'discount' },
      }),
    ).toEqual([]);
  });

  test('measures against the catalogue when asked to', async () => {
    const catalog = join(folder, 'catalog.duckdb');
    await load(catalog, mapping('northwind_catalog'), northwind.folder);
    const { rows } = await ask(catalog, `measures=lines,${amounts}&by=list_source`);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.list_source).toBe('undated price book');
    expect(
      differences(rows, northwind.expected('against_catalog_list_price'), {
        figures: { list_at_products_unitPrice: 'list_amount', total_below_catalog: 'discount' },
      }),
    ).toEqual([]);
    const other = await openWarehouse(catalog);
    const [units] = await other.rows(`select
      count(*) filter (unit_net < unit_list) as below, count(*) filter (unit_net > unit_list) as above,
      sum((unit_list - unit_net) * quantity) as gap from marts.fact_deal_line`);
    other.close();
    expect(
      differences([units as Figures], northwind.expected('against_catalog_list_price'), {
        figures: { lines_below: 'below', lines_above: 'above', price_below_catalog: 'gap' },
      }),
    ).toEqual([]);
  });

  test('gives the same from the second copy, and by the country shipped to', async () => {
    const copy = join(folder, 'copy.duckdb');
    const loaded = await load(copy, mapping('northwind_pg_variant'), northwind.folder);
    const files = ['orders', 'order_details', 'products', 'customers', 'employees', 'employee_territories'];
    expectEveryRow(
      loaded,
      northwind,
      files.map((file) => `pg_variant/${file}.csv`),
    );
    const shipped = await ask(copy, `measures=${amounts}&by=channel`);
    expect(
      differences(shipped.rows, northwind.expected('by_ship_country'), {
        key: { shipCountry: 'channel' },
        figures: { gross: 'list_amount', discount_money: 'discount' },
      }),
    ).toEqual([]);
    const other = await openWarehouse(copy);
    for (const by of ['', 'deal_line_id', 'closed_on', 'rep_name', 'region', 'manager_name', 'country']) {
      const request = `measures=deals,${amounts}&by=${by}`;
      expect((await askHere(other, request)).rows, by).toEqual((await askHere(warehouse, request)).rows);
    }
    for (const [block, key, also] of blocks) {
      const request = `measures=deals,lines,discount_rate,${amounts}&by=${Object.values(key).join(',')}`;
      const { rows } = await askHere(other, request);
      const asked = givenBy(block, { ...figures, ...also });
      expect(differences(rows, northwind.expected(block), { key, figures: asked }), block).toEqual([]);
    }
    other.close();
  });
});
