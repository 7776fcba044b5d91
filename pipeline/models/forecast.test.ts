import { describe, expect, it } from 'vitest';
import { deal, stood, closed, given, barsOf } from './forecast.fixture.ts';
import { type Row } from './modelled.fixture.ts';

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
