import { beforeAll, describe, expect, it } from 'vitest';
import { billed, csvOf, jsonLinesOf, table, type Billed } from './billed.fixture.ts';
import { Headers, planFeed, recognise } from './recognise.ts';

const zuora = {
  // As a data source export writes it: each column behind its object.
  'zuora/InvoiceItem.csv': csvOf(
    table(`InvoiceItem.Id Invoice.Id InvoiceItem.ChargeAmount InvoiceItem.UnitPrice InvoiceItem.Quantity InvoiceItem.ProcessingType InvoiceItem.AppliedToInvoiceItemId InvoiceItem.ServiceStartDate InvoiceItem.ServiceEndDate InvoiceItem.ChargeName Account.Currency
      z2 zi -30 -30 1 Discount z1 2026-05-01 2026-05-31 PROMO EUR
      z1 zi 120 60 2 Charge - 2026-05-01 2026-05-31 Seats EUR
      z3 zi -40 20 -2 Charge - 2026-05-20 2026-05-31 Seats--Proration EUR
      z4 zi 10 10 1 Tax - 2026-05-01 2026-05-31 VAT EUR`),
  ),
  'zuora/Subscription.csv': csvOf(
    table(`Id AccountId Status TermType TermStartDate TermEndDate SubscriptionStartDate SubscriptionEndDate IsLatestVersion
      s1 a Expired TERMED 2026-01-01 2027-01-01 2026-01-01 2027-01-01 false
      s2 a Active TERMED 2026-01-01 2027-01-01 2026-01-01 2027-01-01 true
      s3 a Cancelled TERMED 2026-01-01 2027-01-01 2026-01-01 2026-07-01 true`),
  ),
  'zuora/RatePlanCharge.csv': csvOf(
    table(`Id SubscriptionId ChargeType ChargeModel MRR EffectiveStartDate EffectiveEndDate Quantity Currency
      r1 s2 Recurring PerUnit 50.00 2026-01-01 2027-01-01 5 EUR
      r2 s2 OneTime FlatFee - 2026-01-01 2026-01-01 1 EUR
      r3 s2 Recurring Discount-Percentage 0 2026-01-01 2027-01-01 1 EUR
      r0 s1 Recurring PerUnit 40.00 2026-01-01 2027-01-01 4 EUR`),
  ),
  'zuora/CreditMemo.csv': csvOf(
    table(`Id AccountId MemoNumber MemoDate TotalAmount TotalTaxAmount ReasonCode ReferredInvoiceId Status Currency
      cm1 a CM1 2026-06-01 11.90 1.90 Write-off zi Posted EUR
      cm2 a CM2 2026-06-01 5.00 0 Whatever zi Posted EUR
      cm3 a CM3 2026-06-01 5.00 0 Write-off zi Draft EUR`),
  ),
  'zuora/CreditMemoItem.csv': csvOf(
    table(`Id CreditMemoId AmountWithoutTax InvoiceItemId
      ci1 cm1 6 z1
      ci2 cm1 4 z1`),
  ),
};

const chargebee = {
  'chargebee/invoice.csv': csvOf(
    table(`id customer_id currency_code sub_total_in_decimal tax_in_decimal total_in_decimal status date
      ci_dec c usd 100.50 0 100.50 paid 1777852800
      ci_yen c JPY - - - paid 1777852800`),
  ),
  'chargebee/line_items.csv': csvOf(
    table(`id invoice_id unit_amount quantity amount discount_amount item_level_discount_amount amount_in_decimal date_from entity_type entity_id
      cl1 ci_dec - 1 - - - 100.50 1777852800 plan_item_price p
      cl2 ci_yen 500 2 1000 300 100 - 1777852800 plan_item_price p
      cl3 ci_yen 500 1 500 - 100 - 1777852800 adhoc -`),
  ),
  'chargebee/inclusive.jsonl': jsonLinesOf([
    {
      id: 'ci_incl',
      customer_id: 'c',
      currency_code: 'EUR',
      sub_total: 11900,
      tax: 1710,
      total: 10710,
      price_type: 'tax_inclusive',
      status: 'paid',
      date: 1777852800,
      line_items: [
        {
          id: 'cl4',
          amount: 11900,
          discount_amount: 1190,
          tax_amount: 1710,
          quantity: 1,
          unit_amount: 11900,
          entity_id: 'p',
          description: 'Prorated',
        },
      ],
    },
  ]),
  // As its API lists them.
  'chargebee/invoices.json': JSON.stringify({
    list: [
      {
        invoice: {
          ...{
            id: 'ci_list',
            customer_id: 'c',
            currency_code: 'EUR',
            sub_total: 20000,
            total: 15000,
            tax: 0,
          },
          ...{ status: 'paid', date: 1777852800 },
          line_items: [{ id: 'cl5', amount: 20000, discount_amount: 5000, quantity: 1, unit_amount: 20000 }],
        },
      },
    ],
    next_offset: '["1"]',
  }),
};

const recurly = {
  'recurly/line_items.csv': csvOf(
    table(`id invoice_id type origin credit_reason_code state currency unit_amount quantity subtotal discount tax amount proration_rate previous_line_item_id original_line_item_invoice_id updated_at
      rl1 ri charge plan - invoiced USD 50 2 100 10 9 99 - - - 2026-05-04
      rl1 ri charge plan - pending USD 50 2 100 0 9 109 - - - 2026-05-01
      rl2 ri credit plan - invoiced USD -50 1 -50 -5 -4.5 -49.5 0.5 rl0 ri0 2026-05-04
      rl3 ri credit credit promotional invoiced USD -7 1 -7 0 0 -7 - rl1 ri0 2026-05-04
      rl4 ri credit write_off - invoiced USD -3 1 -3 0 0 -3 - rl1 - 2026-05-04
      rl5 ri charge carryforward - invoiced USD 4 1 4 0 0 4 - - - 2026-05-04
      rl6 - charge debit - pending USD 4 1 4 0 0 4 - - - 2026-05-04`),
  ),
  'recurly/subscriptions.csv': csvOf(
    table(`id account_id plan_id state unit_amount quantity add_ons_total subtotal currency activated_at current_period_ends_at
      rs a quarterly active 99 2 102 300 USD 2026-05-04 2026-08-04`),
  ),
  'recurly/plans.csv': csvOf(
    table(`id code name interval_unit interval_length state\nquarterly q Q months 3 active`),
  ),
};

const netsuite = {
  'netsuite/transaction.csv': csvOf(
    table(`id type trandate duedate currency entity status postingperiod foreigntotal foreigntaxtotal
      10 CustInvc 2026-05-04 2026-06-04 3 e CustInvc:B 1 90 0
      11 CustInvc 2026-05-04 2026-06-04 3 e CustInvc:A 1 190 0
      12 VendBill 2026-05-04 2026-06-04 3 e VendBill:A 1 50 0`),
  ),
  'netsuite/transactionline.csv': csvOf(
    table(`transaction id linesequencenumber item itemtype quantity rate netamount mainline taxline iscogs
      10 0 0 - - - - 90 T F F
      10 1 1 i Service -2 50 -90 F F F
      10 2 2 d Discount - -10.0% 10 F F F
      11 1 1 i Service -1 120 -120 F F F
      11 2 2 i Service -1 80 -80 F F F
      11 3 3 s Subtotal - - - F F F
      11 4 4 d Discount - - 10 F F F
      11 5 5 t TaxItem - - -40 F T F
      11 6 6 i InvtPart 1 30 30 F F T
      12 1 1 i Service 1 50 50 F F F`),
  ),
  'netsuite/currency.csv': csvOf(table(`id symbol name exchangerate\n3 GBP Pound 1.3`)),
  'netsuite/search.csv': csvOf([
    ...[
      ['*', 'Invoice', 'INV1', '1', '', '', '119.00'],
      ['', 'Invoice', 'INV1', '2', 'Seats', '', '110.00'],
      ['', 'Invoice', 'INV1', '3', 'Partner', '-10.0%', '-10.00'],
      ['', 'Invoice', 'INV1', '4', 'VAT', '', '19.00'],
      ['', 'Credit Memo', 'CM1', '2', 'Seats', '', '-25.00'],
      ['', 'Sales Order', 'SO1', '1', 'Seats', '', '500.00'],
    ].map(([main, Type, number, line, Item, Rate, Amount]) => ({
      '*': main,
      Type,
      Date: '2026-05-04',
      'Document Number': number,
      'Line ID': line,
      Name: 'Acme',
      Item,
      'Item Type': Item === 'VAT' ? 'Tax Item' : '',
      Rate,
      Quantity: 1,
      Amount,
      Currency: 'USD',
    })),
  ]),
};

describe('what billing systems write', () => {
  let bills: Billed;
  beforeAll(async () => {
    bills = await billed({ ...zuora, ...chargebee, ...recurly, ...netsuite });
  });
  const linesOf = async (prefix: RegExp) =>
    (await bills.lines()).filter(([bill]) => prefix.test(String(bill))).map((row) => row.slice(1));

  it('is all accounted for', () => {
    for (const file of bills.files) {
      expect(file.unread_reason, file.path).toBe(null);
      expect(file.recognised_as!.toLowerCase()).toContain(file.path.split('/')[0]);
      expect(file.rows_in).toBe(file.rows_loaded + file.rows_rejected + file.rows_set_aside);
      expect(file.rows_rejected, file.path).toBe(0);
    }
  });

  it('Zuora: discounts are items of their own, and a period ends the day after its last', async () => {
    expect(await linesOf(/^zi/)).toEqual([
      ['z1', 120, 30, 90],
      ['z3', -40, 0, -40],
    ]);
    expect(
      await bills.rows(
        `select discount_code, period_end::varchar as until, is_proration from core.invoice_line where invoice_line_id = 'z1'`,
      ),
    ).toEqual([{ discount_code: 'PROMO', until: '2026-06-01', is_proration: false }]);
    expect(bills.file('zuora/InvoiceItem.csv').rows_set_aside).toBe(1);
  });

  it('Zuora: only the latest version of a contract counts, and what recurs of it', async () => {
    expect(
      await bills.rows(`select subscription_id as id, monthly_net::double as net, ended_on::varchar as ended_on
        from core.subscription where subscription_id in ('s1', 's2', 's3') order by 1`),
    ).toEqual([
      { id: 's2', net: 50, ended_on: '2027-01-01' },
      { id: 's3', net: null, ended_on: '2026-07-01' },
    ]);
  });

  it('credits are without tax, once, and unknown where the reason may mean anything', async () => {
    expect((await bills.credits()).map((row) => row.slice(0, 6))).toEqual([
      ['CM1', 'CM1-2', null, 25, 'USD', 'unknown'],
      ['cm1', 'ci1', 'zi', 6, 'EUR', 'bad_debt'],
      ['cm1', 'ci2', 'zi', 4, 'EUR', 'bad_debt'],
      ['cm2', null, 'zi', 5, 'EUR', 'unknown'],
      ['ri', 'rl3', 'ri0', 7, 'USD', 'price_concession'],
      ['ri', 'rl4', 'ri', 3, 'USD', 'bad_debt'],
    ]);
  });

  it('Chargebee: cents or decimals, one of two discounts, tax taken out of prices that include it', async () => {
    expect(await linesOf(/^ci_/)).toEqual([
      ['cl1', 100.5, 0, 100.5],
      ['cl4', 101.9, 11.9, 90],
      ['cl5', 200, 50, 150],
      ['cl2', 1000, 300, 700],
      ['cl3', 500, 100, 400],
    ]);
    expect(
      await bills.rows(
        `select invoice_id as id, subtotal::double as net, currency from core.invoice where invoice_id like 'ci%' order by 1`,
      ),
    ).toEqual([
      { id: 'ci_dec', net: 100.5, currency: 'USD' },
      { id: 'ci_incl', net: 90, currency: 'EUR' },
      { id: 'ci_list', net: 150, currency: 'EUR' },
      { id: 'ci_yen', net: null, currency: 'JPY' },
    ]);
  });

  it('Recurly: the last version, before discount, a change of plan settled, nothing carried over', async () => {
    expect(await linesOf(/^ri/)).toEqual([
      ['rl1', 100, 10, 90],
      ['rl2', -50, -5, -45],
    ]);
    expect(bills.file('recurly/line_items.csv').rows_set_aside).toBe(3);
    expect(
      await bills.rows(
        `select quantity::double as quantity, monthly_list::double as list from core.subscription where subscription_id = 'rs'`,
      ),
    ).toEqual([{ quantity: 2, list: 100 }]);
  });

  it('NetSuite: signs, headings, tax and cost; a discount that the line has lost already counts once', async () => {
    expect(await linesOf(/^1[012]$/)).toEqual([
      ['10-1', 100, 10, 90],
      ['11-1', 120, 6, 114],
      ['11-2', 80, 4, 76],
    ]);
    expect(
      await bills.rows(
        `select invoice_id as id, currency, status from core.invoice where invoice_id in ('10', '11', '12') order by 1`,
      ),
    ).toEqual([
      { id: '10', currency: 'GBP', status: 'paid' },
      { id: '11', currency: 'GBP', status: 'open' },
    ]);
    expect(await linesOf(/^INV1/)).toEqual([['INV1-2', 110, 10, 100]]);
  });

  it('is in UTC where a connector copied it', () => {
    const headers =
      'id,customer_id,currency,subtotal,total,status,period_start,created,_fivetran_synced'.split(',');
    const { source } = recognise(new Headers(headers))[0]!;
    const plan = planFeed(source.feeds[0]!, new Headers(headers))!;
    expect(plan.columns.find(({ target }) => target === 'issued_on')!.expression).toContain("c7 || 'Z'");
  });

  it('is not taken for what it only looks like', () => {
    const best = (headers: string) => recognise(new Headers(headers.split(',')))[0]?.source.name;
    // Without a line id its rows can't be told apart.
    expect(best('Type,Date,Document Number,Name,Item,Quantity,Rate,Amount')).toBe(undefined);
    expect(best('id,transaction,accountingbook,account,amount,netamount,posting')).toBe(undefined);
    expect(best('id,charge_id,amount,currency,reason,status,invoice_id,memo')).toBe(undefined);
    expect(best('id,name,email')).toBe(undefined);
    expect(best('id,name,symbol,price')).toBe(undefined);
    expect(best('id,quantity,amount,discount_amount,type,date')).toBe(undefined);
  });
});
