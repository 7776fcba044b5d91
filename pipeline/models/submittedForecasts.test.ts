import { describe, expect, it } from 'vitest';
import { deal, given } from './forecast.fixture.ts';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

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
