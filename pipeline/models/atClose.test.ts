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

describe('people as of the close', () => {
  const place = (
    person_id: string,
    manager_id: string | null,
    region: string,
    from?: string,
    to?: string,
  ): Row => ({
    person_id,
    manager_id,
    region,
    team: `${region} team`,
    valid_from: from ?? null,
    valid_to: to ?? null,
  });
  const given = {
    person: [
      { person_id: 'ann', name: 'Ann' },
      { person_id: 'bea', name: 'Bea' },
      { person_id: 'cleo', name: 'Cleo' },
    ],
    person_assignment: [
      place('ann', 'bea', 'East', '2025-01-01', '2026-04-01'),
      place('ann', 'dan', 'West', '2026-04-01'),
      // A user export says only where she stands today: the dated rows know better.
      place('ann', 'zoe', 'North'),
      place('bea', 'cleo', 'HQ'),
    ],
    deal: [
      won('before', '2026-03-31'),
      won('after', '2026-04-01'),
      won('too early', '2024-12-31'),
      won('open', '2027-02-01', { is_closed: false, is_won: null }),
      won('nobody', '2026-03-31', { owner_id: null }),
      won('stranger', '2026-03-31', { owner_id: 'x9' }),
    ],
  };

  it('are where they stood on that day, half-open, with everyone above them', async () => {
    const { rows } = await modelled(given);
    const found = await rows(
      `select deal_id, region, team, rep_name, manager_name, reports_to, region_today, manager_id_today
       from marts.fact_deal_line left join core.reporting_line on id = reporting_line_id order by deal_id`,
    );
    const by = new Map(found.map((row) => [row.deal_id, row]));
    expect(by.get('before')).toMatchObject({
      region: 'East',
      team: 'East team',
      rep_name: 'Ann',
      manager_name: 'Bea',
      reports_to: ['ann', 'bea', 'cleo'],
      region_today: 'West',
      manager_id_today: 'dan',
    });
    expect(by.get('after')).toMatchObject({
      region: 'West',
      manager_name: 'dan',
      reports_to: ['ann', 'dan'],
    });
    expect(by.get('too early')).toMatchObject({ region: null, rep_name: 'Ann', reports_to: ['ann'] });
    expect(by.get('open')).toMatchObject({ region: 'West' });
    expect(by.get('nobody')).toMatchObject({ rep_name: null, region: null, reports_to: null });
    expect(by.get('stranger')).toMatchObject({ rep_name: 'x9', manager_name: null });
  });

  it('keep every line once where someone has two places or managers in a circle', async () => {
    const { rows } = await modelled({
      deal: [won('d', '2026-03-31')],
      person_assignment: [
        place('ann', 'bea', 'East', '2025-01-01'),
        place('ann', 'cleo', 'West', '2026-01-01'),
        place('bea', 'ann', 'East'),
        place('cleo', 'bea', 'East'),
      ],
    });
    expect(
      await rows('select count(*)::integer as lines, sum(net_amount) as net from marts.fact_deal_line'),
    ).toEqual([{ lines: 1, net: '100.0000' }]);
  });
});

describe('the customer as of the close', () => {
  it('has the segment of its span then, and its region where people have none', async () => {
    const span = (segment: string, region: string, valid_from: string, valid_to: string | null): Row => ({
      account_id: 'a',
      name: 'Acme',
      segment,
      region,
      valid_from,
      valid_to,
    });
    const { rows } = await modelled({
      deal: [won('then', '2025-12-31', { account_id: 'a' }), won('now', '2026-01-01', { account_id: 'a' })],
      account: [
        span('SMB', 'DACH', '2020-01-01', '2026-01-01'),
        span('Enterprise', 'UK', '2026-01-01', null),
      ],
    });
    const found = await rows(
      'select deal_id, account_name, segment, segment_today, region, account_region from marts.fact_deal_line order by closed_on',
    );
    expect(found).toEqual([
      {
        deal_id: 'then',
        account_name: 'Acme',
        segment: 'SMB',
        segment_today: 'Enterprise',
        region: 'DACH',
        account_region: 'DACH',
      },
      {
        deal_id: 'now',
        account_name: 'Acme',
        segment: 'Enterprise',
        segment_today: 'Enterprise',
        region: 'UK',
        account_region: 'UK',
      },
    ]);
  });
});

describe('money in another currency', () => {
  const rate = (on_date: string | null, rate_to_base: number, rate_set: string | null = null): Row => ({
    currency: 'EUR',
    on_date,
    rate_to_base,
    rate_set,
  });
  const line = (deal_line_id: string, deal_id: string, more: Row = {}): Row => ({
    deal_line_id,
    deal_id,
    list_amount: 33.33,
    net_amount: 20.01,
    ...more,
  });

  it('is converted per line at the rate in force at the close, plan before actual, to four decimals', async () => {
    const { rows } = await modelled({
      deal: [
        won('spring', '2026-03-15', { currency: 'EUR' }),
        won('summer', '2026-07-01', { currency: 'EUR' }),
        won('home', '2026-03-15', { currency: 'USD' }),
        won('before any rate', '2025-12-31', { currency: 'EUR' }),
        won('unrated', '2026-03-15', { currency: 'JPY' }),
      ],
      deal_line: ['spring', 'summer', 'home', 'before any rate', 'unrated'].map((deal) => line(deal, deal)),
      fx_rate: [
        rate('2026-01-01', 1.11111111, 'actual'),
        rate('2026-03-16', 9, 'actual'),
        rate('2026-06-01', 1.2, 'plan'),
        rate('2026-06-01', 1.3),
      ],
    });
    const found = await rows(
      `select deal_id, list_amount_base as list, net_amount_base as net, discount_base as discount,
         (net_amount * actual_rate)::decimal(18, 4) as net_at_actual
       from marts.fact_deal_line`,
    );
    const by = new Map(found.map(({ deal_id, ...row }) => [deal_id, row]));
    // 33.33 × 1.11111111 = 37.03333…, 20.01 × 1.11111111 = 22.23333…, 13.32 × 1.11111111 = 14.79999…
    const spring = { list: '37.0333', net: '22.2333', discount: '14.8000', net_at_actual: '22.2333' };
    expect(by.get('spring')).toEqual(spring);
    const summer = { list: '39.9960', net: '24.0120', discount: '15.9840', net_at_actual: '26.0130' };
    expect(by.get('summer')).toEqual(summer);
    expect(by.get('home')).toEqual({
      list: '33.3300',
      net: '20.0100',
      discount: '13.3200',
      net_at_actual: '20.0100',
    });
    const unknown = { list: null, net: null, discount: null, net_at_actual: null };
    expect(by.get('before any rate')).toEqual(unknown);
    expect(by.get('unrated')).toEqual(unknown);
  });

  it("has one rate for always where a rate carries no date, and counts a line's own currency first", async () => {
    const { rows } = await modelled({
      deal: [won('d', '2026-03-15', { currency: 'USD' })],
      deal_line: [line('l', 'd', { currency: 'EUR' })],
      fx_rate: [rate(null, 2)],
    });
    expect(await rows('select currency, net_amount_base from marts.fact_deal_line')).toEqual([
      { currency: 'EUR', net_amount_base: '40.0200' },
    ]);
  });
});
