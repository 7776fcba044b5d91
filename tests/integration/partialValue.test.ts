import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../pipeline/build.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { everything } from '../../src/lib/metrics/request.ts';
import { askedOfValue } from '../../src/lib/questions/value/asked.ts';
import { evidence } from '../../src/lib/questions/value/evidence.ts';
import { missingOfValue } from '../../src/lib/questions/value/missing.ts';
import { modelFit } from '../../src/lib/questions/value/modelFit.ts';
import { network } from '../../src/lib/questions/value/network.ts';
import { pipelineValue } from '../../src/lib/questions/value/pipeline.ts';
import { priceAgainstValue } from '../../src/lib/questions/value/price.ts';
import { quality } from '../../src/lib/questions/value/quality.ts';
import { recorded, valueSplits } from '../../src/lib/questions/value/recorded.ts';
import { rfp } from '../../src/lib/questions/value/rfp.ts';
import { evidenceInWords, priceInWords, valueHeadline } from '../../src/lib/statements/value/sections.ts';
import { openWarehouse, type Warehouse } from '../../src/lib/warehouse/warehouse.ts';

async function warehouseOf(files: Record<string, string[]>): Promise<Warehouse> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-value-'));
  for (const [name, lines] of Object.entries(files))
    writeFileSync(join(folder, `${name}.csv`), `${lines.join('\n')}\n`);
  const out = join(folder, 'out', 'w.duckdb');
  const report = await build({
    ...{ paths: [folder], out, exportedAt: '2026-07-01', metrics: [], productVersion: 'test' },
  });
  expect(report.problems).toEqual([]);
  return openWarehouse(out);
}

const head = 'deal_id,account_id,owner_id,stage,is_closed,is_won,created_on,closed_on,currency,amount';
const deals = [
  'd1,a1,ann,Won,true,true,2026-01-05,2026-02-10,USD,900',
  'd2,a1,ann,Lost,true,false,2026-01-05,2026-05-20,USD,1600',
  'd3,a2,bob,Proposal,false,false,2026-01-05,2026-08-30,USD,700',
];

async function pageOf(warehouse: Warehouse) {
  const { asking } = askedOfValue(await readAsking(new URLSearchParams('period=all'), warehouse));
  const of = [warehouse, asking] as const;
  return {
    recorded: await recorded(...of, valueSplits[0]!, everything),
    price: await priceAgainstValue(...of, everything),
    network: await network(...of, everything),
    pipeline: await pipelineValue(...of, everything),
    evidence: await evidence(...of, everything),
    rfp: await rfp(...of, everything),
    fit: await modelFit(...of, everything),
    quality: await quality(...of, everything),
    missing: await missingOfValue(warehouse, everything),
  };
}

describe('the page of value', () => {
  it('without any of its inputs says of each section what export would unlock it', async () => {
    const { missing, ...sections } = await pageOf(await warehouseOf({ deal: [head, ...deals] }));
    for (const [topic, section] of Object.entries(sections)) {
      expect(section, topic).toBeNull();
      expect(missing[topic as keyof typeof missing].unlocks.length, topic).toBeGreaterThan(40);
    }
    expect(missing.recorded.unlocks).toContain('value_assessment');
    expect(missing.network.unlocks).toContain('value_outcome');
    expect(missing.rfp.unlocks).toContain('rfp_engagement');
    expect(missing.fit.unlocks).toContain('purchase_novelty');
    expect(valueHeadline(null, [], null)).toBe('No deal says what we are worth to the customer.');
  });

  it('with assessments and no network counts each outcome, flags prices above value and compares nothing small', async () => {
    const page = await pageOf(
      await warehouseOf({
        deal: [head, ...deals],
        value_assessment: [
          'deal_id,outcome_id,persona,value_amount,evidence,assessed_on',
          'd1,T1,buyer,300,rep_estimated,2026-02-01',
          'd1,T2,buyer,400,customer_confirmed,2026-02-01',
          'd2,T1,buyer,0,rep_estimated,2026-02-01',
          'd3,T1,buyer,2100,customer_confirmed,2026-06-01',
        ],
      }),
    );
    expect(page.recorded).toMatchObject({ value: 2800, confirmed: 2500, estimated: 300, deals: 2 });
    expect(page.network).toBeNull();
    expect(page.price).toMatchObject({ above: 1, undefinedValue: 1, interval: null, captured: null });
    expect(page.price!.share).toBeCloseTo(1600 / 2800, 12);
    expect(page.price!.list.map(({ deal_id, isAbove, share }) => [deal_id, isAbove, share])).toEqual([
      ['d2', false, null],
      ['d1', true, 900 / 700],
      ['d3', false, 700 / 2100],
    ]);
    const said = priceInWords(page.price!, 'USD');
    expect(said).toContain('1 deal is priced above the value on record; 1 deal has a value of zero or less');
    expect(said).toContain('next best choice is not recorded');
    expect(page.pipeline).toMatchObject({ share: 1, deals: 1, list: [] });
    expect(page.evidence!.compared.every(({ verdict, p }) => verdict === 'cannot tell' && p === 1)).toBe(
      true,
    );
    expect(evidenceInWords(page.evidence!.compared)).toContain('Too few deals are known');
    expect(page.rfp).toBeNull();
    expect(page.fit).toBeNull();
  });

  it('with requests and models but no value shows those alone, and says no share where few are known', async () => {
    const more = [
      'shaped,trusted_expert,high,low',
      'unknown,trusted_expert,low,low',
      ',divide_and_optimize,,high',
    ];
    const page = await pageOf(
      await warehouseOf({
        deal: [
          `${head},rfp_engagement,selling_model,purchase_novelty,purchase_risk`,
          ...deals.map((deal, at) => `${deal},${more[at]}`),
        ],
      }),
    );
    expect(page.recorded).toBeNull();
    expect(page.pipeline).toBeNull();
    expect(page.evidence).toBeNull();
    expect(page.rfp).toMatchObject({ deals: 2, shaped: 1, quarters: [] });
    expect(page.fit!.groups.map(({ id, deals: n }) => [id, n])).toEqual([
      ['new or risky|trusted_expert', 1],
      ['new or risky|divide_and_optimize', 1],
      ['familiar and safe|trusted_expert', 1],
    ]);
  });
});
