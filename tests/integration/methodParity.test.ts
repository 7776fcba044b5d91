import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../src/cli/prepare.js';
import { everything } from '../../src/lib/access/scope.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { change } from '../../src/lib/questions/change.ts';
import { concentrated } from '../../src/lib/questions/concentration/concentrated.ts';
import { concentrationUnits } from '../../src/lib/questions/concentration/units.ts';
import { bunchingAtLimits } from '../../src/lib/questions/discipline/bunchingAtLimits.ts';
import { limitedRates } from '../../src/lib/questions/discipline/limitedRates.ts';
import { splits } from '../../src/lib/questions/splits.ts';
import { openWarehouse, type Row, type Warehouse } from '../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../demoWarehouse.ts';

const run = promisify(execFile);

let warehouse: Warehouse;
let scratch: string;
beforeAll(async () => {
  warehouse = await openWarehouse((await demoWarehouse()).warehouse);
  scratch = mkdtempSync(join(tmpdir(), 'parity-'));
});
afterAll(() => {
  warehouse?.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** What `holdfast method` says, as JSON, of rows written to a CSV file. */
async function told(method: string, rows: readonly Row[], ...options: string[]) {
  const columns = Object.keys(rows[0]!);
  const cell = (value: Row[string]) =>
    typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : value;
  const lines = rows.map((row) => columns.map((column) => cell(row[column]!)).join(','));
  const file = join(scratch, `${method}.csv`);
  writeFileSync(file, [columns.join(','), ...lines, ''].join('\n'));
  const args = [join(root, 'src/cli/holdfast.js'), 'method', method, file, '--json', ...options];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as Record<string, unknown> & {
    estimate: number;
    interval: { low: number; high: number } | null;
  };
}

const asked = (search: Record<string, string>) => readAsking(new URLSearchParams(search), warehouse);
const near = (value: number) => expect.closeTo(value, 9) as number;

describe('the command line says what the page says', () => {
  it.each(['rep', 'region'])('of concentration on each %s', async (id) => {
    const kind = concentrationUnits.find((each) => each.id === id)!;
    const page = (await concentrated(warehouse, await asked({ period: '2027' }), kind, everything))!;
    const deals = await warehouse.rows(
      `select ${kind.key} as unit, sum(list_amount_base)::double as list, sum(discount_base)::double as discount
       from marts.fact_deal_line
       where is_won and fiscal_year = 2027 and discount_kind = 'discretionary' and list_amount_base > 0
       group by deal_id, ${kind.key} order by ${kind.key}, deal_id`,
    );
    const found = await told('concentration', deals, '--column', 'share=list', '--column', 'amount=discount');
    const { index, indexInterval, hhi, hhiInterval, effectiveNumber, indexByChance, units } = page.found;
    expect(found).toMatchObject({
      estimate: near(index),
      interval: { low: near(indexInterval!.low), high: near(indexInterval!.high) },
      n: units,
      hhi: near(hhi),
      hhi_interval: { low: near(hhiInterval!.low), high: near(hhiInterval!.high) },
      effective_number: near(effectiveNumber),
      index_by_chance: near(indexByChance!),
    });
    expect(page.deals).toBe(deals.length);
    const curve = found['curve'] as { unit: string; rate: number; share: number; amount: number }[];
    expect(curve).toEqual(
      page.found.curve.map(({ unit, rate, share, amount }) => ({
        ...{ unit, rate: near(rate), share: near(share), amount: near(amount) },
      })),
    );
  });

  it('of why the rate changed', async () => {
    const split = splits.find(({ id }) => id === 'segment')!;
    // In one currency: others are restated at the later period's rates, which a plain table knows nothing of.
    const asking = await asked({ period: '2027-Q3', compare: '2026-Q3', currency: 'USD' });
    const page = (await change(warehouse, asking, split, everything))!;
    const deals = await warehouse.rows(
      `select coalesce(segment, 'unknown') as "group", fiscal_quarter as period,
         sum(list_amount_base)::double as list, sum(discount_base)::double as discount
       from marts.fact_deal_line
       where is_won and currency = 'USD' and fiscal_quarter in ('2026-Q3', '2027-Q3') and list_amount_base > 0
       group by segment, fiscal_quarter, deal_id order by all`,
    );
    const found = await told('rate-bridge', deals);
    const { before, now, mix, rate, added, gone, byGroup, currency } = page.rates;
    expect(currency).toBeCloseTo(0, 12);
    expect(found).toMatchObject({
      ...{ before: near(before), now: near(now), mix: near(mix), rate: near(rate) },
      ...{ added: near(added), gone: near(gone), estimate: near(now - before) },
    });
    expect(found['by_group']).toEqual(
      byGroup.map((group) => ({ name: group.name, rate: near(group.rate), mix: near(group.mix) })),
    );
  });

  it('of bunching at the limit that binds most', async () => {
    const asking = await asked({ period: 'all' });
    const page = await bunchingAtLimits(warehouse, asking, everything);
    const { limit, result } = page.limits[0]!;
    const rates = (await limitedRates(warehouse, everything, asking))
      .filter(({ max_rate }) => max_rate === limit)
      .map(({ rate, deal_id }) => ({ value: rate, deal: deal_id }));
    const allowed = page.inclusive ? ['--inclusive'] : [];
    const found = await told('bunching', rates, '--limit', String(limit), ...allowed);
    const { share, excess, excessInterval, missing, window, near: of, bins } = result.bunching!;
    expect(found).toMatchObject({
      estimate: near(share.estimate),
      interval: { low: near(share.low!), high: near(share.high!) },
      ...{ n: of, excess: near(excess), missing_above: near(missing), window },
      excess_interval: { low: near(excessInterval!.low), high: near(excessInterval!.high) },
    });
    expect(found['bins']).toEqual(
      bins.map((bin) => ({
        ...{ up_to: near(bin.upTo), found: bin.found, expected: near(bin.expected), in_window: bin.inWindow },
      })),
    );
  });
});
