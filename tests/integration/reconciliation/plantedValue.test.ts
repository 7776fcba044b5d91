import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { demoData } from '../../../pipeline/demo/settings.ts';
import { readAsking, type Asking } from '../../../src/lib/asking/asking.ts';
import { everything } from '../../../src/lib/metrics/request.ts';
import { askedOfValue } from '../../../src/lib/questions/value/asked.ts';
import { markStanding } from '../../../src/lib/questions/value/comparison.ts';
import { evidence } from '../../../src/lib/questions/value/evidence.ts';
import { modelFit } from '../../../src/lib/questions/value/modelFit.ts';
import { network } from '../../../src/lib/questions/value/network.ts';
import { pipelineValue } from '../../../src/lib/questions/value/pipeline.ts';
import { recorded, valueSplits } from '../../../src/lib/questions/value/recorded.ts';
import { rfp } from '../../../src/lib/questions/value/rfp.ts';
import { valueHeadline } from '../../../src/lib/statements/value/sections.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere } from './asking.ts';

interface Line {
  [column: string]: string;
}

/** Rows of one of the demo company's own tables; none of its cells holds a comma. */
function linesOf(exports: string, table: string): Line[] {
  const [head, ...lines] = readFileSync(join(exports, 'tables', `${table}_2026-11-16.csv`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(head!.map((name, at) => [name, cells[at] ?? ''])));
}

describe('the value hidden in the demo company', () => {
  let exports: string;
  let warehouse: Warehouse;
  let planted: Planted;
  let all: Asking;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    exports = demo.exports;
    warehouse = await openWarehouse(demo.warehouse);
    planted = JSON.parse(readFileSync(join(exports, 'planted.json'), 'utf8')) as Planted;
    all = askedOfValue(await readAsking(new URLSearchParams('period=all'), warehouse)).asking;
  });
  afterAll(() => warehouse?.close());

  test('lowers discounts and raises wins by what was planted, within the intervals', async () => {
    const sections = await Promise.all([
      evidence(warehouse, all, everything),
      rfp(warehouse, all, everything),
      modelFit(warehouse, all, everything),
    ]);
    const compared = markStanding(sections.flatMap((section) => section!.compared));
    const [price, wins] = compared.filter(({ id }) => id === 'value');
    expect(price).toMatchObject({ measure: 'discount_rate', verdict: 'effect', stands: true });
    const points = planted.truths.value_recorded.extra_points / 100;
    expect(price!.low!).toBeLessThan(points);
    expect(price!.high!).toBeGreaterThan(points);
    const { value } = parse(demoData('planted.yaml')) as { value: { win_factor: number } };
    expect(wins!.ratio!.low).toBeLessThan(value.win_factor);
    expect(wins!.ratio!.high).toBeGreaterThan(value.win_factor);
    // Nothing else was planted among what is compared, and nothing else is stated.
    expect(compared.filter(({ id, stands }) => stands && id !== 'value')).toEqual([]);
    const found = await recorded(warehouse, all, valueSplits[0]!, everything);
    expect(valueHeadline(found, compared, null)).toMatch(
      /^Deals with a value on record are discounted .* less/,
    );
  });

  test('is on record for the deals it was planted on, by final outcome and evidence', async () => {
    const final = new Set(
      linesOf(exports, 'value_outcome').flatMap((row) =>
        row.is_terminal === 'true' ? [row.outcome_id] : [],
      ),
    );
    const rows = linesOf(exports, 'value_assessment').filter((row) => final.has(row.outcome_id));
    const sum = (some: Line[]) =>
      some.reduce((total, row) => total + Math.round(Number(row.value_amount) * 100), 0) / 100;
    const found = (await recorded(warehouse, all, valueSplits[0]!, everything))!;
    expect(found.deals).toBe(planted.truths.value_recorded.deals);
    expect(found.value).toBeCloseTo(sum(rows), 2);
    expect(found.confirmed).toBeCloseTo(sum(rows.filter((row) => row.evidence === 'customer_confirmed')), 2);
    expect(found.groups.map(({ key }) => key).toSorted()).toEqual([...final].toSorted());
    for (const { key, value } of found.groups)
      expect(value).toBeCloseTo(sum(rows.filter((row) => row.outcome_id === key)), 2);
    // Every other way to split it sums to the same.
    for (const split of valueSplits.slice(1)) {
      const { groups } = (await recorded(warehouse, all, split, everything))!;
      expect(
        groups.reduce((total, { value }) => total + value, 0),
        split.id,
      ).toBeCloseTo(found.value, 2);
    }
    const net = (await network(warehouse, all, everything))!;
    expect(net.circles).toBe(1);
    expect(net.outcomes.reduce((total, { value }) => total + (value ?? 0), 0)).toBeCloseTo(found.value, 2);
  });

  test('covers the part of the pipeline that customers confirmed', async () => {
    const confirmed = new Set(
      linesOf(exports, 'value_assessment').flatMap((row) =>
        row.evidence === 'customer_confirmed' ? [row.deal_id] : [],
      ),
    );
    const { rows } = await askHere(warehouse, 'measures=pipeline_net&by=deal_id');
    const net = (some: typeof rows) => some.reduce((total, row) => total + Number(row.pipeline_net ?? 0), 0);
    const found = (await pipelineValue(warehouse, all, everything))!;
    expect(found.share).toBeCloseTo(
      net(rows.filter((row) => confirmed.has(String(row.deal_id)))) / net(rows),
      9,
    );
    expect(found.list.every(({ deal_id }) => !confirmed.has(deal_id))).toBe(true);
    expect(found.list.length).toBeGreaterThan(5);
  });
});
