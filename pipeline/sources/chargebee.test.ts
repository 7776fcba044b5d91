import { describe, expect, it } from 'vitest';
import { billed, jsonLinesOf } from './billed.fixture.ts';

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
