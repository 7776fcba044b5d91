import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../pipeline/build.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { ahead } from '../../src/lib/questions/ahead.ts';
import { change } from '../../src/lib/questions/change.ts';
import { differences } from '../../src/lib/questions/differences.ts';
import { spendBy } from '../../src/lib/questions/spend.ts';
import { splits, splitsKnown } from '../../src/lib/questions/splits.ts';
import { toDate } from '../../src/lib/questions/toDate.ts';
import { trend } from '../../src/lib/questions/trend.ts';
import { waterfall } from '../../src/lib/questions/waterfall.ts';
import { everything } from '../../src/lib/metrics/request.ts';
import { discountsHeadline } from '../../src/lib/statements/discounts.ts';
import { waterfallNote } from '../../src/lib/statements/waterfall.ts';
import { totalsOf } from '../../src/lib/statements/totals.ts';
import { openWarehouse, type Warehouse } from '../../src/lib/warehouse/warehouse.ts';

type Files = Record<string, string[]>;

async function warehouseOf(files: Files): Promise<Warehouse> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-partial-'));
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  }
  const out = join(folder, 'out', 'w.duckdb');
  const report = await build({
    paths: [folder],
    out,
    exportedAt: '2026-07-01',
    metrics: [],
    productVersion: 'test',
  });
  expect(report.problems).toEqual([]);
  return openWarehouse(out);
}

const ask = (warehouse: Warehouse, search = '') => readAsking(new URLSearchParams(search), warehouse);

const deals = [
  'deal_id,account_id,owner_id,stage,is_closed,is_won,created_on,closed_on,currency,amount',
  'd1,a1,ann,Won,true,true,2026-01-05,2026-02-10,USD,900',
  'd2,a1,ann,Won,true,true,2026-01-05,2026-05-20,USD,1600',
  'd3,a2,bob,Lost,true,false,2026-01-05,2026-05-21,USD,500',
  'd4,a2,bob,Proposal,false,false,2026-01-05,2026-08-30,USD,700',
];
const lines = [
  'deal_line_id,deal_id,product_id,quantity,unit_list,net_amount',
  'l1,d1,p1,10,100,900',
  'l2,d2,p1,20,100,1600',
  'l3,d3,p1,5,120,500',
  'l4,d4,p1,8,100,700',
];

describe('only opportunities', () => {
  it('shows what was booked and says that no list price is known', async () => {
    const warehouse = await warehouseOf({ 'deal.csv': deals });
    const asking = await ask(warehouse);
    const totals = await totalsOf(warehouse, asking, everything);
    expect(totals).toMatchObject({ discount: null, list: null, rate: null, deals: 1 });
    expect(discountsHeadline(totals, { now: 'FY26 Q2', before: null }, [])).toBe(
      'What discounts cost in FY26 Q2 is not known: no list price is.',
    );
    const steps = await waterfall(warehouse, asking, everything);
    expect(steps.invoice).toBe(1600);
    expect(steps.bars.map(({ id }) => id)).not.toContain('pocket');
    expect(await ahead(warehouse, asking, everything)).toBeNull();
    expect(await change(warehouse, asking, splits[0]!, everything)).toBeNull();
    warehouse.close();
  });
});

describe('lines with list, no billing, no people', () => {
  it('answers what it can, names what is absent and offers no split that is not known', async () => {
    const warehouse = await warehouseOf({ 'deal.csv': deals, 'deal_line.csv': lines });
    const asking = await ask(warehouse);
    expect(asking.period).toBe('2026-Q2');
    const steps = await waterfall(warehouse, asking, everything);
    expect(Object.fromEntries(steps.bars.map(({ id, amount }) => [id, amount]))).toEqual({
      list_amount: 2000,
      discount: -400,
      net_amount: 1600,
    });
    const note = waterfallNote(steps);
    for (const absent of [
      'rebates',
      'channel funds',
      'free services',
      'credit notes',
      'unit cost',
      'late payment',
    ])
      expect(note).toContain(absent);
    const moved = (await change(warehouse, asking, splits[0]!, everything))!;
    expect(moved.dollars.before).toBe(100);
    expect(moved.dollars.volume).toBeCloseTo((2000 - 1000) * 0.1, 9);
    expect(moved.dollars.rate).toBeCloseTo(2000 * 0.1, 9);
    const names = (await splitsKnown(warehouse, everything)).map(({ id }) => id);
    expect(names).toContain('rep_id');
    expect(names).not.toContain('segment');
    expect(await differences(warehouse, asking, everything)).toEqual([]);
    const open = (await ahead(warehouse, asking, everything))!;
    expect(open).toMatchObject({ discount: 100, list: 800, deals: 1 });
    warehouse.close();
  });

  it('sums groups without a name under their own row', async () => {
    const warehouse = await warehouseOf({ 'deal.csv': deals, 'deal_line.csv': lines });
    const spend = await spendBy(warehouse, await ask(warehouse, 'period=all'), splits[0]!, everything);
    expect(spend.rows).toHaveLength(1);
    expect(spend.rows[0]!.cells).toMatchObject({ name: 'no region known', discount: 500 });
    expect(spend.rows[0]!.href).toContain('region=');
    expect(spend.total.cells.discount).toBe(500);
    warehouse.close();
  });
});

describe('one quarter of sales', () => {
  it('draws no trend, and compares with nothing that is not there', async () => {
    const warehouse = await warehouseOf({
      'deal.csv': deals.filter((line) => !line.startsWith('d1')),
      'deal_line.csv': lines.filter((line) => !line.startsWith('l1')),
    });
    const asking = await ask(warehouse);
    const { quarters } = await trend(warehouse, asking, everything);
    expect(quarters).toHaveLength(1);
    expect(quarters[0]).toMatchObject({ rate_before: null, is_open: false });
    expect(await change(warehouse, asking, splits[0]!, everything)).toBeNull();
    expect(await toDate(warehouse, asking, everything)).toBeNull();
    warehouse.close();
  });
});

describe('a currency without a rate', () => {
  it('leaves its amounts out of the total and says so', async () => {
    const warehouse = await warehouseOf({
      'deal.csv': deals.map((line) => (line.startsWith('d2') ? line.replace('USD', 'EUR') : line)),
      'deal_line.csv': lines,
    });
    const totals = await totalsOf(warehouse, await ask(warehouse, 'period=all'), everything);
    expect(totals.list).toBe(1000);
    const [check] = await warehouse.rows<{ passed: boolean; rows: string }>(
      `select passed, rows::varchar as rows from meta.check_result where id = 'currencies_without_a_rate'`,
    );
    expect(check!.passed).toBe(false);
    expect(check!.rows).toContain('EUR');
    warehouse.close();
  });
});
