import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '../../../src/lib/access/scope.ts';
import { excessAtLimits } from '../../../src/lib/questions/discipline/excessAtLimits.ts';
import { limitedRates, type LimitedRate } from '../../../src/lib/questions/discipline/limitedRates.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';

interface Planted {
  truths: { limit: { rate: number; won_lines_pulled: number; pulled_deal_line_ids: string[] } };
}

describe('what the demo company plants at its limit', () => {
  let warehouse: Warehouse;
  let rates: LimitedRate[];
  let planted: Planted['truths']['limit'];

  beforeAll(async () => {
    const demo = await demoWarehouse();
    planted = (JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as Planted).truths.limit;
    warehouse = await openWarehouse(demo.warehouse);
    rates = await limitedRates(warehouse, everything);
  });
  afterAll(() => warehouse?.close());

  test('is found at that limit and at no other', () => {
    const found = excessAtLimits(rates, '2000-01-01', '2100-01-01');
    expect(found.map(({ limit }) => limit)).toEqual([planted.rate]);
    const { share, excessInterval, window } = found[0]!.found;
    expect(share.low!).toBeGreaterThan(0);
    // Of those drawn down, some would have been rounded to the limit all the same.
    expect(excessInterval!.low).toBeLessThan(planted.won_lines_pulled);
    expect(excessInterval!.high).toBeGreaterThan(0.75 * planted.won_lines_pulled);
    expect(window.to).toBeGreaterThanOrEqual(planted.rate + 3);
    expect(window.to).toBeLessThanOrEqual(planted.rate + 7);
  });

  test('is gone where the lines drawn down are taken out', async () => {
    const lines = await warehouse.rows<{ deal_id: string; rate: number }>(
      `select deal_id, (100 * discount_base / list_amount_base)::double as rate
       from marts.fact_deal_line
       where is_won and list_amount_base > 0 and discount_kind = 'discretionary' and discount_base > 0
         and deal_line_id not in (select unnest(from_json($pulled::varchar, '["VARCHAR"]')))`,
      { pulled: JSON.stringify(planted.pulled_deal_line_ids) },
    );
    const left = lines.map((line) => ({ ...line, max_rate: planted.rate, closed_on: '2026-01-01' }));
    const [found] = excessAtLimits(left, '2026-01-01', '2026-01-01');
    expect(found!.found.share.low!).toBeLessThanOrEqual(0);
  });

  test('is in the maturity profile', async () => {
    const figures = await warehouse.rows<{ value: number; low: number; high: number; n: number }>(
      `select value, low, high, n::integer as n from core.maturity_figure
       where figure = 'excess_at_limits' and scope_kind = 'company' and fiscal_quarter = '2027-Q3'`,
    );
    expect(figures).toHaveLength(1);
    const { value, low, high, n } = figures[0]!;
    expect(n).toBeGreaterThan(100);
    expect([low > 0, low < value, value < high]).toEqual([true, true, true]);
  });
});
