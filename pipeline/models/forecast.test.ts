import fc from 'fast-check';
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

  it('moves what was transferred from one owner and place to the other, and nothing in all', async () => {
    const place = (person_id: string, region: string): Row => ({ person_id, region });
    const { rows } = await given({
      person_assignment: [place('ann', 'East'), place('bob', 'West')],
      deal: [deal('handed over', '2026-06-20', 'won', { owner_id: 'bob', amount: 120 })],
      deal_snapshot: [stood('handed over', '2026-03-02'), closed('handed over', '2026-06-20', 'Closed Won')],
      deal_event: [
        {
          ...{ deal_id: 'handed over', happened_at: '2026-06-10 12:00:00', field: 'owner' },
          ...{ old_value: 'ann', new_value: 'bob' },
        },
      ],
    });
    const at = (weeks: number) =>
      rows(
        `select region, rep_id, bar, sum(amount_base)::double as amount from marts.fact_forecast_bridge
         where fiscal_quarter = '2026-Q2' and weeks_before = ${weeks} and forecast = 'commit' group by all order by region, bar`,
      );
    expect(await at(4)).toEqual([
      { region: 'East', rep_id: 'ann', bar: 'forecast', amount: 100 },
      { region: 'East', rep_id: 'ann', bar: 'transferred', amount: -100 },
      { region: 'West', rep_id: 'bob', bar: 'actual', amount: 120 },
      { region: 'West', rep_id: 'bob', bar: 'changed', amount: 20 },
      { region: 'West', rep_id: 'bob', bar: 'transferred', amount: 100 },
    ]);
    // Two weeks before the end it was his already.
    expect(await at(2)).toEqual([
      { region: 'West', rep_id: 'bob', bar: 'actual', amount: 120 },
      { region: 'West', rep_id: 'bob', bar: 'changed', amount: 20 },
      { region: 'West', rep_id: 'bob', bar: 'forecast', amount: 100 },
    ]);
    expect(
      await rows(`select weeks_before, region, rep_id from marts.fact_deal_week
      where deal_id = 'handed over' and fiscal_quarter = '2026-Q2' and weeks_before in (2, 4) order by 1`),
    ).toEqual([
      { weeks_before: 2, region: 'West', rep_id: 'bob' },
      { weeks_before: 4, region: 'East', rep_id: 'ann' },
    ]);
  });

  it('tells a rate that moved from an amount that changed', async () => {
    const rate = (on_date: string, rate_to_base: number): Row => ({
      currency: 'EUR',
      on_date,
      rate_to_base,
      rate_set: 'actual',
    });
    const bars = await barsOf({
      fx_rate: [rate('2025-01-01', 1), rate('2026-06-15', 1.25)],
      deal: [deal('abroad', '2026-06-20', 'won', { currency: 'EUR', amount: 120 })],
      deal_snapshot: [
        stood('abroad', '2026-03-02'),
        closed('abroad', '2026-06-20', 'Closed Won', { amount: 120 }),
      ],
    });
    // 100 at 1.00 was forecast; 120 at 1.00 would be 120; at 1.25 it is 150.
    expect(bars).toEqual({ abroad: { forecast: 100, changed: 20, currency: 30, actual: 150 } });
  });

  it('is told from single changes too, with what stood before the first of them', async () => {
    const change = (field: string, day: string, old_value: string, new_value: string): Row => ({
      ...{ deal_id: 'told', field, old_value, new_value },
      happened_at: `${day} 12:00:00`,
    });
    const { rows } = await given({
      deal: [deal('told', '2026-06-20', 'won', { amount: 120 })],
      deal_event: [
        change('stage', '2026-06-20', 'Offer', 'Closed Won'),
        change('amount', '2026-06-10', '100', '120'),
        change('closed_on', '2026-04-20', '2026-09-10', '2026-06-20'),
        change('forecast_category', '2026-06-01', 'Pipeline', 'Commit'),
      ],
    });
    expect(
      await rows(`select weeks_before, stage, forecast_category, due_on, amount_base::double as amount
        from marts.fact_deal_week where deal_id = 'told' and fiscal_quarter = '2026-Q2' and weeks_before in (13, 8, 4, 2)
        order by weeks_before desc`),
    ).toEqual([
      { weeks_before: 13, stage: 'Offer', forecast_category: 'pipeline', due_on: '2026-09-10', amount: 100 },
      { weeks_before: 8, stage: 'Offer', forecast_category: 'pipeline', due_on: '2026-06-20', amount: 100 },
      { weeks_before: 4, stage: 'Offer', forecast_category: 'commit', due_on: '2026-06-20', amount: 100 },
      { weeks_before: 2, stage: 'Offer', forecast_category: 'commit', due_on: '2026-06-20', amount: 120 },
    ]);
    expect(await rows(`select pushes from marts.fact_deal where deal_id = 'told'`)).toEqual([{ pushes: 0 }]);
  });

  it('takes the category from the stage where the history records none, and says so', async () => {
    const { rows } = await given({
      deal: [
        deal('d', '2026-06-20', 'won'),
        deal('now', '2026-12-20', 'open', { forecast_category: 'Commit' }),
      ],
      deal_snapshot: [
        stood('d', '2026-03-02', { forecast_category: null }),
        closed('d', '2026-06-20', 'Closed Won'),
      ],
    });
    expect(
      await rows(`select forecast_category, category_source from marts.fact_deal_week
        where deal_id = 'd' and fiscal_quarter = '2026-Q2' and weeks_before = 4`),
    ).toEqual([{ forecast_category: 'commit', category_source: 'stage' }]);
  });
});

describe('pushes', () => {
  it('are moves of the close date to a later day while a deal is open', async () => {
    const { rows } = await given({
      deal: [deal('pushed', '2026-06-20', 'won')],
      deal_snapshot: [
        stood('pushed', '2026-03-02', { closed_on: '2026-04-01' }),
        stood('pushed', '2026-03-20', { closed_on: '2026-05-01' }),
        stood('pushed', '2026-04-20', { closed_on: '2026-04-25' }),
        stood('pushed', '2026-04-24', { closed_on: '2026-06-01' }),
        // Closing it late is no push.
        closed('pushed', '2026-06-20', 'Closed Won'),
      ],
    });
    expect(await rows(`select pushes, days_pushed from marts.fact_deal where deal_id = 'pushed'`)).toEqual([
      { pushes: 2, days_pushed: 30 + 37 },
    ]);
  });
});

describe('submitted forecasts', () => {
  const submitted = (person_id: string, submitted_at: string, amount: number, more: Row = {}): Row => ({
    ...{ person_id, submitted_at, amount },
    ...{ period_start: '2026-04-01', category: 'commit', includes_team: true, is_cumulative: true },
    ...more,
  });
  const company: Given = {
    person_assignment: [
      { person_id: 'ann', manager_id: 'mia' },
      { person_id: 'bob', manager_id: 'mia' },
      { person_id: 'mia', manager_id: 'zoe' },
    ],
    deal: [
      deal('a', '2026-05-04', 'won'),
      deal('b', '2026-06-20', 'won', { owner_id: 'bob', amount: 50 }),
      deal('c', '2026-06-20', 'won', { owner_id: 'zoe', amount: 7 }),
    ],
  };

  it('are the last word by the end of the day, beside what the team won', async () => {
    const { rows } = await given({
      ...company,
      forecast_submission: [
        submitted('mia', '2026-04-08 12:00:00', 1),
        submitted('mia', '2026-06-03 21:00:00', 140),
        submitted('mia', '2026-06-17 12:00:00', 160),
        submitted('bob', '2026-06-01 12:00:00', 40, { includes_team: false, is_cumulative: false }),
        submitted('zoe', '2026-06-01 12:00:00', 300),
      ],
    });
    const found = await rows(
      `select rep_id, weeks_before, submitted_commit_base::double as said, submitted_actual_base::double as won, submitted_counts as counts
       from marts.fact_forecast_week where source = 'submissions' and fiscal_quarter = '2026-Q2' and weeks_before in (4, 8)
       order by rep_id, weeks_before`,
    );
    expect(found).toEqual([
      // Not cumulative: what bob had won by then, nothing, is added.
      { rep_id: 'bob', weeks_before: 4, said: 40, won: 50, counts: false },
      { rep_id: 'mia', weeks_before: 4, said: 140, won: 150, counts: false },
      { rep_id: 'mia', weeks_before: 8, said: 1, won: 150, counts: true },
      { rep_id: 'zoe', weeks_before: 4, said: 300, won: 157, counts: true },
    ]);
  });

  it('can be judged where no deal has a history', async () => {
    const { rows } = await modelled({
      ...company,
      forecast_submission: [submitted('mia', '2026-06-01', 140)],
    });
    expect(
      await rows(`select submitted_commit_base::double as said, submitted_actual_base::double as won
        from marts.fact_forecast_week where weeks_before = 4`),
    ).toEqual([{ said: 140, won: 150 }]);
    expect(await rows('select count(*)::integer as n from marts.fact_forecast_deal')).toEqual([{ n: 0 }]);
  });
});

describe('any history', () => {
  const day = fc
    .integer({ min: 1, max: 250 })
    .map((n) => new Date(Date.UTC(2025, 11, n)).toISOString().slice(0, 10));
  const moment = fc.record({
    happened_at: day,
    closed_on: day,
    amount: fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
    stage: fc.constantFrom('Offer', 'Talk', 'Closed Won', 'Closed Lost'),
    forecast_category: fc.constantFrom('Commit', 'BestCase', 'Pipeline', 'Omitted', null),
    owner_id: fc.constantFrom('ann', 'bob', null),
  });
  const history = fc.record({
    moments: fc.array(moment, { maxLength: 6 }),
    outcome: fc.constantFrom('won' as const, 'lost' as const, 'open' as const),
    closed_on: day,
    created_on: day,
    amount: fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
    owner_id: fc.constantFrom('ann', 'bob'),
    currency: fc.constantFrom('USD', 'EUR'),
  });

  it('gives bridges that come to what was won, for each person, and each deal one place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 25 }), async (deals) => {
        const { rows } = await given({
          person_assignment: [
            { person_id: 'ann', region: 'East', valid_to: '2026-05-15' },
            { person_id: 'ann', region: 'North', valid_from: '2026-05-15' },
            { person_id: 'bob', region: 'West' },
          ],
          fx_rate: [
            { currency: 'EUR', on_date: '2025-01-01', rate_to_base: 1.0731, rate_set: 'actual' },
            { currency: 'EUR', on_date: '2026-05-20', rate_to_base: 1.1317, rate_set: 'actual' },
          ],
          deal: deals.map(({ outcome, closed_on, created_on, amount, owner_id, currency }, at) =>
            deal(`d${at}`, closed_on, outcome, { created_on, amount, owner_id, currency }),
          ),
          deal_snapshot: deals.flatMap(({ moments }, at) =>
            moments.map((one, sequence) => ({ deal_id: `d${at}`, sequence, ...one })),
          ),
        });
        const off = await rows(
          `select fiscal_quarter, weeks_before, forecast, rep_id, region from marts.fact_forecast_bridge
           group by all
           having coalesce(sum(amount_base) filter (bar <> 'actual'), 0) <> coalesce(sum(amount_base) filter (bar = 'actual'), 0)`,
        );
        expect(off).toEqual([]);
        const twice = await rows(
          `select deal_id, fiscal_quarter, weeks_before, side from marts.fact_forecast_deal group by all having count(*) > 1`,
        );
        expect(twice).toEqual([]);
        const won = await rows(
          `select fiscal_quarter, weeks_before, any_value(won.net) as net, sum(actual_base) as compared
           from marts.fact_forecast_deal
           join (select fiscal_quarter, sum(net_amount_base) as net from marts.fact_deal where is_won group by 1) won using (fiscal_quarter)
           where is_over group by all having any_value(won.net) <> sum(actual_base)`,
        );
        expect(won).toEqual([]);
      }),
      { numRuns: 8, seed: 20261121 },
    );
  }, 240_000);
});
