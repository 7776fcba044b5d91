import { describe, expect, it } from 'vitest';
import { billed, csvOf, table } from '../billed.fixture.ts';

/** Data source exports write each column behind its object, of the item's own bill and customer, too. */
const dataSource = {
  'dotted/Invoice.csv': csvOf(
    table(`Invoice.Id Invoice.InvoiceNumber Invoice.AccountId Invoice.InvoiceDate Invoice.DueDate Invoice.Status Invoice.Amount Invoice.TaxAmount Invoice.Balance
      zd1 INV1 a 2026-02-01 2026-03-03 Posted 1071 171 0
      zd2 INV2 a 2026-02-01 2026-03-03 Draft 500 0 500`),
  ),
  'dotted/InvoiceItem.csv': csvOf(
    table(`InvoiceItem.Id InvoiceItem.InvoiceId InvoiceItem.ChargeAmount InvoiceItem.UnitPrice InvoiceItem.Quantity InvoiceItem.ProcessingType InvoiceItem.SubscriptionId
      zd1a zd1 900 90 10 0 s
      zd2a zd2 500 50 10 0 s`),
  ),
  'joined/InvoiceItem.csv': csvOf(
    table(`InvoiceItem.Id InvoiceItem.ChargeAmount InvoiceItem.AppliedToInvoiceItemId InvoiceItem.ProcessingType Invoice.Id Invoice.Status Invoice.InvoiceDate Account.Id Account.Currency
      zj1a 1000 - 0 zj1 Posted 2026-02-01 a EUR
      zj1b -100 zj1a 1 zj1 Posted 2026-02-01 a EUR
      zj2a 500 - 0 zj2 Draft 2026-02-01 a EUR
      zd1b 0 - 0 zd1 Posted 2026-02-01 a EUR`),
  ),
};

describe('a bill of Zuora', () => {
  it('is told by its own export and by the rows of its items, drafts among them', async () => {
    const bills = await billed(dataSource);
    expect(
      await bills.rows(`select invoice_id as id, account_id as customer, currency, issued_on::varchar as issued, status,
        subtotal::double as net from core.invoice order by 1`),
    ).toEqual([
      // The items' rows have no amounts of the bill: what its own export says of them stays.
      { id: 'zd1', customer: 'a', currency: 'EUR', issued: '2026-02-01', status: 'open', net: 900 },
      { id: 'zd2', customer: 'a', currency: null, issued: '2026-02-01', status: 'draft', net: 500 },
      { id: 'zj1', customer: 'a', currency: 'EUR', issued: '2026-02-01', status: 'open', net: null },
      { id: 'zj2', customer: 'a', currency: 'EUR', issued: '2026-02-01', status: 'draft', net: null },
    ]);
    expect((await bills.lines()).map((row) => row.slice(1))).toEqual([
      ['zd1a', 900, 0, 900],
      ['zd1b', 0, 0, 0],
      ['zd2a', 500, 0, 500],
      ['zj1a', 1000, 100, 900],
      ['zj2a', 500, 0, 500],
    ]);
    expect(bills.file('joined/InvoiceItem.csv').rows_loaded).toBe(4);
  });
});
