import { beforeAll, describe, expect, it } from 'vitest';
import { modelled, type Modelled, type Row } from './modelled.fixture.ts';

const deal = (deal_id: string, owner_id: string, closed_on: string, is_won: boolean, type = 'new'): Row => ({
  ...{ deal_id, owner_id, closed_on, is_won, type, is_closed: true, created_on: '2026-01-02', amount: 80 },
});

const line = (deal_id: string, unit_list: number, net_amount: number, discount_kind: string): Row => ({
  ...{
    deal_line_id: `${deal_id}-${discount_kind}`,
    deal_id,
    quantity: 1,
    unit_list,
    net_amount,
    discount_kind,
  },
});

const session = (session_id: string, rep_id: string, held_on: string, more: Row = {}): Row => ({
  ...{ session_id, rep_id, held_on, minutes: 30, kind: 'coaching', ...more },
});

describe('a rep in a month', () => {
  let company: Modelled;
  beforeAll(async () => {
    company = await modelled(
      {
        person: [{ person_id: 'ann', name: 'Ann' }, { person_id: 'bo' }, { person_id: 'max', name: 'Max' }],
        person_assignment: [
          { person_id: 'ann', manager_id: 'max', region: 'East', valid_to: '2026-05-15' },
          { person_id: 'ann', manager_id: 'zoe', region: 'West', valid_from: '2026-05-15' },
        ],
        deal: [
          deal('a1', 'ann', '2026-04-10', true),
          deal('a2', 'ann', '2026-04-20', false),
          deal('a3', 'ann', '2026-05-20', true),
          deal('b1', 'bo', '2026-04-11', true),
          deal('b2', 'bo', '2026-06-11', false),
          deal('late', 'bo', '2026-11-18', true),
        ],
        deal_line: [
          line('a1', 100, 80, 'discretionary'),
          line('a1', 100, 60, 'channel'),
          line('a3', 100, 100, 'unknown'),
          line('b1', 100, 90, 'discretionary'),
        ],
        coaching_session: [
          session('s1', 'ann', '2026-02-01'),
          session('s2', 'ann', '2026-05-01', { focus: 'one_deal' }),
          session('s3', 'ann', '2026-05-18', { focus: 'trailing_result', deal_id: 'a3' }),
          session('s4', 'ann', '2026-05-25', { focus: 'predictive_behaviour', deal_id: 'a3' }),
          session('t1', 'ann', '2026-05-26', { kind: 'Training', minutes: 240 }),
          session('later', 'ann', '2026-11-20'),
          session('once', 'cy', '2026-05-05'),
        ],
      },
      'fiscal_year_start: 2\n',
    );
  });
  const of = async (rep: string, month: string) =>
    (
      await company.rows(
        `select * from marts.fact_rep_month where rep_id = '${rep}' and month_start = date '${month}-01'`,
      )
    )[0]!;

  it('has what was closed in it, apart by who decides the discount', async () => {
    expect(await of('ann', '2026-04')).toMatchObject({
      ...{ rep_name: 'Ann', won: '1', lost: '1', priced_deals: '1', quarter_start: '2026-02-01' },
      ...{ list_amount_base: '200.0000', discount_base: '60.0000' },
      ...{
        discretionary_list_base: '100.0000',
        discretionary_discount_base: '20.0000',
        programme_discount_base: '40.0000',
      },
    });
    expect(await of('ann', '2026-05')).toMatchObject({
      list_amount_base: '100.0000',
      discretionary_list_base: null,
    });
    expect(await of('bo', '2026-05')).toMatchObject({ won: '0', lost: '0', list_amount_base: null });
  });

  it('expects what others give and win on such deals', async () => {
    // Bo's one discretionary line of such a deal went for 10 of 100, Ann's for 20. The company's three won and two lost, without Ann: 1 of 2.
    expect((await of('ann', '2026-04')).discretionary_expected_discount).toBeCloseTo(10, 9);
    expect((await of('ann', '2026-04')).expected_won).toBeCloseTo(2 * (1 / 2), 9);
    expect((await of('bo', '2026-04')).discretionary_expected_discount).toBeCloseTo(20, 9);
  });

  it('counts coaching by what it was about, a deal about to close being one deal', async () => {
    expect(await of('ann', '2026-05')).toMatchObject({
      ...{ sessions: '3', coaching_minutes: '90', trainings: '1', training_minutes: '240' },
      ...{ sessions_on_one_deal: '2', sessions_on_results: '0', sessions_on_behaviours: '1' },
    });
    expect(await of('ann', '2026-04')).toMatchObject({ sessions: '0', trainings: '0' });
  });

  it('knows when a cadence began: not with the session that none followed within 60 days', async () => {
    expect(await of('ann', '2026-05')).toMatchObject({
      ...{ first_session_on: '2026-02-01', cadence_from: '2026-05-01' },
    });
    expect(await of('cy', '2026-05')).toMatchObject({ sessions: '1', cadence_from: null, won: '0' });
  });

  it('is where the rep stood last in it, and ends with the newest export', async () => {
    expect(await of('ann', '2026-04')).toMatchObject({
      manager_id: 'max',
      manager_name: 'Max',
      region: 'East',
    });
    expect(await of('ann', '2026-05')).toMatchObject({
      manager_id: 'zoe',
      manager_name: 'zoe',
      region: 'West',
    });
    const [last] = await company.rows(
      `select max(month_start) as month, bool_or(month_is_over) as over from marts.fact_rep_month
       where month_start >= date '2026-11-01'`,
    );
    expect(last).toEqual({ month: '2026-11-01', over: false });
  });
});
