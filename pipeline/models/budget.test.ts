import { expect, it } from 'vitest';
import { modelled } from './modelled.fixture.ts';

it('holds of a budget of the company what its regions leave of it, so that rows add up', async () => {
  const budget = (period_start: string, region: string | null, amount: number) => ({
    ...{ period_start, amount },
    ...(region === null ? {} : { region }),
  });
  const { rows } = await modelled({
    discount_budget: [
      budget('2026-01-01', null, 100),
      budget('2026-01-01', 'West', 60),
      budget('2026-01-01', 'East', 40),
      budget('2026-04-01', null, 100),
      budget('2026-04-01', 'West', 60),
      budget('2026-07-01', 'West', 60),
    ],
  });
  expect(
    await rows(
      `select period_start::varchar as starts_on, region, amount::double as amount from marts.fact_budget
       order by period_start, region`,
    ),
  ).toEqual([
    { starts_on: '2026-01-01', region: 'East', amount: 40 },
    { starts_on: '2026-01-01', region: 'West', amount: 60 },
    { starts_on: '2026-01-01', region: null, amount: 0 },
    { starts_on: '2026-04-01', region: 'West', amount: 60 },
    { starts_on: '2026-04-01', region: null, amount: 40 },
    { starts_on: '2026-07-01', region: 'West', amount: 60 },
  ]);
});
