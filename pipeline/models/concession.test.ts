import { beforeAll, describe, expect, it } from 'vitest';
import { modelled, type Given, type Modelled, type Row } from './modelled.fixture.ts';

const bill = (invoice_id: string, more: Row = {}): Row => ({
  invoice_id,
  account_id: 'acme',
  currency: 'USD',
  issued_on: '2026-03-01',
  due_on: '2026-03-31',
  subtotal: 1000,
  total: 1250,
  ...more,
});
const paid = (
  payment_id: string,
  invoice_id: string,
  paid_on: string,
  amount: number,
  more: Row = {},
): Row => ({
  ...{ payment_id, invoice_id, paid_on, amount },
  ...more,
});

const given: Given = {
  account: [{ account_id: 'acme', name: 'Acme', segment: 'SMB', industry: 'Steel', country: 'Spain' }],
  deal: [
    {
      ...{ deal_id: 'd1', name: 'First', account_id: 'acme', owner_id: 'ann', currency: 'USD' },
      ...{ is_closed: true, is_won: true, closed_on: '2026-02-20' },
    },
  ],
  person: [{ person_id: 'ann', name: 'Ann' }],
  person_assignment: [{ person_id: 'ann', region: 'West', team: 'West 1' }],
  product: [{ product_id: 'p1', name: 'Platform', family: 'Software' }],
  invoice: [
    bill('in two parts', { deal_id: 'd1' }),
    bill('in time'),
    bill('early'),
    // Its own terms give sixty days; the standard ones thirty: what is beyond them was given.
    bill('long terms', { due_on: '2026-04-30', standard_terms_days: 30 }),
    bill('no tax told', { subtotal: null, total: null }),
    bill('void', { status: 'void' }),
    bill('other money'),
    bill('euro', { currency: 'EUR' }),
    bill('no due day', { due_on: null }),
    bill('no currency told', { currency: null }),
  ],
  invoice_line: [
    { invoice_line_id: 'l1', invoice_id: 'in two parts', product_id: 'p1', net_amount: 1000 },
    { invoice_line_id: 'l2', invoice_id: 'euro', net_amount: 1000 },
  ],
  payment: [
    paid('a', 'in two parts', '2026-04-10', 500),
    paid('b', 'in two parts', '2026-04-30', 750),
    paid('c', 'in time', '2026-03-31', 1250),
    paid('d', 'early', '2026-03-02', 1250),
    paid('e', 'long terms', '2026-04-30', 1250),
    paid('f', 'no tax told', '2026-04-10', 100),
    paid('g', 'void', '2026-06-30', 1250),
    paid('h', 'other money', '2026-06-30', 1250, { currency: 'EUR' }),
    paid('i', 'euro', '2026-04-10', 1250),
    paid('j', 'no due day', '2026-06-30', 1250),
    paid('k', 'no currency told', '2026-04-10', 1250, { currency: 'USD' }),
    paid('l', 'no currency told', '2026-06-30', 1250, { currency: 'EUR' }),
  ],
  credit_note_line: [
    {
      credit_note_id: 'c1',
      invoice_id: 'in two parts',
      issued_on: '2026-05-01',
      amount: 40,
      reason: 'price_concession',
    },
    {
      credit_note_id: 'c2',
      invoice_line_id: 'l1',
      issued_on: '2026-05-01',
      amount: 7,
      reason: 'price_concession',
    },
    { credit_note_id: 'c3', invoice_id: 'in time', issued_on: '2026-05-01', amount: 9 },
  ],
  rebate: [{ account_id: 'acme', kind: 'Rebate', period_start: '2026-02-01', currency: 'USD', amount: 25 }],
  fx_rate: [{ currency: 'EUR', rate_set: 'plan', on_date: '2026-01-01', rate_to_base: 1.1 }],
  income_statement: [
    {
      period_start: '2026-01-01',
      revenue: 900,
      cost_of_revenue: 300,
      operating_expense: 400,
      operating_profit: 190,
    },
    { period_start: '2026-04-01', revenue: 900, cost_of_revenue: 300, operating_expense: 400 },
  ],
};

describe('what is given back outside of the invoice', () => {
  let made: Modelled;
  beforeAll(async () => {
    made = await modelled(given, 'currency: USD\ncost_of_capital: 10\n');
  });
  const rows = (sql: string) => made.rows(sql);

  it('prices late payments by the payment, before tax, and by the standard terms where they are told', async () => {
    const found = await rows(
      `select invoice_id, amount::double as amount, amount_base::double as base, given_on::varchar as given_on
       from marts.fact_concession where kind = 'terms' order by invoice_id`,
    );
    const cost = (net: number, days: number) => Math.round(((net * 0.1 * days) / 365) * 1e4) / 1e4;
    expect(found).toEqual([
      {
        invoice_id: 'euro',
        amount: cost(1000, 10),
        base: expect.closeTo(cost(1000, 10) * 1.1, 3),
        given_on: '2026-03-01',
      },
      {
        invoice_id: 'in two parts',
        // 500 of 1250 after 10 days, 750 after 30; a fifth of each is tax.
        amount: expect.closeTo(cost(400, 10) + cost(600, 30), 3),
        base: expect.closeTo(cost(400, 10) + cost(600, 30), 3),
        given_on: '2026-03-01',
      },
      { invoice_id: 'long terms', amount: cost(1000, 30), base: cost(1000, 30), given_on: '2026-03-01' },
      {
        invoice_id: 'no currency told',
        amount: cost(1000, 10),
        base: cost(1000, 10),
        given_on: '2026-03-01',
      },
      { invoice_id: 'no tax told', amount: cost(100, 10), base: cost(100, 10), given_on: '2026-03-01' },
    ]);
  });

  it('tells of deal, region and product what the row names, and of a rebate none', async () => {
    expect(
      await rows(`select kind, amount::double as amount, deal_id, region, rep_name, product_family, segment, industry
        from marts.fact_concession where kind <> 'terms' order by amount`),
    ).toEqual([
      {
        kind: 'price_credit',
        amount: 7,
        deal_id: 'd1',
        region: 'West',
        rep_name: 'Ann',
        product_family: 'Software',
        segment: 'SMB',
        industry: 'Steel',
      },
      {
        kind: 'unknown_credit',
        amount: 9,
        deal_id: null,
        region: null,
        rep_name: null,
        product_family: null,
        segment: 'SMB',
        industry: 'Steel',
      },
      {
        kind: 'rebate',
        amount: 25,
        deal_id: null,
        region: null,
        rep_name: null,
        product_family: null,
        segment: 'SMB',
        industry: 'Steel',
      },
      {
        kind: 'price_credit',
        amount: 40,
        deal_id: 'd1',
        region: 'West',
        rep_name: 'Ann',
        product_family: null,
        segment: 'SMB',
        industry: 'Steel',
      },
    ]);
  });

  it('works out a profit that the income statement leaves out', async () => {
    expect(
      await rows('select operating_profit::double as profit from marts.fact_income order by period_start'),
    ).toEqual([{ profit: 190 }, { profit: 200 }]);
  });
});
