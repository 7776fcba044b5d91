import { describe, expect, it } from 'vitest';
import { modelled, type Row } from './modelled.fixture.ts';

const day = (first: string, days: number) =>
  new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10);

const deal = (deal_id: string, cells: Row): Row => ({
  deal_id,
  owner_id: 'ann',
  account_id: 'acme',
  created_on: '2026-02-01',
  stage: cells.is_won ? 'Closed Won' : 'Proposal',
  is_closed: cells.is_won ?? false,
  is_won: false,
  amount: 100,
  ...cells,
});

/** The same rows in each of several exports, as far as `when` lets them. */
const weekly = (days: string[], rows: (day: string, week: number) => (Row | false)[]) =>
  days.flatMap((exported, week) =>
    rows(exported, week)
      .filter((row) => row !== false)
      .map((row) => ({ ...row, exported })),
  );

describe('what several exports tell together', () => {
  it('is a forecast as it stood, for a company whose source keeps no history', async () => {
    const days = Array.from({ length: 15 }, (_, week) => day('2026-06-29', 7 * week));
    const commit = { forecast_category: 'Commit', closed_on: '2026-09-25' };
    const { rows } = await modelled(
      {
        deal: weekly(days, (exported) => [
          ...[1, 2, 3, 4, 5].map((number) =>
            deal(`old ${number}`, { is_won: true, closed_on: '2026-03-01' }),
          ),
          deal('won', { ...commit, is_won: exported >= '2026-09-21' }),
          deal('slips', { ...commit, ...(exported >= '2026-09-21' && { closed_on: '2026-11-10' }) }),
          exported < '2026-09-14' && deal('gone', commit),
          deal('raised', {
            ...commit,
            is_won: exported >= '2026-09-21',
            amount: exported < '2026-09-14' ? 100 : 130,
          }),
        ]),
      },
      '',
      '2026-10-06T12:00:00.000Z',
    );
    expect(
      await rows(
        `select deal_id, stood, forecast_category, became, commit_base::double as forecast, commit_bar, actual_base::double as actual
         from marts.fact_forecast_deal where fiscal_quarter = '2026-Q3' and weeks_before = 4 order by deal_id`,
      ),
    ).toMatchObject([
      { deal_id: 'gone', stood: 'open', became: 'removed', forecast: 100, commit_bar: 'removed', actual: 0 },
      { deal_id: 'raised', stood: 'open', became: 'won', forecast: 100, commit_bar: null, actual: 130 },
      { deal_id: 'slips', stood: 'open', became: 'slipped', forecast: 100, commit_bar: 'slipped', actual: 0 },
      { deal_id: 'won', stood: 'open', became: 'won', forecast: 100, commit_bar: null, actual: 100 },
    ]);
    expect(
      await rows(
        `select deal_id, pushes, days_pushed, is_closed, is_won, vanished_on::varchar as vanished_on
         from marts.fact_deal where deal_id in ('slips', 'gone') order by deal_id`,
      ),
    ).toEqual([
      {
        deal_id: 'gone',
        pushes: 0,
        days_pushed: 0,
        is_closed: true,
        is_won: null,
        vanished_on: '2026-09-14',
      },
      { deal_id: 'slips', pushes: 1, days_pushed: 46, is_closed: false, is_won: false, vanished_on: null },
    ]);
    // Between exports that lie far apart nothing is known of how things stood.
    expect(
      await rows(
        `select distinct has_history from core.lead_time where as_of > '2026-10-05' or as_of < '2026-06-29'`,
      ),
    ).not.toContainEqual({ has_history: true });
  });

  it("gives way to the source's own history, and adds what that leaves out", async () => {
    const days = ['2026-08-03', '2026-08-10', '2026-08-17'];
    const { rows } = await modelled({
      deal: weekly(days, (_, week) => [
        deal('d', {
          stage: ['Discovery', 'Proposal', 'Proposal'][week]!,
          amount: [100, 100, 150][week]!,
          owner_id: ['ann', 'ann', 'bea'][week]!,
          closed_on: '2026-12-01',
        }),
        deal('e', { closed_on: '2026-12-01', amount: [70, 80, 80][week]! }),
      ]),
      deal_event: [
        {
          deal_id: 'd',
          happened_at: '2026-08-05 09:00:00',
          field: 'stage',
          old_value: 'Discovery',
          new_value: 'Proposal',
        },
      ],
      // Exported on the 3rd before it changed that day: the next export shows what the history knows already.
      deal_snapshot: [
        { deal_id: 'e', happened_at: '2026-08-01 09:00:00', amount: 70, stage: 'Proposal' },
        { deal_id: 'e', happened_at: '2026-08-03 11:00:00', amount: 80, stage: 'Proposal' },
      ],
    });
    expect(
      await rows('select deal_id, field, old_value, new_value, source from core.deal_event order by all'),
    ).toEqual([
      { deal_id: 'd', field: 'amount', old_value: '100.0000', new_value: '150.0000', source: 'exports' },
      { deal_id: 'd', field: 'owner', old_value: 'ann', new_value: 'bea', source: 'exports' },
      { deal_id: 'd', field: 'stage', old_value: 'Discovery', new_value: 'Proposal', source: 'history' },
    ]);
  });

  it('is no deletion where an export is a part: of a year, of what changed, or of what is open', async () => {
    const all = Array.from({ length: 20 }, (_, number) =>
      deal(`d${String(number).padStart(2, '0')}`, {
        created_on: number < 8 ? '2025-06-01' : '2026-01-05',
        closed_on: number < 6 ? '2025-09-01' : '2026-12-01',
        is_won: number < 6,
      }),
    );
    const partly = (keep: (number: number) => boolean, exported: string) =>
      all.filter((_, number) => keep(number)).map((row) => ({ ...row, exported }));
    const { rows } = await modelled({
      deal: [
        ...partly(() => true, '2026-08-03'),
        ...partly((number) => number >= 8, '2026-08-10'),
        ...partly((number) => number === 9 || number === 12, '2026-08-11'),
        ...partly((number) => number >= 6 && number !== 15, '2026-08-17'),
      ],
    });
    expect(await rows(`select key, vanished_on::varchar as on, how from latest.vanished`)).toEqual([
      { key: 'd15', on: '2026-08-17', how: 'absent' },
    ]);
    expect(
      await rows(
        `select exported_on::varchar as on, taken_as, absent::integer as absent, vanished::integer as vanished, out_of_reach_why as why
         from latest.export_day order by exported_on`,
      ),
    ).toEqual([
      { on: '2026-08-03', taken_as: 'first', absent: 0, vanished: 0, why: null },
      { on: '2026-08-10', taken_as: 'whole', absent: 8, vanished: 0, why: 'opened before' },
      { on: '2026-08-11', taken_as: 'part', absent: 10, vanished: 0, why: null },
      { on: '2026-08-17', taken_as: 'whole', absent: 1, vanished: 1, why: null },
    ]);
    expect(await rows('select count(*)::integer as open from marts.fact_deal where not is_closed')).toEqual([
      { open: 13 },
    ]);
  });

  it('stamps list, keeps what is known of past prices and families, and tells what was restated and why', async () => {
    const days = ['2026-05-04', '2026-08-03', '2026-08-10'];
    const line = (deal_line_id: string, deal_id: string, cells: Row): Row => ({
      deal_line_id,
      deal_id,
      product_id: 'p',
      quantity: 2,
      net_amount: 150,
      ...cells,
    });
    const { rows } = await modelled({
      deal: weekly(days, (_, week) => [
        deal('old', { is_won: true, closed_on: '2026-03-02' }),
        deal('early', { is_won: true, closed_on: '2026-05-10' }),
        deal('bare', { is_won: true, closed_on: '2026-06-10' }),
        deal('reopened', { is_won: week < 2, closed_on: '2026-06-11', amount: 40 }),
        deal('moved', { is_won: true, closed_on: week < 2 ? '2026-06-12' : '2026-03-12', amount: 30 }),
        week > 1 && deal('late', { is_won: true, closed_on: '2026-04-12', amount: 20 }),
      ]),
      deal_line: weekly(days, (_, week) => [
        // The book rises after the close, and the line's list with it.
        line('stamped', 'early', { unit_list: [100, 140, 180][week]! }),
        line('edited', 'early', { unit_list: 100, net_amount: week < 2 ? 150 : 120 }),
        week > 1 && line('added', 'early', { unit_list: 100 }),
        week < 2 && line('taken off', 'early', { unit_list: 100, net_amount: 90 }),
        week > 0 && line('unlisted', 'bare', {}),
        // List amount for the quantity it stood beside.
        line('grown', 'bare', { list_amount: 200 + 100 * week, quantity: 2 + week, net_amount: 150 }),
      ]),
      list_price: weekly(days, (_, week) => [{ product_id: 'p', unit_list: week < 1 ? 90 : 120 }]),
      product: weekly(days, (_, week) => [{ product_id: 'p', family: week < 1 ? 'Core' : 'Edge' }]),
    });
    expect(
      await rows(
        `select deal_line_id as id, list_amount::double as list, list_source as source, product_family as family
         from marts.fact_deal_line where product_id is not null order by id`,
      ),
    ).toEqual([
      { id: 'added', list: 180, source: 'dated price book', family: 'Core' },
      { id: 'edited', list: 200, source: 'line', family: 'Core' },
      { id: 'grown', list: 400, source: 'line', family: 'Core' },
      { id: 'stamped', list: 200, source: 'line', family: 'Core' },
      { id: 'unlisted', list: 180, source: 'dated price book', family: 'Core' },
    ]);
    expect(
      await rows(
        `select deal_line_id as id, fiscal_quarter as quarter, cause, net_before_base::double as net_before,
           net_after_base::double as net_after, discount_before_base::double as discount_before, discount_after_base::double as discount_after
         from marts.fact_restatement where from_exported_on = '2026-08-03' order by id, quarter`,
      ),
    ).toEqual(
      [
        ['added', '2026-Q2', 'line added', null, 150, null, 30],
        ['edited', '2026-Q2', 'amount changed', 150, 120, 50, 80],
        ['grown', '2026-Q2', 'quantity changed', 150, 150, 150, 250],
        ['late (amount)', '2026-Q2', 'deal added late', null, 20, null, null],
        ['moved (amount)', '2026-Q1', 'close date moved', null, 30, null, null],
        ['moved (amount)', '2026-Q2', 'close date moved', 30, null, null, null],
        ['reopened (amount)', '2026-Q2', 'reopened', 40, null, null, null],
        ['taken off', '2026-Q2', 'line removed', 90, null, 110, null],
      ].map(([id, quarter, cause, net_before, net_after, discount_before, discount_after]) => ({
        id,
        quarter,
        cause,
        net_before,
        net_after,
        discount_before,
        discount_after,
      })),
    );
  });
});
