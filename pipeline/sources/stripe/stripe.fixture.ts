import { csvOf, jsonLinesOf } from '../billed.fixture.ts';

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

/** The same company as a connector, the API and the dashboard of Stripe write it, and a file that is wrong. */
export const files = {
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
