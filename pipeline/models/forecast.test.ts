import { describe, expect, it } from 'vitest';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

/** A deal that closes on that day; the quarter of these tests is April to June 2026. */
const deal = (deal_id: string, closed_on: string, outcome: 'won' | 'lost' | 'open', more: Row = {}): Row => ({
  deal_id,
  closed_on,
  is_closed: outcome !== 'open',
  is_won: outcome === 'won',
  stage: { won: 'Closed Won', lost: 'Closed Lost', open: 'Offer' }[outcome],
  amount: 100,
  owner_id: 'ann',
  created_on: '2026-01-05',
  ...more,
});

const stood = (deal_id: string, happened_at: string, more: Row = {}): Row => ({
  deal_id,
  happened_at,
  stage: 'Offer',
  amount: 100,
  closed_on: '2026-06-10',
  forecast_category: 'Commit',
  ...more,
});

const closed = (deal_id: string, day: string, stage: 'Closed Won' | 'Closed Lost', more: Row = {}): Row =>
  stood(deal_id, `${day} 15:00:00`, {
    stage,
    closed_on: day,
    forecast_category: stage === 'Closed Won' ? 'Closed' : 'Omitted',
    ...more,
  });

/** A company whose history begins long before, with a deal that closes in each quarter. */
const others: Given = {
  deal: [deal('begins', '2026-01-20', 'lost', { created_on: '2025-12-01' })],
  deal_snapshot: [
    stood('begins', '2025-12-01', { closed_on: '2026-01-20' }),
    closed('begins', '2026-01-20', 'Closed Lost'),
  ],
};

async function given(more: Given, settings = 'time_zone: America/New_York') {
  const tables = new Set([...Object.keys(others), ...Object.keys(more)]);
  const all = Object.fromEntries(
    [...tables].map((name) => [name, [...(others[name] ?? []), ...(more[name] ?? [])]]),
  );
  return modelled(all, settings);
}

/** The bars of a deal four weeks before the end of June, 3 June, without its ends. */
const barsOf = async (more: Given, forecast = 'commit', weeks = 4) => {
  const { rows } = await given(more);
  const found = await rows(
    `select deal_id, bar, sum(amount_base)::double as amount from marts.fact_forecast_bridge
     where fiscal_quarter = '2026-Q2' and weeks_before = ${weeks} and forecast = '${forecast}'
     group by all order by deal_id, bar`,
  );
  return Object.fromEntries(
    [...new Set(found.map(({ deal_id }) => String(deal_id)))].map((id) => [
      id,
      Object.fromEntries(found.filter((row) => row.deal_id === id).map(({ bar, amount }) => [bar, amount])),
    ]),
  );
};

describe('a deal when forecasts are frozen', () => {
  it('stands as the last row of its instant says, in the company’s time zone', async () => {
    const { rows } = await given({
      deal: [deal('tied', '2026-06-20', 'won'), deal('late', '2026-06-20', 'won')],
      deal_snapshot: [
        // Three rows of one instant: their sequence decides, whatever their order in the file.
        stood('tied', '2026-03-02 10:00:00', { sequence: 2, amount: 30, stage: 'Last' }),
        stood('tied', '2026-03-02 10:00:00', { sequence: 1, amount: 20, stage: 'Middle' }),
        stood('tied', '2026-03-02 10:00:00', { sequence: 0, amount: 10, stage: 'First' }),
        // 3 June begins in New York at four in the morning of UTC; what happens from then on is later.
        stood('late', '2026-06-03 03:59:59', { sequence: null, amount: 1 }),
        stood('late', '2026-06-03 04:00:00', { sequence: null, amount: 2 }),
      ],
    });
    const found = await rows(
      `select deal_id, weeks_before, stage, amount_base::double as amount from marts.fact_deal_week
       where fiscal_quarter = '2026-Q2' and deal_id <> 'begins' and weeks_before in (4, 2) order by deal_id, weeks_before`,
    );
    expect(found).toEqual([
      { deal_id: 'late', weeks_before: 2, stage: 'Offer', amount: 2 },
      { deal_id: 'late', weeks_before: 4, stage: 'Offer', amount: 1 },
      { deal_id: 'tied', weeks_before: 2, stage: 'Last', amount: 30 },
      { deal_id: 'tied', weeks_before: 4, stage: 'Last', amount: 30 },
    ]);
  });
});

describe('the bridge from forecast to actual', () => {
  it('gives every deal the bar that tells what became of it', async () => {
    const bars = await barsOf({
      deal: [
        deal('kept', '2026-06-20', 'won'),
        deal('grown', '2026-06-20', 'won', { amount: 130 }),
        deal('to date', '2026-05-04', 'won'),
        deal('lost', '2026-06-20', 'lost'),
        deal('slipped', '2026-08-03', 'won'),
        deal('lowered', '2026-12-20', 'open'),
        deal('omitted', '2026-12-20', 'open'),
        deal('still due', '2026-08-03', 'won'),
        deal('better', '2026-06-20', 'won'),
        deal('early', '2026-06-20', 'won'),
        deal('back', '2026-06-20', 'won'),
        deal('new', '2026-06-20', 'won', { created_on: '2026-06-04' }),
        deal('untold', '2026-06-20', 'won'),
        deal('only pipeline', '2026-06-20', 'lost'),
      ],
      deal_snapshot: [
        ...['kept', 'grown', 'lost', 'slipped', 'lowered', 'omitted', 'still due'].map((id) =>
          stood(id, '2026-03-02'),
        ),
        stood('to date', '2026-03-02'),
        closed('to date', '2026-05-04', 'Closed Won'),
        closed('kept', '2026-06-20', 'Closed Won'),
        closed('grown', '2026-06-20', 'Closed Won', { amount: 130 }),
        closed('lost', '2026-06-20', 'Closed Lost'),
        stood('slipped', '2026-06-15', { closed_on: '2026-08-03' }),
        closed('slipped', '2026-08-03', 'Closed Won'),
        stood('lowered', '2026-06-15', { forecast_category: 'Pipeline' }),
        stood('lowered', '2026-08-15', { closed_on: '2026-12-20' }),
        stood('omitted', '2026-06-15', { forecast_category: 'Omitted' }),
        closed('still due', '2026-08-03', 'Closed Won'),
        stood('better', '2026-03-02', { forecast_category: 'BestCase' }),
        closed('better', '2026-06-20', 'Closed Won'),
        stood('early', '2026-03-02', { closed_on: '2026-09-10' }),
        closed('early', '2026-06-20', 'Closed Won'),
        stood('back', '2026-03-02'),
        closed('back', '2026-05-04', 'Closed Lost'),
        stood('back', '2026-06-08'),
        closed('back', '2026-06-20', 'Closed Won'),
        stood('new', '2026-06-04'),
        closed('new', '2026-06-20', 'Closed Won'),
        stood('only pipeline', '2026-03-02', { forecast_category: 'Pipeline' }),
        closed('only pipeline', '2026-06-20', 'Closed Lost'),
      ],
    });
    expect(bars).toEqual({
      kept: { forecast: 100, actual: 100 },
      grown: { forecast: 100, changed: 30, actual: 130 },
      'to date': { forecast: 100, actual: 100 },
      lost: { forecast: 100, lost: -100 },
      slipped: { forecast: 100, slipped: -100 },
      lowered: { forecast: 100, moved_down: -100 },
      omitted: { forecast: 100, removed: -100 },
      'still due': { forecast: 100, slipped: -100 },
      better: { other_category: 100, actual: 100 },
      early: { pulled_in: 100, actual: 100 },
      back: { reopened: 100, actual: 100 },
      new: { bluebird: 100, actual: 100 },
      untold: { not_known: 100, actual: 100 },
    });
  });
});
