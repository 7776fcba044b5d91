import { describe, expect, it } from 'vitest';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

const contract = (
  subscription_id: string,
  account_id: string,
  from: string,
  to: string | null,
  more: Row = {},
): Row => ({
  subscription_id,
  account_id,
  started_on: from,
  ended_on: to,
  quantity: 10,
  monthly_net: 100,
  ...more,
});

const months = async (given: Given, account: string, settings = '') => {
  const { rows } = await modelled(given, settings);
  const found = await rows(
    `select month_starts_on[6:7] as month, start_base as "start", end_base as "end", new_base as new,
       expansion_base as expansion, contraction_base as contraction, churn_base as churn, price_base as price,
       currency_base as currency, due_lines, renewed_lines, on_time_lines, due_base, renewed_base, knows_churn, basis
     from (select * replace (month_starts_on::varchar as month_starts_on) from marts.fact_account_month)
     where account_id = '${account}' and month_starts_on >= '2026-01-01' order by month_starts_on`,
  );
  return found.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .map(([name, value]) => [
          name,
          /^-?\d+(\.\d+)?$/.test(String(value)) && name !== 'month' ? Number(value) : value,
        ])
        .filter(([, value]) => value !== 0),
    ),
  );
};

describe('a customer in a month', () => {
  it('begins, grows by quantity and by price, shrinks, leaves and comes back', async () => {
    const found = await months(
      {
        subscription: [
          contract('a', 'acme', '2026-01-10', '2026-03-01', { renewal_due_on: '2026-03-01' }),
          // 12 of them at 11.00 instead of 10 at 10.00: 20 by quantity, 12 by price.
          contract('b', 'acme', '2026-03-01', '2026-05-15', {
            renews_subscription_id: 'a',
            quantity: 12,
            monthly_net: 132,
          }),
          contract('more', 'acme', '2026-03-20', '2026-04-30', { quantity: 1, monthly_net: 40 }),
          contract('c', 'acme', '2026-07-01', null, { quantity: 1, monthly_net: 5 }),
        ],
      },
      'acme',
    );
    expect(found.slice(0, 7)).toMatchObject([
      { month: '01', end: 100, new: 100, knows_churn: false, basis: 'subscription' },
      { month: '02', start: 100, end: 100 },
      {
        month: '03',
        start: 100,
        end: 172,
        expansion: 60,
        price: 12,
        due_lines: 1,
        due_base: 100,
        renewed_base: 100,
        knows_churn: true,
      },
      { month: '04', start: 172, end: 132, contraction: -40 },
      { month: '05', start: 132, churn: -132 },
      { month: '07', end: 5, new: 5 },
      { month: '08', start: 5, end: 5 },
    ]);
    // Up to the month of the newest export, which is not over.
    expect(found.at(-1)).toMatchObject({ month: '11', start: 5, end: 5 });
  });

  it('is read on the evening of the last day: what ends on the first stands until then', async () => {
    const found = await months(
      {
        subscription: [
          contract('a', 'acme', '2026-01-31', '2026-02-28'),
          contract('b', 'beta', '2026-02-01', '2026-03-01'),
        ],
      },
      'acme',
    );
    expect(found).toEqual([
      expect.objectContaining({ month: '01', end: 100, new: 100 }),
      expect.objectContaining({ month: '02', start: 100, churn: -100 }),
    ]);
  });

  it('tells rates of exchange apart from price and quantity', async () => {
    const found = await months(
      {
        subscription: [
          contract('a', 'acme', '2025-12-01', '2026-02-01', { currency: 'EUR' }),
          contract('b', 'acme', '2026-02-01', null, {
            currency: 'EUR',
            renews_subscription_id: 'a',
            monthly_net: 110,
          }),
        ],
        fx_rate: [
          { currency: 'EUR', on_date: '2025-01-01', rate_set: 'plan', rate_to_base: 1.1 },
          { currency: 'EUR', on_date: '2026-02-01', rate_set: 'plan', rate_to_base: 1.2 },
        ],
      },
      'acme',
    );
    expect(found[0]).toMatchObject({ month: '01', start: 110, end: 110 });
    expect(found[1]).toMatchObject({ month: '02', start: 110, end: 132, currency: 10, price: 12 });
  });

  it('knows the customer by the CRM, and counts no trial and nothing that has no amount', async () => {
    const { rows } = await modelled({
      billing_customer: [{ billing_customer_id: 'cus_1', account_id: 'acme' }],
      account: [{ account_id: 'acme', name: 'Acme', segment: 'SMB' }],
      account_role: [
        { account_id: 'acme', person_id: 'ann', role: 'owner', valid_from: '2026-03-01' },
        { account_id: 'acme', person_id: 'bea', role: 'owner', valid_from: '2026-05-01' },
      ],
      subscription: [
        contract('a', 'cus_1', '2026-02-05', '2026-06-05'),
        contract('trial', 'cus_1', '2026-02-05', null, { status: 'trialing' }),
        contract('unknown', 'cus_1', '2026-02-05', null, { monthly_net: null }),
        contract('no rate', 'cus_1', '2026-02-05', null, { currency: 'SEK' }),
      ],
    });
    expect(
      await rows(`select account_name, segment, rep_id, sum(end_base)::varchar as "end" from marts.fact_account_month
        group by all order by min(month_starts_on)`),
    ).toEqual([
      // Nobody's in February, two people's from May on.
      { account_name: 'Acme', segment: 'SMB', rep_id: null, end: '200.0000' },
      { account_name: 'Acme', segment: 'SMB', rep_id: 'ann', end: '200.0000' },
    ]);
  });
});

it('knows whose a contract is by the deals that sold it before the name, where no account is named', async () => {
  const names = { acme: 'Acme GmbH', bolt: 'Bolt', core: 'Core Inc' };
  const deal = (deal_id: string, account_id: string) => ({
    ...{ deal_id, account_id, closed_on: '2026-01-09', is_closed: true, is_won: true, currency: 'USD' },
  });
  const line = (deal_line_id: string, deal_id: string, more: object = {}) => ({
    ...{ deal_line_id, deal_id, net_amount: 1200, term_months: 12 },
    ...more,
  });
  const { rows } = await modelled({
    billing_customer: [
      { billing_customer_id: 'cus_1', account_id: 'acme', name: 'Bolt' },
      { billing_customer_id: 'cus_2', name: 'Acme GmbH' },
      { billing_customer_id: 'cus_3', name: 'core, inc' },
      { billing_customer_id: 'cus_4', name: 'Nobody we know' },
      { billing_customer_id: 'cus_5', name: 'Holding 5' },
      { billing_customer_id: 'cus_6', name: 'Holding 6' },
    ],
    account: Object.entries(names).map(([account_id, name]) => ({ account_id, name })),
    deal: [deal('to bolt', 'bolt'), deal('to core', 'core'), deal('to acme', 'acme')],
    deal_line: [
      line('l', 'to bolt'),
      line('l core', 'to core', { subscription_id: 'told by the line' }),
      line('l acme', 'to acme'),
    ],
    invoice: [{ invoice_id: 'i', account_id: 'cus_4', deal_id: 'to acme', issued_on: '2026-02-05' }],
    subscription: [
      contract('named', 'cus_1', '2026-02-05', null, { deal_line_id: 'l' }),
      contract('sold', 'cus_2', '2026-02-05', null, { deal_line_id: 'l' }),
      contract('alike', 'cus_3', '2026-02-05', null),
      contract('billed', 'cus_4', '2026-02-05', null),
      contract('told by the line', 'cus_5', '2026-02-05', null),
      contract('to two, one', 'cus_6', '2026-02-05', null, { deal_line_id: 'l' }),
      contract('to two, other', 'cus_6', '2026-02-05', null, { deal_line_id: 'l acme' }),
      contract('account', 'acme', '2026-02-05', null, { deal_line_id: 'l' }),
    ],
  });
  const whose = await rows(
    'select contract_id, account_id from core.recurring_contract order by contract_id',
  );
  expect(Object.fromEntries(whose.map((row) => [row.contract_id, row.account_id]))).toEqual({
    ...{ account: 'acme', alike: 'core', billed: 'acme', named: 'acme', sold: 'bolt' },
    ...{ 'told by the line': 'core', 'to two, one': 'cus_6', 'to two, other': 'cus_6' },
  });
});

it('was signed when its deal was closed, in whatever currency it is billed', async () => {
  const { rows } = await modelled({
    deal: [{ deal_id: 'd', closed_on: '2026-01-10', is_closed: true, is_won: true, currency: 'USD' }],
    deal_line: [
      { deal_line_id: 'l', deal_id: 'd', net_amount: 1200, term_months: 12, price_period: 'month' },
    ],
    subscription: ['USD', 'EUR'].map((currency) =>
      contract(currency, 'acme', '2026-02-05', null, { deal_line_id: 'l', currency, monthly_net: null }),
    ),
  });
  expect(
    await rows(`select contract_id, signed_on::varchar as signed, amount::varchar as amount
      from core.recurring_contract order by contract_id`),
  ).toEqual([
    { contract_id: 'EUR', signed: '2026-01-10', amount: null },
    { contract_id: 'USD', signed: '2026-01-10', amount: '100.0000' },
  ]);
});

describe('what comes due', () => {
  it('leaves out what is not due yet and what ended before, and tells late from on time', async () => {
    const { rows } = await modelled({
      deal: [
        {
          deal_id: 'd',
          account_id: 'acme',
          closed_on: '2026-04-09',
          is_closed: true,
          is_won: true,
          amount: 1200,
        },
      ],
      deal_line: [
        { deal_line_id: 'late line', deal_id: 'd', net_amount: 1200, term_months: 12, price_period: 'month' },
      ],
      subscription: [
        contract('late', 'acme', '2025-04-01', '2026-04-01', { renewal_due_on: '2026-04-01' }),
        contract('late 2', 'acme', '2026-04-09', null, {
          renews_subscription_id: 'late',
          deal_line_id: 'late line',
          monthly_net: 80,
          renewal_due_on: '2027-04-09',
        }),
        contract('kept', 'acme', '2025-04-15', '2026-04-15', { renewal_due_on: '2026-04-15' }),
        contract('kept 2', 'acme', '2026-04-15', null, { renews_subscription_id: 'kept', monthly_net: 150 }),
        contract('lost', 'acme', '2025-04-20', '2026-04-20', { renewal_due_on: '2026-04-20' }),
        contract('broken off', 'acme', '2025-04-20', '2026-01-20', { renewal_due_on: '2026-04-20' }),
        contract('three years', 'acme', '2025-04-20', null, { renewal_due_on: '2028-04-20' }),
      ],
    });
    expect(
      await rows(`select sum(due_lines)::int as due, sum(renewed_lines)::int as renewed, sum(on_time_lines)::int as on_time,
          sum(due_base)::varchar as due_base, sum(renewed_base)::varchar as renewed_base, sum(on_time_base)::varchar as on_time_base
        from marts.fact_account_month`),
    ).toEqual([
      // What a renewal adds is no renewal; what it gives up is lost.
      {
        due: 3,
        renewed: 2,
        on_time: 1,
        due_base: '300.0000',
        renewed_base: '180.0000',
        on_time_base: '100.0000',
      },
    ]);
  });

  it('finds what renews what by customer and product where the source never says', async () => {
    const { rows } = await modelled({
      subscription: [
        contract('a', 'acme', '2025-01-01', '2026-01-01', { product_id: 'p', renewal_due_on: '2026-01-01' }),
        contract('b', 'acme', '2026-02-15', null, { product_id: 'p', monthly_net: 90 }),
        contract('other', 'acme', '2026-01-01', null, { product_id: 'q' }),
        contract('x', 'beta', '2025-01-01', '2026-01-01', { product_id: 'p', renewal_due_on: '2026-01-01' }),
        // Four months later is a new sale.
        contract('y', 'beta', '2026-05-01', null, { product_id: 'p' }),
      ],
    });
    expect(
      await rows('select contract_id, renews_id from core.recurring_contract where renews_id is not null'),
    ).toEqual([{ contract_id: 'b', renews_id: 'a' }]);
  });
});

describe('without subscriptions', () => {
  it('lines of won deals with a term stand in, and a renewal takes the place of what it renews', async () => {
    const deal = (deal_id: string, closed_on: string, type: string): Row => ({
      ...{ deal_id, closed_on, type, account_id: 'acme', is_closed: true, is_won: true, amount: 1 },
    });
    const line = (deal_line_id: string, deal_id: string, more: Row): Row => ({
      ...{
        deal_line_id,
        deal_id,
        product_id: 'p',
        quantity: 10,
        price_period: 'month',
        term_months: 12,
        net_amount: 1200,
      },
      ...more,
    });
    const given: Given = {
      deal: [
        deal('first', '2025-03-01', 'new'),
        deal('second', '2026-02-10', 'renewal'),
        deal('box', '2026-02-10', 'new'),
      ],
      deal_line: [
        line('l1', 'first', {}),
        line('l2', 'second', { net_amount: 1320 }),
        line('once', 'box', { price_period: 'once', term_months: null }),
      ],
    };
    const found = await months(given, 'acme', 'deal_types: { new: new, renewal: renewal }');
    expect(found.slice(0, 3)).toMatchObject([
      { month: '01', start: 100, end: 100, basis: 'deal line' },
      { month: '02', start: 100, end: 110, price: 10 },
      {
        month: '03',
        start: 110,
        end: 110,
        due_lines: 1,
        renewed_lines: 1,
        on_time_lines: 1,
        due_base: 100,
        renewed_base: 100,
      },
    ]);
  });
});
