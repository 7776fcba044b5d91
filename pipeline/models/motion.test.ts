import { describe, expect, it } from 'vitest';
import { modelled, type Row } from './modelled.fixture.ts';

const won = (deal_id: string, closed_on: string, more: Row = {}): Row => ({
  deal_id,
  closed_on,
  is_closed: true,
  is_won: true,
  amount: 100,
  owner_id: 'ann',
  ...more,
});

describe('deal type and motion', () => {
  const product = (product_id: string, family: string, offer_model: string | null = null): Row => ({
    product_id,
    name: product_id,
    family,
    offer_model,
  });
  const line = (deal_id: string, product_id: string, more: Row = {}): Row => ({
    deal_line_id: deal_id,
    deal_id,
    product_id,
    net_amount: 100,
    ...more,
  });

  it("follow the deal's word, the line's own type and the product sold", async () => {
    const { rows } = await modelled(
      {
        product: [product('machine', 'Machines', 'capex'), product('service', 'Services', 'subscription')],
        deal: [
          won('new machine', '2026-01-05', { type: 'New Business' }),
          won('new service', '2026-01-05', { type: 'new' }),
          won('renewal', '2026-01-05', { type: 'Renewal' }),
          won('own word', '2026-01-05', { type: 'Existing Business - Upgrade' }),
          won('line says', '2026-01-05', { type: 'Renewal' }),
          won('source says', '2026-01-05', { type: 'Renewal' }),
          won('no word', '2026-01-05', { type: 'Whatever' }),
        ],
        deal_line: [
          line('new machine', 'machine'),
          line('new service', 'service'),
          line('renewal', 'service'),
          line('own word', 'service'),
          line('line says', 'service', { deal_type: 'upsell' }),
          line('source says', 'service', { motion: 'Land' }),
          line('no word', 'service'),
        ],
      },
      'deal_types: { "Existing Business - Upgrade": upsell }',
    );
    const found = await rows('select deal_id, deal_type, motion from marts.fact_deal_line');
    const by = Object.fromEntries(found.map((row) => [String(row.deal_id), [row.deal_type, row.motion]]));
    expect(by).toEqual({
      // The first purchase of a new logo lands, whatever it buys.
      'new machine': ['new', 'land'],
      'new service': ['new', 'land'],
      renewal: ['renewal', 'renew'],
      'own word': ['upsell', 'expand'],
      'line says': ['upsell', 'expand'],
      'source says': ['renewal', 'land'],
      'no word': [null, null],
    });
  });

  it('call a cross-sell a landing where it is big and in a family the customer never bought', async () => {
    const cross = (deal_id: string, product_id: string, net_amount: number): [Row, Row] => [
      won(deal_id, '2026-06-01', { account_id: 'a', type: 'cross-sell' }),
      line(deal_id, product_id, { net_amount }),
    ];
    const sold = [
      [
        won('base', '2025-12-01', { account_id: 'a', type: 'new' }),
        line('base', 'service', { net_amount: 400 }),
      ],
      cross('big and new', 'data', 100),
      cross('small and new', 'parts', 99),
      cross('big and known', 'service', 100),
    ] as [Row, Row][];
    const { rows } = await modelled({
      product: [product('service', 'Services'), product('data', 'Data'), product('parts', 'Parts')],
      deal: sold.map(([deal]) => deal),
      deal_line: sold.map(([, own]) => own),
    });
    const found = await rows('select deal_id, motion from marts.fact_deal_line');
    expect(Object.fromEntries(found.map((row) => [String(row.deal_id), row.motion]))).toEqual({
      base: 'land',
      'big and new': 'land',
      'small and new': 'expand',
      'big and known': 'expand',
    });
  });

  it('call a new sale of capex new where the customer had bought, but nothing of the kind', async () => {
    const sale = (deal_id: string, closed_on: string, product_id: string, account_id: string | null = 'a') =>
      [
        won(deal_id, closed_on, { account_id, type: 'new' }),
        line(deal_id, product_id, deal_id === 'said' ? { motion: 'new' } : {}),
      ] as const;
    const sold = [
      sale('first of all', '2026-01-05', 'service'),
      sale('same day', '2026-01-05', 'machine'),
      sale('another day', '2026-01-06', 'machine'),
      sale('first', '2026-01-05', 'service', 'b'),
      sale('first of the kind', '2026-02-05', 'machine', 'b'),
      sale('nobody’s', '2026-02-05', 'machine', null),
      sale('said', '2026-02-05', 'machine', 'c'),
    ];
    const { rows } = await modelled({
      product: [product('machine', 'Machines', 'Capex'), product('service', 'Services', 'subscription')],
      deal: sold.map(([deal]) => deal),
      deal_line: sold.map(([, own]) => own),
    });
    const found = await rows('select deal_id, motion from marts.fact_deal_line');
    expect(Object.fromEntries(found.map((row) => [String(row.deal_id), row.motion]))).toEqual({
      'first of all': 'land',
      'same day': 'land',
      'another day': 'expand',
      first: 'land',
      'first of the kind': 'new',
      'nobody’s': 'land',
      said: 'new',
    });
  });

  it('hold a cross-sell against what recurs with the customer, whatever else they bought', async () => {
    const cross = (account_id: string, net_amount: number, more: Row = {}): [Row, Row] => [
      won(`to ${account_id}`, '2026-06-01', { account_id, type: 'cross-sell' }),
      line(`to ${account_id}`, 'data', { net_amount, ...more }),
    ];
    const base = (account_id: string, closed_on: string, net_amount: number): [Row, Row] => [
      won(`base ${account_id}`, closed_on, { account_id, type: 'new' }),
      line(`base ${account_id}`, 'service', { net_amount }),
    ];
    const runs = (account_id: string, monthly_net: number, more: Row = {}): Row => ({
      ...{ subscription_id: account_id, account_id, started_on: '2024-03-01', ended_on: '2026-06-01' },
      ...{ quantity: 1, monthly_net, currency: 'USD', ...more },
    });
    const sold = [
      // 1,200 recur a year: 300 are a quarter of it, though they bought for more or for nothing in the year before.
      ...[base('much', '2026-05-01', 9000), cross('much', 300)],
      ...[base('none', '2024-03-01', 1200), cross('none', 300)],
      ...[base('little', '2024-03-01', 1200), cross('little', 299)],
      // 300 a year, of which 600 are two.
      ...[base('long', '2024-03-01', 1200), cross('long', 600, { term_months: 24 })],
      ...[base('short', '2024-03-01', 1200), cross('short', 590, { term_months: 24 })],
      // 100 euros a month at 1.5 are 1,800 dollars a year.
      ...[base('euro', '2024-03-01', 1200), cross('euro', 449)],
      // Nothing recurs: what began with the deal was not there before; what was bought in the year before counts.
      ...[base('once', '2026-01-05', 1200), cross('once', 299)],
      ...[base('ended', '2024-03-01', 1200), cross('ended', 1)],
      cross('stranger', 9000),
    ];
    const { rows } = await modelled({
      product: [product('service', 'Services'), product('data', 'Data')],
      deal: sold.map(([deal]) => deal),
      deal_line: sold.map(([, own]) => own),
      subscription: [
        ...['much', 'none', 'little', 'long', 'short'].map((account) => runs(account, 100)),
        runs('euro', 100, { currency: 'EUR' }),
        runs('once', 1, { started_on: '2026-06-01', ended_on: null }),
        runs('ended', 100, { ended_on: '2026-05-31' }),
      ],
      fx_rate: [{ currency: 'EUR', on_date: '2024-01-01', rate_set: 'plan', rate_to_base: 1.5 }],
    });
    const found = await rows(
      "select deal_id, motion from marts.fact_deal_line where deal_type = 'cross_sell'",
    );
    expect(Object.fromEntries(found.map((row) => [String(row.deal_id), row.motion]))).toEqual({
      'to much': 'land',
      'to none': 'land',
      'to little': 'expand',
      'to long': 'land',
      'to short': 'expand',
      'to euro': 'expand',
      'to once': 'expand',
      'to ended': 'land',
      'to stranger': 'expand',
    });
  });

  it('make a deal of several types a mixed one', async () => {
    const { rows } = await modelled({
      deal: [won('d', '2026-01-05', { type: 'Renewal' })],
      deal_line: [
        line('d', 'service'),
        { ...line('d', 'service'), deal_line_id: 'second', deal_type: 'upsell' },
      ],
    });
    expect(await rows('select deal_type, lines::integer as lines from marts.fact_deal')).toEqual([
      { deal_type: 'mixed', lines: 2 },
    ]);
  });
});
