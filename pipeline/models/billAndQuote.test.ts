import { beforeAll, describe, expect, it } from 'vitest';
import { modelled, type Given, type Modelled, type Row } from './modelled.fixture.ts';

const bill = (invoice_id: string, more: Row = {}): Row => ({
  invoice_id,
  account_id: 'acme',
  currency: 'USD',
  issued_on: '2026-05-04',
  subtotal: 100,
  total: 125,
  ...more,
});
const line = (invoice_id: string, net_amount: number, id = `${invoice_id} line`): Row => ({
  invoice_line_id: id,
  invoice_id,
  net_amount,
});
const won = (deal_id: string, more: Row = {}): Row => ({
  deal_id,
  account_id: 'acme',
  owner_id: 'ann',
  is_closed: true,
  is_won: true,
  closed_on: '2026-04-10',
  currency: 'USD',
  ...more,
});
const offer = (quote_id: string, deal_id: string, more: Row = {}): Row => ({ quote_id, deal_id, ...more });
const offered = (quote_id: string, net_amount: number | null, id = `${quote_id} line`): Row => ({
  quote_line_id: id,
  quote_id,
  net_amount,
});
const sold = (deal_id: string, net_amount: number): Row => ({
  deal_line_id: `${deal_id} sold`,
  deal_id,
  quantity: 1,
  price_period: 'once',
  net_amount,
});

const given: Given = {
  deal: ['accepted', 'latest', 'half told', 'as offered'].map((id) => won(id)).concat(won('no offer')),
  deal_line: ['accepted', 'latest', 'half told', 'no offer'].map((id) => sold(id, 90)),
  quote: [
    offer('q1', 'accepted', { quoted_on: '2026-03-01', is_accepted: true }),
    offer('q2', 'accepted', { quoted_on: '2026-04-01', is_accepted: false }),
    offer('q3', 'latest', { quoted_on: '2026-03-01' }),
    offer('q4', 'latest', { quoted_on: '2026-04-09' }),
    // Written after the close: what was offered before counts.
    offer('q5', 'latest', { quoted_on: '2026-05-01' }),
    offer('q6', 'half told', { quoted_on: '2026-04-01' }),
    offer('q7', 'as offered', { quoted_on: '2026-04-01', is_accepted: true }),
  ],
  quote_line: [
    offered('q1', 60, 'q1 a'),
    offered('q1', 50, 'q1 b'),
    offered('q2', 999),
    offered('q3', 130),
    offered('q4', 120),
    offered('q5', 80),
    offered('q6', 100, 'q6 a'),
    offered('q6', null, 'q6 b'),
    offered('q7', 70),
  ],
  invoice: [
    bill('paid'),
    bill('credited'),
    bill('part'),
    bill('no tax', { subtotal: null, total: null }),
    bill('euro', { currency: 'EUR', deal_id: 'accepted' }),
    bill('odd money'),
    bill('draft', { status: 'draft' }),
  ],
  invoice_line: [
    line('paid', 60, 'p1'),
    line('paid', 40, 'p2'),
    ...['credited', 'part', 'no tax', 'euro', 'odd money', 'draft'].map((id) => line(id, 100)),
  ],
  credit_note_line: [
    { credit_note_id: 'c1', invoice_id: 'credited', amount: 10, reason: 'price_concession' },
    { credit_note_id: 'c2', invoice_id: 'credited', amount: 7, reason: 'error' },
    { credit_note_id: 'c3', invoice_id: 'credited', amount: 3 },
    { credit_note_id: 'c4', invoice_id: 'credited', amount: 5, reason: 'tax' },
  ],
  payment: [
    { payment_id: 'y1', invoice_id: 'paid', paid_on: '2026-06-01', amount: 125 },
    { payment_id: 'y2', invoice_id: 'part', paid_on: '2026-06-01', amount: 25 },
    { payment_id: 'y3', invoice_id: 'part', paid_on: '2026-07-01', amount: 25 },
    { payment_id: 'y4', invoice_id: 'no tax', paid_on: '2026-06-01', amount: 100 },
    { payment_id: 'y5', invoice_id: 'euro', paid_on: '2026-06-01', amount: 125, currency: 'EUR' },
    { payment_id: 'y6', invoice_id: 'odd money', paid_on: '2026-06-01', amount: 125, currency: 'GBP' },
  ],
  fx_rate: [{ currency: 'EUR', on_date: '2026-01-01', rate_set: 'plan', rate_to_base: 1.1 }],
};

let made: Modelled;
beforeAll(async () => {
  made = await modelled(given);
});

describe('marts.fact_bill', () => {
  it('sets credits and cash against what a bill charges before tax', async () => {
    const rows = await made.rows(
      `select invoice_id, lines::int as lines, is_billed, net_amount::double as net, price_credit::double as price,
         other_credit::double as other, cash_amount::double as cash, is_paid, is_cash_plain,
         cash_amount_base::double as base, rep_id
       from marts.fact_bill order by invoice_id`,
    );
    const plain = { lines: 1, is_billed: true, net: 100, price: 0, other: 0, cash: 0, base: 0 };
    const unpaid = { is_paid: false, is_cash_plain: false, rep_id: null };
    expect(rows).toEqual([
      { invoice_id: 'credited', ...plain, ...unpaid, price: 10, other: 10 },
      { invoice_id: 'draft', ...plain, ...unpaid, is_billed: false },
      { invoice_id: 'euro', ...plain, ...unpaid, cash: 100, base: 110, is_paid: true, rep_id: 'ann' },
      { invoice_id: 'no tax', ...plain, ...unpaid, cash: 100, base: 100, is_paid: true, is_cash_plain: true },
      { invoice_id: 'odd money', ...plain, ...unpaid },
      { invoice_id: 'paid', ...plain, ...unpaid, lines: 2, cash: 100, base: 100, is_paid: true },
      { invoice_id: 'part', ...plain, ...unpaid, cash: 40, base: 40, is_paid: true },
    ]);
  });
});

describe('marts.fact_quoted_deal', () => {
  it('takes the offer that was accepted, else the last by the close, and none that is told in part', async () => {
    const rows = await made.rows(
      `select deal_id, quote_id, quoted_amount_base::double as quoted, net_amount_base::double as booked, has_own_lines
       from marts.fact_quoted_deal order by deal_id`,
    );
    expect(rows).toEqual([
      { deal_id: 'accepted', quote_id: 'q1', quoted: 110, booked: 90, has_own_lines: true },
      { deal_id: 'as offered', quote_id: 'q7', quoted: 70, booked: 70, has_own_lines: false },
      { deal_id: 'latest', quote_id: 'q4', quoted: 120, booked: 90, has_own_lines: true },
    ]);
  });
});
