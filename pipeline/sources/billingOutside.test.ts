import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { billed, jsonLinesOf, type Billed } from './billed.fixture.ts';
import { Headers, recognise } from './recognise.ts';

const connectors = '../shared/data/fivetran_seeds';
const shapes = '../shared/data/stripe_shapes/fixtures3_billing_objects.json';

type Table = Record<string, string>[];
const tables = new Map<string, Table>();

/** Loads a folder of a connector's tables, without its copies for other databases. */
async function loaded(folder: string): Promise<Billed> {
  const names = readdirSync(`${connectors}/${folder}`).filter(
    (name) => name.endsWith('.csv') && !/_(postgres|snowflake|databricks)\./.test(name),
  );
  const files = Object.fromEntries(
    names.map((name) => [name, readFileSync(`${connectors}/${folder}/${name}`)]),
  );
  for (const name of names) tables.set(name, parse(files[name]!, { columns: true, bom: true }) as Table);
  const bills = await billed(files);
  for (const file of bills.files) {
    if (file.recognised_as === null || file.unread_reason !== null) continue;
    expect(file.rows_in, file.path).toBe(tables.get(file.path)!.length);
    expect(file.rows_in, file.path).toBe(file.rows_loaded + file.rows_set_aside);
  }
  return bills;
}

const counts = (bills: Billed) =>
  Object.fromEntries(
    bills.files
      .filter((file) => file.recognised_as !== null && file.unread_reason === null)
      .map((file) => [file.path.replace('_data.csv', ''), [file.rows_loaded, file.rows_set_aside]]),
  );
const sum = (rows: Table, of: (row: Record<string, string>) => number) =>
  rows.reduce((total, row) => total + of(row), 0);
const total = async (bills: Billed, sql: string) => Number(Object.values((await bills.rows(sql))[0]!)[0]);

describe.skipIf(!existsSync(connectors))('what a connector copies', () => {
  it('of Stripe', async () => {
    const bills = await loaded('dbt_stripe');
    expect(counts(bills)).toEqual({
      charge: [0, 16],
      coupon: [10, 0],
      credit_note: [2, 0],
      credit_note_line_item: [2, 0],
      customer: [11, 1],
      // Its columns have slipped: a time stands in coupon_id.
      discount: [0, 10],
      invoice: [2, 0],
      invoice_line_item: [3, 0],
      plan: [13, 0],
      price: [4, 0],
      product: [10, 0],
      subscription: [2, 0],
      subscription_discount: [3, 0],
      subscription_history: [2, 0],
      subscription_item: [14, 0],
    });
    const lines = tables.get('invoice_line_item_data.csv')!;
    expect(await total(bills, 'select sum(list_amount)::double from core.invoice_line')).toBeCloseTo(
      sum(lines, (line) => Number(line.amount)) / 100,
      6,
    );
    const notes = tables.get('credit_note_data.csv')!;
    expect(await total(bills, 'select sum(amount)::double from core.credit_note_line')).toBeCloseTo(
      sum(notes, (note) => Number(note.total)) / 100,
      6,
    );
    // A plan of 1,500 for six months is 250 a month.
    const plans = new Map(tables.get('plan_data.csv')!.map((plan) => [plan.id, plan]));
    const contracts = new Set(tables.get('subscription_data.csv')!.map((contract) => contract.id));
    const items = tables
      .get('subscription_item_data.csv')!
      .filter((item) => contracts.has(item.subscription_id!));
    expect(await total(bills, 'select sum(monthly_list)::double from core.subscription')).toBeCloseTo(
      sum(items, (item) => {
        const plan = plans.get(item.plan_id!);
        return plan ? (Number(plan.amount) / 100 / Number(plan.interval_count)) * Number(item.quantity) : 0;
      }),
      3,
    );
    const yen = tables
      .get('coupon_data.csv')!
      .filter((coupon) => coupon.currency === 'jpy' && coupon.amount_off);
    expect(
      await total(
        bills,
        `select coalesce(sum(amount_off), 0)::double from core.coupon where currency = 'JPY'`,
      ),
    ).toBe(sum(yen, (coupon) => Number(coupon.amount_off)));
  });

  it('of Zuora', async () => {
    const bills = await loaded('dbt_zuora');
    expect(counts(bills)).toEqual({
      zuora_account: [4, 1],
      zuora_credit_balance_adjustment: [0, 6],
      zuora_invoice: [5, 0],
      zuora_invoice_item: [6, 0],
      // One payment stands twice.
      zuora_invoice_payment: [5, 1],
      zuora_product: [5, 0],
      zuora_rate_plan_charge: [3, 2],
      zuora_subscription: [3, 2],
    });
    const items = tables.get('zuora_invoice_item_data.csv')!;
    expect(await total(bills, 'select sum(net_amount)::double from core.invoice_line')).toBe(
      sum(items, (item) => Number(item.charge_amount)),
    );
    const invoices = tables.get('zuora_invoice_data.csv')!;
    expect(await total(bills, 'select sum(subtotal)::double from core.invoice')).toBe(
      sum(invoices, (invoice) => Number(invoice.amount) - Number(invoice.tax_amount)),
    );
  });

  it('of Recurly', async () => {
    const bills = await loaded('dbt_recurly');
    expect(counts(bills)).toEqual({
      account_history: [4, 1],
      invoice_history: [5, 0],
      // Three carry a balance from one bill to the next.
      line_item_history: [2, 3],
      plan_history: [2, 0],
      subscription_history: [4, 1],
      transaction: [1, 4],
    });
    const items = tables.get('line_item_history_data.csv')!.filter((item) => item.origin !== 'carryforward');
    const net = (item: Record<string, string>) => Number(item.subtotal) - Number(item.discount);
    expect(
      (await total(bills, 'select sum(list_amount - discount_amount)::double from core.invoice_line')) -
        (await total(bills, 'select sum(amount)::double from core.credit_note_line')),
    ).toBe(sum(items, net));
    expect(await bills.credits()).toMatchObject([
      [expect.anything(), expect.anything(), expect.anything(), 5, 'USD', 'unknown'],
    ]);
  });

  it('of NetSuite: what is no bill is not counted, and a currency is known by its number', async () => {
    const bills = await loaded('dbt_netsuite');
    expect(counts(bills)).toMatchObject({
      netsuite2_transaction: [0, 4],
      netsuite2_transaction_line: [5, 0],
      netsuite_transactions: [0, 10],
      netsuite_transaction_lines: [10, 0],
    });
    expect(await bills.lines()).toEqual([]);
    expect(
      await bills.rows(`select currency from core.billing_currency where currency_number = '3'`),
    ).toEqual([
      {
        currency:
          tables.get('netsuite_currencies_data.csv')!.find((row) => row.currency_id === '3')?.symbol ?? 'CAD',
      },
    ]);
  });
});

describe.skipIf(!existsSync(shapes))("objects of Stripe's API", () => {
  const objects = JSON.parse(existsSync(shapes) ? readFileSync(shapes, 'utf8') : '{}') as Record<
    string,
    object
  >;

  it.each([
    ['coupon', 'Stripe coupon'],
    ['promotion_code', 'Stripe promotion code'],
    ['credit_note', 'Stripe credit note'],
    ['discount', 'Stripe discount'],
    ['invoice', 'Stripe invoice'],
    ['line_item', 'Stripe invoice line item'],
    ['price', 'Stripe price'],
    ['subscription', 'Stripe subscription'],
    ['subscription_item', 'Stripe subscription item'],
    ['customer', 'Stripe customer'],
    ['quote', undefined],
    ['invoiceitem', 'Stripe invoice item'],
    ['subscription_schedule', undefined],
    ['deleted_coupon', undefined],
  ])('%s', (name, source) => {
    expect(recognise(new Headers(Object.keys(objects[name]!)))[0]?.source.name).toBe(source);
  });

  it('give a bill with its lines and a contract with its price', async () => {
    const bills = await billed({
      'invoices.jsonl': jsonLinesOf([objects.invoice]),
      'subscriptions.jsonl': jsonLinesOf([objects.subscription]),
      'credit_notes.jsonl': jsonLinesOf([objects.credit_note]),
    });
    expect(bills.files.map((file) => file.rows_rejected)).toEqual([0, 0, 0]);
    expect((await bills.lines()).map((row) => row.slice(2))).toEqual([[10, 0, 10]]);
    expect((await bills.credits()).map((row) => row[3])).toEqual([5, 11.9]);
    expect(
      await bills.rows('select monthly_list::double as list, product_id from core.subscription'),
    ).toEqual([{ list: 20, product_id: 'prod_QXg1hqf4jFNsqG' }]);
  });
});
