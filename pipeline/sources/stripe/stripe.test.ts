import { beforeAll, describe, expect, it } from 'vitest';
import { billed, jsonLinesOf, type Billed } from '../billed.fixture.ts';
import { files } from './stripe.fixture.ts';

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

  it('finds the discount of a bill that nothing says by what its total lacks', async () => {
    const one = await billed({
      'invoice.csv': `id,customer_id,currency,subtotal,tax,total,status,created,period_start,period_end,due_date
in_off,cus_1,usd,15000,2660,16660,paid,2026-02-25 06:13:20,2026-02-01 00:00:00,2026-03-01 00:00:00,
in_full,cus_1,usd,5000,950,5950,paid,2026-02-25 06:13:20,2026-02-01 00:00:00,2026-03-01 00:00:00,
in_inside,cus_1,usd,5000,798,4900,paid,2026-02-25 06:13:20,2026-02-01 00:00:00,2026-03-01 00:00:00,
`,
      'invoice_line_item.csv': `id,invoice_id,amount,currency,description,period_start,period_end,price_id,proration,quantity,subscription_id,type
il_1,in_off,10000,usd,x,2026-02-01 00:00:00,2026-03-01 00:00:00,price_1,false,10,sub_1,subscription
il_2,in_off,5000,usd,x,2026-02-01 00:00:00,2026-03-01 00:00:00,price_2,false,1,sub_1,subscription
il_3,in_full,5000,usd,x,2026-02-01 00:00:00,2026-03-01 00:00:00,price_2,false,1,sub_1,subscription
il_4,in_inside,5000,usd,x,2026-02-01 00:00:00,2026-03-01 00:00:00,price_2,false,1,sub_1,subscription
`,
    });
    expect(await one.lines()).toEqual([
      ['in_full', 'il_3', 50, 0, 50],
      // Whether the tax is in the subtotal is not told: its check says that bill and line differ.
      ['in_inside', 'il_4', 50, 0, 50],
      // 15,000 and a tax of 2,660 are 1,000 more than the total.
      ['in_off', 'il_1', 100, 6.67, 93.33],
      ['in_off', 'il_2', 50, 3.33, 46.67],
    ]);
  });

  it('says of lines inside their bill what is deeper in them', async () => {
    const line = { currency: 'usd', discountable: true, discount_amounts: [], discounts: [], quantity: 2 };
    const bill = (id: string, metadata: object, ...data: object[]) => ({
      ...{
        id,
        object: 'invoice',
        customer: 'cus_1',
        currency: 'usd',
        subtotal: 20000,
        total: 20000,
        status: 'paid',
      },
      ...{ period_start: 1777852800, created: 1777852800, metadata, lines: { object: 'list', data } },
    });
    const one = await billed({
      'invoices.jsonl': jsonLinesOf([
        bill(
          'in_1',
          { salesforce_opportunity_id: '006a' },
          {
            ...{
              ...line,
              id: 'il_old',
              amount: 20000,
              discount_amounts: [{ amount: 500, discount: 'di_1' }],
            },
            period: { start: 1777852800, end: 1780531200 },
            price: { id: 'price_1', product: 'prod_1', unit_amount: 10000 },
          },
        ),
        bill(
          'in_2',
          { deal_id: '006b' },
          {
            ...{ ...line, id: 'il_new', amount: 20000, period: { start: 1777852800, end: 1780531200 } },
            pricing: { price_details: { price: 'price_2', product: 'prod_2' }, unit_amount_decimal: '10000' },
          },
        ),
      ]),
      'customers.jsonl': jsonLinesOf([
        {
          ...{ id: 'cus_1', name: 'A', email: 'a@x.co', delinquent: false },
          metadata: { salesforce_id: '001a' },
        },
        { ...{ id: 'cus_2', name: 'B', email: 'b@x.co', delinquent: false }, metadata: {} },
      ]),
    });
    expect(
      await one.rows(`select invoice_line_id as id, product_id as product, period_start::varchar as since,
          period_end::varchar as until, unit_list::double as list, discount_code as code
        from raw.invoice_line_row order by source_line`),
    ).toEqual([
      { id: 'il_old', product: 'prod_1', since: '2026-05-04', until: '2026-06-04', list: 100, code: 'di_1' },
      { id: 'il_new', product: 'prod_2', since: '2026-05-04', until: '2026-06-04', list: 100, code: null },
    ]);
    expect(await one.rows('select deal_id from raw.invoice_row order by source_line')).toEqual([
      { deal_id: '006a' },
      { deal_id: '006b' },
    ]);
    expect(await one.rows('select account_id from raw.billing_customer_row order by source_line')).toEqual([
      { account_id: '001a' },
      { account_id: null },
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
      { id: 'in_usd', issued_on: '2026-05-04', net: 90, total: 90, off: 10, deal_id: null },
      { id: 'in_yen', issued_on: '2026-05-04', net: 2900, total: 3200, off: 100, deal_id: null },
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
