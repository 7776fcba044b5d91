import { beforeAll, describe, expect, it } from 'vitest';
import { modelled, type Given, type Modelled, type Row } from './modelled.fixture.ts';

const bill = (invoice_id: string, account_id: string, contract: string | null, more: Row = {}) => ({
  invoice: { invoice_id, account_id, currency: 'USD', issued_on: '2026-05-04', ...more },
  line: { invoice_line_id: invoice_id, invoice_id, subscription_id: contract, net_amount: 10 },
});
const bills = [
  bill('names a deal', 'acme', 'one deal', { deal_id: 'd2' }),
  bill('by contract', 'acme', 'one deal'),
  bill('by line', 'acme', 'named by line'),
  bill('several deals', 'acme', 'two deals'),
  bill('nothing told', 'acme', null),
  bill('by name', 'cus_1', null),
  bill('shared name', 'cus_2', null),
  bill('unknown', 'cus_4', null),
];
const won = (deal_id: string): Row => ({
  ...{ deal_id, account_id: 'acme', owner_id: `owner of ${deal_id}`, currency: 'USD' },
  ...{ is_closed: true, is_won: true, closed_on: '2026-04-10' },
});
const place = (deal_id: string, region: string): Row => ({ person_id: `owner of ${deal_id}`, region });

const given: Given = {
  account: [
    { account_id: 'acme', name: 'Acme', segment: 'SMB', region: 'Home' },
    { account_id: 'bolt', name: 'Bolt Inc.', segment: 'Enterprise', region: 'Away' },
    { account_id: 'core', name: 'Core', segment: 'SMB', region: 'Away' },
  ],
  billing_customer: [
    { billing_customer_id: 'cus_1', name: 'BOLT, Inc' },
    { billing_customer_id: 'cus_2', name: 'Core' },
    { billing_customer_id: 'cus_3', name: 'core' },
    { billing_customer_id: 'cus_4', name: 'Nobody' },
  ],
  person_assignment: [place('d1', 'East'), place('d2', 'West')],
  deal: ['d1', 'd2'].map(won),
  deal_line: [
    { deal_line_id: 'l1', deal_id: 'd1', net_amount: 120 },
    { deal_line_id: 'l2', deal_id: 'd2', net_amount: 120 },
    { deal_line_id: 'l3', deal_id: 'd2', net_amount: 120, subscription_id: 'named by line' },
    { deal_line_id: 'l4', deal_id: 'd2', net_amount: 120, subscription_id: 'two deals' },
  ],
  subscription: [
    { subscription_id: 'one deal', account_id: 'acme', deal_line_id: 'l1' },
    { subscription_id: 'named by line', account_id: 'acme' },
    { subscription_id: 'two deals', account_id: 'acme', deal_line_id: 'l1' },
  ],
  invoice: bills.map(({ invoice }) => invoice),
  invoice_line: bills.map(({ line }) => line),
};

describe('whose a billed line is', () => {
  let model: Modelled;
  beforeAll(async () => {
    model = await modelled(given);
  });

  it.each([
    ['names a deal', 'bill', 'd2', 'acme', 'West', 'SMB'],
    ['by contract', 'contract', 'd1', 'acme', 'East', 'SMB'],
    ['by line', 'contract', 'd2', 'acme', 'West', 'SMB'],
    ['several deals', null, null, 'acme', 'Home', 'SMB'],
    ['nothing told', null, null, 'acme', 'Home', 'SMB'],
    ['by name', null, null, 'bolt', 'Away', 'Enterprise'],
    ['shared name', null, null, 'cus_2', null, null],
    ['unknown', null, null, 'cus_4', null, null],
  ])('%s', async (bill, ...expected) => {
    const columns = 'deal_id, account_id, region, segment';
    const [line] = await model.rows(
      `select deal_told_by, ${columns} from marts.fact_invoice_line where invoice_id = '${bill}'`,
    );
    expect(Object.values(line!)).toEqual(expected);
    const [whole] = await model.rows(`select ${columns} from marts.fact_bill where invoice_id = '${bill}'`);
    expect(Object.values(whole!)).toEqual(expected.slice(1));
  });
});
