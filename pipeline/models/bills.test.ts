import { beforeAll, describe, expect, it } from 'vitest';
import { checks, runChecks } from '../checks/runChecks.ts';
import { modelled, type Given, type Modelled, type Row } from './modelled.fixture.ts';

const bill = (invoice_id: string, more: Row = {}): Row => ({
  invoice_id,
  account_id: 'acme',
  currency: 'USD',
  issued_on: '2026-05-04',
  ...more,
});
const line = (invoice_id: string, invoice_line_id: string, more: Row): Row => ({
  invoice_line_id,
  invoice_id,
  ...more,
});

const given: Given = {
  invoice: [
    bill('plain', { subtotal: 90 }),
    bill('named', { subtotal: 171 }),
    bill('whole', { subtotal: 90, discount_amount: 10 }),
    bill('both levels', { subtotal: 90, discount_amount: 10 }),
    bill('part on lines', { subtotal: 85, discount_amount: 15 }),
    bill('on top of lines', { subtotal: 75, discount_amount: 15 }),
    bill('unreached', { subtotal: 180, discount_amount: 20 }),
    bill('yen', { currency: 'JPY', subtotal: 299, discount_amount: 1 }),
    bill('minor', { currency: 'KWD' }),
    bill('above', { subtotal: 84, currency: '1' }),
    bill('reduced', { subtotal: 90 }),
    bill('none takes', { subtotal: 45, discount_amount: 5 }),
    bill('adrift'),
    bill('told twice'),
    bill('by coupon', { subtotal: 52 }),
    bill('taxed', { subtotal: 100, total: 119 }),
  ],
  billing_currency: [{ currency_number: '1', currency: 'USD' }],
  invoice_line: [
    line('plain', 'p1', { list_amount: 100, discount_amount: 10 }),
    // A line of its own, taken off the one it names, wherever that stands.
    line('named', 'n3', { line_kind: 'discount', discounts_line_id: 'n2', net_amount: -29 }),
    line('named', 'n1', { list_amount: 100 }),
    line('named', 'n2', { list_amount: 100 }),
    line('whole', 'w1', { list_amount: 50 }),
    line('whole', 'w2', { list_amount: 25 }),
    line('whole', 'w3', { list_amount: 25 }),
    line('both levels', 'b1', { list_amount: 100, discount_amount: 10 }),
    line('part on lines', 'r1', { list_amount: 50, discount_amount: 5 }),
    line('part on lines', 'r2', { list_amount: 50 }),
    line('on top of lines', 't1', { list_amount: 100, discount_amount: 10 }),
    line('unreached', 'u1', { list_amount: 100, takes_discount: false, is_proration: true }),
    line('unreached', 'u2', { list_amount: 100 }),
    line('yen', 'y1', { list_amount: 100 }),
    line('yen', 'y2', { list_amount: 100 }),
    line('yen', 'y3', { list_amount: 100 }),
    line('minor', 'm1', { list_amount: 10500, discount_amount: 500, in_minor_units: true }),
    // 10 off the first, 20 off what stands above the subtotal since the one before, 6 off all.
    line('above', 'a1', { line_kind: 'transaction_line', line_number: 1, list_amount: 40 }),
    line('above', 'a2', { line_kind: 'discount', line_number: 2, net_amount: -10 }),
    line('above', 'a3', { line_kind: 'subtotal', line_number: 3 }),
    line('above', 'a4', { line_kind: 'transaction_line', line_number: 4, list_amount: 60 }),
    line('above', 'a5', { line_kind: 'transaction_line', line_number: 5, list_amount: 20 }),
    line('above', 'a6', { line_kind: 'subtotal', line_number: 6 }),
    line('above', 'a7', { line_kind: 'discount', line_number: 7, net_amount: -20 }),
    line('above', 'a8', { line_kind: 'bill_discount', line_number: 8, net_amount: -6 }),
    // The charge has lost the discount already; its line only tells of it.
    line('reduced', 'x1', { line_number: 1, list_amount: 90 }),
    line('reduced', 'x2', { line_kind: 'discount', line_number: 2, net_amount: -10 }),
    line('taxed', 'z1', { list_amount: 100 }),
    // What the line was sold for and what was booked of it say the discount; its line says it again.
    line('told twice', 'd1', {
      line_kind: 'transaction_line',
      line_number: 1,
      list_amount: 100,
      net_amount: 80,
    }),
    line('told twice', 'd2', { line_kind: 'discount', line_number: 2, net_amount: -20 }),
    line('by coupon', 'k1', { list_amount: 30 }),
    line('by coupon', 'k2', { list_amount: 30, discount_code: 'di_2', discount_amount: 3 }),
    line('no such bill', 's1', { line_kind: 'transaction_line', list_amount: 7 }),
    line('no such bill', 's2', { line_kind: 'discount', line_number: 9, net_amount: -2 }),
    line('none takes', 'q1', { list_amount: 50, takes_discount: false }),
    line('none takes', 'q2', { takes_discount: false }),
    line('adrift', 'v1', { list_amount: 50 }),
    line('adrift', 'v2', { line_kind: 'discount', discounts_line_id: 'elsewhere', net_amount: -4 }),
    line('credit', 'c1', { line_kind: 'transaction_line', line_number: 1, net_amount: -30 }),
    line('credit', 'c2', { line_kind: 'discount', line_number: 2, net_amount: 3 }),
  ],
  coupon: [{ coupon_id: 'SIX', lasts: 'repeating', months: 6, percent_off: 10 }],
  coupon_redemption: [
    { redemption_id: 'di_1', coupon_id: 'SIX', invoice_line_id: 'k1', amount: 500, in_minor_units: true },
    { redemption_id: 'di_2', coupon_id: 'SIX', started_on: '2026-01-31' },
  ],
  credit_note_line: [
    { credit_note_id: 'credit', invoice_id: 'plain', amount: 30, includes_tax: true, reason: 'cancellation' },
    { credit_note_id: 'with tax', invoice_id: 'taxed', amount: 11.9, includes_tax: true, reason: 'error' },
    {
      credit_note_id: 'itemised',
      invoice_id: 'plain',
      amount: 12,
      reason: 'price_concession',
      issued_on: '2026-06-01',
    },
    {
      credit_note_id: 'itemised',
      credit_note_line_id: 'i1',
      invoice_line_id: 'p1',
      amount: 700,
      in_minor_units: true,
    },
    { credit_note_id: 'itemised', credit_note_line_id: 'i2', amount: 500, in_minor_units: true },
    { credit_note_id: 'voided', credit_note_line_id: 'v1', invoice_line_id: 'p1', amount: 9 },
  ],
};

describe('bills whose lines need each other', () => {
  let model: Modelled;
  beforeAll(async () => {
    model = await modelled(given);
  });

  const lines = async (invoice: string) =>
    (
      await model.rows(
        `select invoice_line_id as id, list_amount::double as list, discount_amount::double as off, net_amount::double as net
         from marts.fact_invoice_line where invoice_id = '${invoice}' order by 1`,
      )
    ).map(({ id, list, off, net }) => [id, list, off, net]);

  it.each([
    ['plain', [['p1', 100, 10, 90]]],
    [
      'named',
      [
        ['n1', 100, 0, 100],
        ['n2', 100, 29, 71],
      ],
    ],
    [
      'whole',
      [
        ['w1', 50, 5, 45],
        ['w2', 25, 2.5, 22.5],
        ['w3', 25, 2.5, 22.5],
      ],
    ],
    ['both levels', [['b1', 100, 10, 90]]],
    [
      'part on lines',
      [
        ['r1', 50, 9.74, 40.26],
        ['r2', 50, 5.26, 44.74],
      ],
    ],
    ['on top of lines', [['t1', 100, 25, 75]]],
    [
      'unreached',
      [
        ['u1', 100, 0, 100],
        ['u2', 100, 20, 80],
      ],
    ],
    [
      'yen',
      [
        ['y1', 100, 1, 99],
        ['y2', 100, 0, 100],
        ['y3', 100, 0, 100],
      ],
    ],
    ['minor', [['m1', 10.5, 0.5, 10]]],
    [
      'above',
      [
        ['a1', 40, 12, 28],
        ['a4', 60, 18, 42],
        ['a5', 20, 6, 14],
      ],
    ],
    ['reduced', [['x1', 100, 10, 90]]],
    [
      'none takes',
      [
        ['q1', 50, 5, 45],
        ['q2', null, 0, null],
      ],
    ],
    [
      'adrift',
      [
        ['v1', 50, 0, 50],
        ['v2', 0, 4, -4],
      ],
    ],
    ['told twice', [['d1', 100, 20, 80]]],
    [
      'by coupon',
      [
        ['k1', 30, 5, 25],
        ['k2', 30, 3, 27],
      ],
    ],
    ['no such bill', []],
    ['credit', []],
  ])('%s', async (invoice, expected) => {
    expect(await lines(invoice)).toEqual(expected);
  });

  it('counts a credit once, by its lines, without tax', async () => {
    const credits = await model.rows(
      `select credit_note_id as note, credit_note_line_id as line, invoice_id as bill, amount::double as amount, reason
       from core.credit_note_line order by 1, 2`,
    );
    expect(credits.map((row) => Object.values(row))).toEqual([
      ['credit', 'c1', 'plain', 27, 'cancellation'],
      ['itemised', 'i1', 'plain', 7, 'price_concession'],
      ['itemised', 'i2', 'plain', 5, 'price_concession'],
      ['with tax', null, 'taxed', 10, 'error'],
    ]);
  });

  it('knows which coupon a discount is, and when it should end', async () => {
    expect(
      await model.rows(
        `select discount_code, discount_ends_on from marts.fact_invoice_line where invoice_id = 'by coupon' order by invoice_line_id`,
      ),
    ).toEqual([
      { discount_code: 'SIX', discount_ends_on: null },
      { discount_code: 'SIX', discount_ends_on: '2026-07-31' },
    ]);
  });

  it('loses no line and no cent on the way', async () => {
    const ours = /^(billed_of_facts|no_invoice_line|bills_differ|credits_with_tax)/;
    const asked = checks.filter(({ id }) => ours.test(id));
    expect(asked).toHaveLength(4);
    for (const { id, sql } of asked) expect(await model.rows(sql), id).toEqual([]);
  });

  it('knows a currency by its number', async () => {
    expect(
      await model.rows(`select distinct currency from marts.fact_invoice_line where invoice_id = 'above'`),
    ).toEqual([{ currency: 'USD' }]);
  });
});

describe('bills without lines', () => {
  const invoice = [
    bill('off', { subtotal: 900, total: 980, discount_amount: 100, line: 2 }),
    bill('full', { subtotal: 50, line: 3 }),
    bill('untold', { total: 70, line: 4 }),
  ];
  const told = `select invoice_line_id, list_amount::double as list, discount_amount::double as off, net_amount::double as net,
    source_line::integer as line from core.invoice_line order by 1`;

  it('are each one line of what they billed before tax, where no export tells lines and they say so', async () => {
    const { rows, connection } = await modelled({ invoice }, '', undefined, { layers: ['core', 'marts'] });
    const broken = (await runChecks([connection])).filter(({ passed }) => !passed);
    expect(broken.map(({ id }) => id)).toEqual(['bills_without_lines']);
    expect(await rows(told)).toEqual([
      { invoice_line_id: 'full (bill)', list: 50, off: 0, net: 50, line: 3 },
      { invoice_line_id: 'off (bill)', list: 1000, off: 100, net: 900, line: 2 },
    ]);
    // What was not exported is not said to be.
    expect(await rows('select count(*)::integer as lines from latest.invoice_line')).toEqual([{ lines: 0 }]);
  });

  it('stay bare beside bills with lines: theirs are missing', async () => {
    const { rows } = await modelled({ invoice, invoice_line: [line('full', 'l', { net_amount: 50 })] });
    expect(await rows('select invoice_line_id from core.invoice_line')).toEqual([{ invoice_line_id: 'l' }]);
  });
});
