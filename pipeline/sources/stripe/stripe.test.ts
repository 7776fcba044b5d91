import { beforeAll, describe, expect, it } from 'vitest';
import { billed, csvOf, jsonLinesOf, type Billed } from '../billed.fixture.ts';

const may = 1777852800; // 4 May 2026
const invoiceJson = {
  id: 'in_json',
  object: 'invoice',
  customer: 'cus_1',
  currency: 'eur',
  created: may,
  due_date: may + 30 * 86400,
  period_start: may,
  period_end: may,
  status: 'paid',
  number: 'A-1',
  metadata: { opportunity_id: '006x' },
  subtotal: 25000,
  total: 26180,
  total_excluding_tax: 22000,
  total_taxes: [{ amount: 4180, tax_behavior: 'exclusive' }],
  total_discount_amounts: [{ amount: 3000, discount: 'di_1' }],
  status_transitions: { finalized_at: may + 86400 },
  lines: {
    object: 'list',
    data: [
      {
        id: 'il_1',
        amount: 20000,
        currency: 'eur',
        discount_amounts: [{ amount: 3000, discount: 'di_1' }],
        discountable: true,
        period: { start: may, end: may + 365 * 86400 },
        quantity: 4,
        pricing: { type: 'price_details', price_details: { product: 'prod_1' }, unit_amount_decimal: '5000' },
        parent: {
          type: 'subscription_item_details',
          subscription_item_details: { subscription: 'sub_1', proration: false },
        },
      },
      {
        id: 'il_2',
        amount: 5000,
        currency: 'eur',
        discount_amounts: [],
        discountable: false,
        period: { start: may, end: may },
        quantity: 1,
        parent: {
          type: 'subscription_item_details',
          subscription_item_details: { subscription: 'sub_1', proration: true },
        },
      },
    ],
  },
};

const noteJson = {
  id: 'cn_json',
  object: 'credit_note',
  invoice: 'in_json',
  customer: 'cus_1',
  currency: 'eur',
  created: may + 40 * 86400,
  amount: 1785,
  total: 1785,
  subtotal: 1500,
  total_excluding_tax: 1500,
  reason: 'product_unsatisfactory',
  status: 'issued',
  memo: 'late',
  lines: {
    data: [
      {
        id: 'cnli_1',
        amount: 1200,
        discount_amount: 200,
        invoice_line_item: 'il_1',
        type: 'invoice_line_item',
      },
      { id: 'cnli_2', amount: 500, discount_amount: 0, type: 'custom_line_item' },
    ],
  },
};

const price = {
  id: 'price_1',
  currency: 'eur',
  product: 'prod_1',
  unit_amount: 5000,
  unit_amount_decimal: '5000',
};

const files = {
  'json/invoices.jsonl': jsonLinesOf([invoiceJson]),
  'json/credit_notes.jsonl': jsonLinesOf([noteJson, { ...noteJson, id: 'cn_void', status: 'void' }]),
  'json/subscriptions.jsonl': jsonLinesOf([
    {
      id: 'sub_1',
      object: 'subscription',
      customer: 'cus_1',
      status: 'active',
      currency: 'eur',
      billing_cycle_anchor: may,
      created: may,
      start_date: may,
      items: {
        data: [
          {
            id: 'si_1',
            current_period_end: may + 365 * 86400,
            quantity: 4,
            price: { ...price, recurring: { interval: 'month', interval_count: 3 } },
          },
        ],
      },
    },
  ]),
  // A connector's tables: no currency on the lines, discounts in a table of their own.
  'connector/invoice.csv': csvOf(
    ['in_yen', 'in_usd', 'in_kwd'].map((id, at) => ({
      id,
      customer_id: 'cus_2',
      currency: ['jpy', 'usd', 'kwd'][at],
      subtotal: [3000, 10000, 10000][at],
      tax: [300, 0, 0][at],
      total: [3200, 9000, 10000][at],
      status: 'open',
      period_start: '2026-05-04 00:00:00',
      period_end: '2026-06-04 00:00:00',
      due_date: '2026-06-03 00:00:00',
      created: '2026-05-04 00:00:00',
    })),
  ),
  'connector/invoice_line_item.csv': csvOf(
    (
      [
        ['y1', 'in_yen', 'jpy', 1000, 'true', 'false'],
        ['y2', 'in_yen', 'jpy', 2000, 'true', 'false'],
        ['u1', 'in_usd', 'usd', 3333, 'true', 'false'],
        ['u2', 'in_usd', 'usd', 3333, 'true', 'false'],
        ['u3', 'in_usd', 'usd', 3333, 'true', 'false'],
        ['u4', 'in_usd', 'usd', 1, 'false', 'true'],
        ['k1', 'in_kwd', 'kwd', 10000, 'true', 'false'],
      ] as const
    ).map(([id, invoice_id, currency, amount, discountable, proration]) => ({
      id,
      invoice_id,
      amount,
      currency,
      proration,
      discountable,
      period_start: '2026-05-04 00:00:00',
      period_end: '2026-06-04 00:00:00',
      quantity: 1,
      type: 'subscription',
    })),
  ),
  'connector/discount.csv': csvOf(
    (
      [
        ['di_y', 'in_yen', 100, 'co_half', '2026-08-04 00:00:00', 'sub_2'],
        ['di_u', 'in_usd', 1000, 'co_half', '', 'sub_2'],
        ['di_slipped', 'sub_9', 5, '2026-05-04 05:50:07.000000', '', 'in_x'],
        ['di_sub', '', '', 'co_repeat', '', 'sub_2'],
        ['di_once', '', '', 'co_once', '', 'sub_2'],
      ] as const
    ).map(([id, invoice_id, amount, coupon_id, end, subscription_id]) => ({
      id,
      amount,
      coupon_id,
      customer_id: 'cus_2',
      end,
      invoice_id,
      invoice_item_id: '',
      promotion_code: '',
      checkout_session_id: '',
      start: '2026-09-04 00:00:00',
      subscription_id,
    })),
  ),
  'connector/coupon.csv': csvOf([
    {
      id: 'co_half',
      amount_off: '',
      currency: '',
      duration: 'forever',
      duration_in_months: '',
      name: 'Half',
      percent_off: 50,
    },
    {
      id: 'co_repeat',
      amount_off: '',
      currency: '',
      duration: 'repeating',
      duration_in_months: 6,
      name: 'Six',
      percent_off: 20,
    },
    {
      id: 'co_once',
      amount_off: '5000',
      currency: 'usd',
      duration: 'once',
      duration_in_months: '',
      name: 'Once',
      percent_off: '',
    },
  ]),
  'connector/subscription.csv': csvOf([
    {
      id: 'sub_2',
      customer_id: 'cus_2',
      status: 'active',
      current_period_start: '2026-05-04',
      current_period_end: '2027-05-04',
      start_date: '2026-05-04',
      ended_at: '',
    },
  ]),
  'connector/subscription_item.csv': csvOf([
    { id: 'si_a', plan_id: 'year', quantity: 2, subscription_id: 'sub_2', created: '2026-05-04' },
    { id: 'si_b', plan_id: 'month', quantity: 3, subscription_id: 'sub_2', created: '2026-05-04' },
  ]),
  'connector/plan.csv': csvOf([
    {
      id: 'year',
      amount: 120000,
      currency: 'usd',
      interval: 'year',
      interval_count: 1,
      product_id: 'prod_a',
      active: true,
    },
    {
      id: 'month',
      amount: 1000,
      currency: 'usd',
      interval: 'month',
      interval_count: 1,
      product_id: 'prod_b',
      active: true,
    },
  ]),
  'connector/credit_note.csv': csvOf(
    (
      [
        ['cn_1', 1190, 1000, 1190, 'order_change', 'issued'],
        ['cn_2', 500, 500, 500, '', 'issued'],
      ] as const
    ).map(([id, amount, subtotal, total, reason, status]) => ({
      id,
      amount,
      created: '2026-06-30 10:04:03.000',
      currency: 'usd',
      discount_amount: 0,
      subtotal,
      total,
      memo: '',
      number: id,
      reason,
      status,
      type: 'post_payment',
      invoice_id: 'in_usd',
    })),
  ),
  'connector/credit_note_line_item.csv': csvOf([
    {
      credit_note_id: 'cn_1',
      id: 'l1',
      amount: 600,
      discount_amount: 0,
      type: 'custom_line_item',
      quantity: 1,
      unit_amount: 600,
    },
    {
      credit_note_id: 'cn_1',
      id: 'l2',
      amount: 500,
      discount_amount: 100,
      type: 'custom_line_item',
      quantity: 1,
      unit_amount: 500,
    },
  ]),
  'connector/charge.csv': csvOf([
    {
      id: 'ch_1',
      amount: 9000,
      amount_refunded: 1000,
      captured: true,
      created: '2026-06-01',
      currency: 'usd',
      invoice_id: 'in_usd',
      paid: true,
      status: 'succeeded',
      refunded: false,
    },
    {
      id: 'ch_2',
      amount: 9000,
      amount_refunded: 0,
      captured: false,
      created: '2026-06-01',
      currency: 'usd',
      invoice_id: 'in_usd',
      paid: false,
      status: 'failed',
      refunded: false,
    },
  ]),
  // The dashboard writes whole units, and times in UTC.
  'dashboard/invoices.csv': csvOf([
    {
      id: 'in_dash',
      'Amount Due': '107.10',
      Currency: 'usd',
      Customer: 'cus_3',
      'Date (UTC)': '2026-05-04 23:30',
      'Due Date (UTC)': '2026-06-03 23:30',
      Number: 'D-1',
      Subtotal: '100.00',
      'Total Discount Amount': '10.00',
      Tax: '17.10',
      Total: '107.10',
      Status: 'paid',
    },
  ]),
  'wrong/invoices.csv': csvOf([
    {
      id: 'in_wrong',
      customer: 'c',
      currency: 'usd',
      subtotal: '19.99',
      total: '19.99',
      status: 'paid',
      period_start: may,
    },
  ]),
};

describe('what Stripe writes', () => {
  let bills: Billed;
  beforeAll(async () => {
    bills = await billed(files);
  });

  it('is recognised, whoever wrote it', () => {
    const recognised = bills.files.map(({ path, recognised_as }) => [path.split('/')[1], recognised_as]);
    expect(recognised.filter(([, name]) => !name?.startsWith('Stripe'))).toEqual([]);
    for (const { rows_in, rows_loaded, rows_rejected, rows_set_aside } of bills.files)
      expect(rows_in).toBe(rows_loaded + rows_rejected + rows_set_aside);
  });

  it('gives lines before and after discount, each discount once, in the currency', async () => {
    expect(await bills.lines()).toEqual([
      ['in_json', 'il_1', 200, 30, 170],
      ['in_json', 'il_2', 50, 0, 50],
      ['in_kwd', 'k1', 10, 0, 10],
      // 10.00 off 99.99, and nothing off the proration: the cent that is left over goes to the first.
      ['in_usd', 'u1', 33.33, 3.34, 29.99],
      ['in_usd', 'u2', 33.33, 3.33, 30],
      ['in_usd', 'u3', 33.33, 3.33, 30],
      ['in_usd', 'u4', 0.01, 0, 0.01],
      ['in_yen', 'y1', 1000, 33, 967],
      ['in_yen', 'y2', 2000, 67, 1933],
    ]);
  });

  it('says before tax what each bill is, from whatever it tells', async () => {
    expect(
      await bills.rows(`select invoice_id as id, issued_on, subtotal::double as net, total::double as total, discount_amount::double as off, deal_id
        from core.invoice order by 1`),
    ).toEqual([
      { id: 'in_dash', issued_on: '2026-05-04', net: 90, total: 107.1, off: 10, deal_id: null },
      { id: 'in_json', issued_on: '2026-05-05', net: 220, total: 261.8, off: 30, deal_id: '006x' },
      { id: 'in_kwd', issued_on: '2026-05-04', net: 10, total: 10, off: null, deal_id: null },
      { id: 'in_usd', issued_on: '2026-05-04', net: 90, total: 90, off: null, deal_id: null },
      { id: 'in_yen', issued_on: '2026-05-04', net: 2900, total: 3200, off: null, deal_id: null },
    ]);
  });

  it('gives credits without tax, by their lines, with the reason Stripe says', async () => {
    expect(await bills.credits()).toEqual([
      ['cn_1', 'l1', 'in_usd', 6, 'USD', 'cancellation'],
      ['cn_1', 'l2', 'in_usd', 4, 'USD', 'cancellation'],
      ['cn_2', null, 'in_usd', 5, 'USD', 'unknown'],
      ['cn_json', 'cnli_1', 'in_json', 10, 'EUR', 'price_concession'],
      ['cn_json', 'cnli_2', 'in_json', 5, 'EUR', 'price_concession'],
    ]);
  });

  it('gives what each contract is worth a month, with coupons that hold', async () => {
    expect(
      await bills.rows(`select subscription_id as id, product_id as product, quantity::double as quantity, currency,
          monthly_list::double as list, monthly_net::double as net
        from core.subscription order by 1`),
    ).toEqual([
      { id: 'si_a', product: 'prod_a', quantity: 2, currency: 'USD', list: 200, net: 160 },
      { id: 'si_b', product: 'prod_b', quantity: 3, currency: 'USD', list: 30, net: 24 },
      { id: 'sub_1', product: 'prod_1', quantity: 4, currency: 'EUR', list: 66.6667, net: 66.6667 },
    ]);
  });

  it('knows the coupon of a discount, and when it should end', async () => {
    expect(
      await bills.rows(
        `select redemption_id as id, code, ends_on::varchar as ends_on from core.coupon_given order by 1`,
      ),
    ).toEqual([
      { id: 'di_once', code: 'co_once', ends_on: null },
      { id: 'di_sub', code: 'co_repeat', ends_on: '2027-03-04' },
      { id: 'di_u', code: 'co_half', ends_on: null },
      { id: 'di_y', code: 'co_half', ends_on: '2026-08-04' },
    ]);
    expect(bills.file('connector/discount.csv').rows_set_aside).toBe(1);
  });

  it('takes payments less what was paid back, and prorations as such', async () => {
    expect(await bills.rows('select payment_id, amount::double as amount from core.payment')).toEqual([
      { payment_id: 'ch_1', amount: 80 },
    ]);
    expect(
      await bills.rows('select invoice_line_id as id from core.invoice_line where is_proration order by 1'),
    ).toEqual([{ id: 'il_2' }, { id: 'u4' }]);
  });

  it('rejects an amount that is in no smallest unit instead of taking it for cents', () => {
    expect(bills.file('wrong/invoices.csv')).toMatchObject({ rows_loaded: 0, rows_rejected: 1 });
  });
});
