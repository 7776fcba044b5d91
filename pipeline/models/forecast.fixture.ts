import { modelled, type Given, type Row } from './modelled.fixture.ts';

/** A deal that closes on that day; the quarter of these tests is April to June 2026. */
export const deal = (
  deal_id: string,
  closed_on: string,
  outcome: 'won' | 'lost' | 'open',
  more: Row = {},
): Row => ({
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

export const stood = (deal_id: string, happened_at: string, more: Row = {}): Row => ({
  deal_id,
  happened_at,
  stage: 'Offer',
  amount: 100,
  closed_on: '2026-06-10',
  forecast_category: 'Commit',
  ...more,
});

export const closed = (
  deal_id: string,
  day: string,
  stage: 'Closed Won' | 'Closed Lost',
  more: Row = {},
): Row =>
  stood(deal_id, `${day} 15:00:00`, {
    stage,
    closed_on: day,
    forecast_category: stage === 'Closed Won' ? 'Closed' : 'Omitted',
    ...more,
  });

/** A company whose history begins long before, with a deal that closes in each quarter. */
export const others: Given = {
  deal: [deal('begins', '2026-01-20', 'lost', { created_on: '2025-12-01' })],
  deal_snapshot: [
    stood('begins', '2025-12-01', { closed_on: '2026-01-20' }),
    closed('begins', '2026-01-20', 'Closed Lost'),
  ],
};

export async function given(more: Given, settings = 'time_zone: America/New_York') {
  const tables = new Set([...Object.keys(others), ...Object.keys(more)]);
  const all = Object.fromEntries(
    [...tables].map((name) => [name, [...(others[name] ?? []), ...(more[name] ?? [])]]),
  );
  return modelled(all, settings);
}

/** The bars of a deal four weeks before the end of June, 3 June, without its ends. */
export const barsOf = async (more: Given, forecast = 'commit', weeks = 4) => {
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
