import { describe, expect, it } from 'vitest';
import { billed, jsonLinesOf } from './billed.fixture.ts';

const bill = (id: string, type: string, subtotal: number) => ({
  ...{ id, object: 'invoice', type, state: 'paid', account: { id: 'ra', code: 'acme' }, currency: 'USD' },
  ...{ subtotal, discount: 0, tax: 0, total: subtotal, created_at: '2026-02-01T00:00:00Z', due_at: null },
});
const line = (id: string, type: string, origin: string, subtotal: number) => ({
  ...{
    id,
    object: 'line_item',
    type,
    origin,
    state: 'invoiced',
    unit_amount: subtotal,
    quantity: 1,
    subtotal,
  },
});

/** As Recurly's API gives them: lines in a list object of their bill, or in a list. */
const invoices = jsonLinesOf([
  {
    ...bill('rn', 'charge', 950),
    line_items: {
      object: 'list',
      has_more: false,
      data: [
        {
          ...line('rn1', 'charge', 'plan', 1000),
          discount: 100,
          plan_code: 'pro',
          start_date: '2026-02-01',
        },
        {
          ...line('rn2', 'charge', 'add_on', 50),
          unit_amount: 50,
          subtotal: null,
          product_code: 'more',
        },
      ],
    },
  },
  {
    ...bill('rc', 'credit', -7),
    line_items: [
      {
        ...line('rc1', 'credit', 'credit', -7),
        ...{
          credit_reason_code: 'service',
          original_line_item_invoice_id: 'rn',
          previous_line_item_id: 'rn1',
        },
      },
    ],
  },
  bill('re', 'charge', 0),
]);

describe('a bill of Recurly', () => {
  it('tells the lines and credits inside it', async () => {
    const bills = await billed({ 'invoices.jsonl': invoices });
    expect(bills.file('invoices.jsonl')).toMatchObject({
      recognised_as: 'Recurly invoice',
      rows_in: 3,
      rows_loaded: 3,
    });
    expect((await bills.lines()).filter(([bill]) => bill === 'rn')).toEqual([
      ['rn', 'rn1', 1000, 100, 900],
      ['rn', 'rn2', 50, 0, 50],
    ]);
    expect((await bills.credits()).map((row) => row.slice(0, 6))).toEqual([
      ['rc', 'rc1', 'rn', 7, 'USD', 'price_concession'],
    ]);
    // A line without a day of its own is of its bill's.
    expect(await bills.rows('select issued_on::varchar as issued_on from core.credit_note_line')).toEqual([
      { issued_on: '2026-02-01' },
    ]);
    expect(
      await bills.rows(
        `select product_id, currency, period_start::varchar as since, source_line
          from core.invoice_line where invoice_id = 'rn' order by 1`,
      ),
    ).toEqual([
      { product_id: 'more', currency: 'USD', since: null, source_line: '1' },
      { product_id: 'pro', currency: 'USD', since: '2026-02-01', source_line: '1' },
    ]);
  });
});
