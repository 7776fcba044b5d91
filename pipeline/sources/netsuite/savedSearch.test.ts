import { describe, expect, it } from 'vitest';
import { billed, csvOf } from '../billed.fixture.ts';

describe('a search of NetSuite', () => {
  it('names currencies, or gives their codes', async () => {
    const said = {
      ...{ 'US Dollar': 'USD', USA: 'USD', 'U.S. Dollar': 'USD', 'British pound': 'GBP', Euro: 'EUR' },
      ...{ 'Canadian Dollar': 'CAD', 'Japanese Yen': 'JPY', chf: 'CHF', 'Company dollar': 'COMPANY DOLLAR' },
    };
    const bills = await billed({
      'InvoiceResults.csv': csvOf(
        Object.keys(said).flatMap((Currency, at) =>
          ['Invoice', 'Credit Memo'].map((Type, kind) => ({
            ...{ 'Line ID': 1, Date: '2026-02-15', 'Document Number': `${kind}${at}`, Type, Name: 'Acme' },
            ...{
              Item: 'Seat',
              Quantity: 1,
              'Item Rate': '100.00',
              Amount: kind ? -100 : 100,
              'Main Line': '',
              Currency,
            },
          })),
        ),
      ),
    });
    const codes = Object.values(said).map((currency, at) => ({ at: String(at), currency }));
    for (const [table, id] of [
      ['invoice', 'invoice_id'],
      ['invoice_line', 'invoice_id'],
      ['credit_note_line', 'credit_note_id'],
    ])
      expect(
        await bills.rows(`select ${id}[2:] as at, currency from raw.${table}_row order by 1`),
        table,
      ).toEqual(codes);
  });
});
