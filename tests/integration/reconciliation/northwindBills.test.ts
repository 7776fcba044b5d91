import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openWarehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { load, scratchFolder } from './asking.ts';
import { mapping, outsideData } from './outsideData.ts';

const northwind = outsideData('northwind');
const { folder, remove } = scratchFolder();
afterAll(remove);

/** Orders stand for their own bills, issued on the day they were shipped; a mapping says what the bill tells. */
function withBills(name: string, bill: string): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    `${readFileSync(mapping('northwind'), 'utf8')}
  - path: orders.csv
    table: invoice
    columns:
      invoice_id: { sql: "'bill ' || orderID" }
      account_id: customerID
      issued_on: { sql: "coalesce(nullif(shippedDate, 'NULL'), orderDate)" }
      ${bill}
  - path: order_details.csv
    table: invoice_line
    columns:
      invoice_line_id: { sql: "'bill ' || orderID || '/' || productID" }
      invoice_id: { sql: "'bill ' || orderID" }
      product_id: productID
      quantity: quantity
      net_amount: { sql: 'unitPrice * quantity * (1 - discount)' }
`,
  );
  return path;
}

describe.skipIf(!northwind.isThere)('Northwind, billed as ordered', () => {
  const causes = async (name: string, bill: string) => {
    const out = join(folder, `${name}.duckdb`);
    await load(out, withBills(name, bill), northwind.folder);
    const warehouse = await openWarehouse(out);
    try {
      return await warehouse.rows<{
        cause: string;
        rows: number;
        sold: string;
        billed: string;
        wrong: number;
      }>(
        `select cause, count(*)::integer as rows, sum(sold_amount)::varchar as sold, sum(billed_amount)::varchar as billed,
           count(*) filter (invoice_line_id <> 'bill ' || deal_line_id)::integer as wrong
         from marts.fact_billing_match group by cause order by cause`,
      );
    } finally {
      warehouse.close();
    }
  };
  const total = northwind.isThere ? Number(northwind.expected('totals')[0]!.net_revenue) : 0;

  test('by the id of the order every line is matched, to the cent', async () => {
    const found = await causes('by id', 'deal_id: orderID');
    expect(found).toMatchObject([{ cause: 'matched', rows: 2155, wrong: 0 }]);
    expect(Number(found[0]!.sold)).toBeCloseTo(total, 2);
    expect(found[0]!.billed).toBe(found[0]!.sold);
  });

  test('without any id most are found by likeness, none to another order, and the rest is left apart', async () => {
    const found = await causes('by likeness', '');
    const matched = found.find(({ cause }) => cause === 'matched')!;
    expect(matched.rows).toBeGreaterThan(0.95 * 2155);
    expect(found.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(0);
    expect(found.reduce((sum, { sold }) => sum + Number(sold), 0)).toBeCloseTo(total, 2);
    expect(found.reduce((sum, { billed }) => sum + Number(billed), 0)).toBeCloseTo(total, 2);
    expect(found.map(({ cause }) => cause)).toEqual(['matched', 'unmatched_billed', 'unmatched_sold']);
  });
});
