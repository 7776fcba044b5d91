import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deal, given } from './forecast.fixture.ts';

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
