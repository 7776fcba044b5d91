import { describe, expect, it } from 'vitest';
import { billed, csvOf, jsonLinesOf } from './billed.fixture.ts';

describe('a customer of Chargebee', () => {
  it('is the CRM’s by any key of its own or of its metadata', async () => {
    const customer = (id: string, more: object) => ({
      customer: { id, company: id, email: `${id}@x.co`, auto_collection: 'on', ...more },
    });
    const bills = await billed({
      'inside.jsonl': jsonLinesOf([
        customer('c1', { meta_data: { account_id: '001a' } }),
        customer('c2', { meta_data: { salesforce_account_id: '001b' } }),
        customer('c3', {}),
      ]),
      'own.jsonl': jsonLinesOf([customer('c4', { cf_salesforce_account_id: '001d' })]),
    });
    for (const file of bills.files) expect(file.recognised_as).toBe('Chargebee customer');
    expect(
      await bills.rows(
        'select billing_customer_id as id, account_id from raw.billing_customer_row order by 1',
      ),
    ).toEqual([
      { id: 'c1', account_id: '001a' },
      { id: 'c2', account_id: '001b' },
      { id: 'c3', account_id: null },
      { id: 'c4', account_id: '001d' },
    ]);
  });
});

describe('a payment of Chargebee', () => {
  const transaction = (id: string, more: object) => ({
    ...{ id, customer_id: 'c', type: 'payment', amount: 10000, currency_code: 'USD', status: 'success' },
    ...{ date: 1777852800, ...more },
  });
  const linked = (invoice_id: string, applied_amount: number) => ({ invoice_id, applied_amount });

  it('is for each bill it was applied to, or for the one it names', async () => {
    const bills = await billed({
      'lists.jsonl': jsonLinesOf([
        transaction('t1', { linked_invoices: [linked('a', 6000), linked('b', 4000)] }),
        transaction('t2', { linked_invoices: [] }),
        transaction('t3', { linked_invoices: [linked('c', 10000)], status: 'failure' }),
      ]),
      'names.csv': csvOf([
        transaction('t4', { invoice_id: 'd' }),
        transaction('t5', { invoice_id: 'd', type: 'refund' }),
        transaction('t6', { invoice_id: '' }),
      ]),
    });
    for (const file of bills.files) {
      expect(file.recognised_as).toBe('Chargebee transaction');
      expect(file.rows_in).toBe(file.rows_loaded + file.rows_rejected + file.rows_set_aside);
    }
    expect(bills.file('names.csv')).toMatchObject({ rows_loaded: 1, rows_set_aside: 2 });
    expect(
      await bills.rows(
        'select payment_id as id, invoice_id as bill, amount::double as amount from raw.payment_row order by 1',
      ),
    ).toEqual([
      { id: 't1/a', bill: 'a', amount: 60 },
      { id: 't1/b', bill: 'b', amount: 40 },
      { id: 't4', bill: 'd', amount: 100 },
    ]);
  });
});
