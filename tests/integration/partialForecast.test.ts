import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { build } from '../../pipeline/build.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { everything } from '../../src/lib/metrics/request.ts';
import { accuracy } from '../../src/lib/questions/forecast/accuracy.ts';
import { forecastBridge } from '../../src/lib/questions/forecast/bridge.ts';
import { forecastChoice } from '../../src/lib/questions/forecast/choice.ts';
import { forecastGroups } from '../../src/lib/questions/forecast/groups.ts';
import { forecastInputs } from '../../src/lib/questions/forecast/inputs.ts';
import { conversion, pushes, slippage } from '../../src/lib/questions/forecast/movement.ts';
import { probabilities } from '../../src/lib/questions/forecast/probability.ts';
import { forecastHeadline, forecastStandfirst } from '../../src/lib/statements/forecast.ts';
import * as sections from '../../src/lib/statements/forecastSections.ts';
import { openWarehouse } from '../../src/lib/warehouse/warehouse.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Everything that the page asks of a company with these tables, and what it says of them. */
async function pageOf(files: Record<string, string[]>, search = '') {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-partial-'));
  folders.push(folder);
  for (const [name, lines] of Object.entries(files))
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  const out = join(folder, 'out', 'w.duckdb');
  const report = await build({
    paths: [folder],
    out,
    exportedAt: '2026-07-01',
    metrics: [],
    productVersion: 'test',
  });
  expect(report.problems).toEqual([]);
  const warehouse = await openWarehouse(out);
  const parameters = new URLSearchParams(search);
  const choice = forecastChoice(parameters, await readAsking(parameters, warehouse, 'all'));
  const found = await accuracy(warehouse, choice, everything);
  const groups = await forecastGroups(warehouse, choice, everything);
  const slips = await slippage(warehouse, choice, everything);
  const pushed = await pushes(warehouse, choice, everything);
  const converted = await conversion(warehouse, choice, everything);
  const chances = await probabilities(warehouse, choice, everything);
  const page = {
    inputs: await forecastInputs(warehouse, choice),
    found,
    groups,
    chances,
    bridge: await forecastBridge(warehouse, choice, everything),
    headline: forecastHeadline(found, groups, choice),
    standfirst: forecastStandfirst(found, groups, choice),
    accuracy: sections.accuracyInWords(found, choice),
    whose: sections.groupsInWords(groups, choice),
    slippage: sections.slippageInWords(slips, choice),
    pushes: sections.pushesInWords(pushed.perDeal, pushed.bands),
    conversion: sections.conversionInWords(converted, choice),
    probability: sections.probabilityInWords(chances),
  };
  warehouse.close();
  return page;
}

const deals = [
  'deal_id,owner_id,stage,is_closed,is_won,created_on,closed_on,amount',
  'd0,ann,Lost,true,false,2025-12-01,2026-01-20,100',
  'd1,ann,Won,true,true,2026-01-05,2026-05-10,900',
  'd2,ann,Won,true,true,2026-01-05,2026-06-20,1600',
  'd3,bob,Lost,true,false,2026-01-05,2026-06-21,500',
  'd4,bob,Proposal,false,false,2026-01-05,2026-08-30,700',
];
const history = (category: (word: string) => string) => [
  `deal_id,happened_at,stage,amount,closed_on,probability${category(',forecast_category')}`,
  ...[
    ['d0,2025-12-01T10:00:00Z,Proposal,100,2026-01-20,50', 'Commit'],
    ['d0,2026-01-20T10:00:00Z,Lost,100,2026-01-20,0', 'Omitted'],
    ['d1,2026-01-05T10:00:00Z,Proposal,900,2026-05-30,50', 'Commit'],
    ['d1,2026-05-10T10:00:00Z,Won,900,2026-05-10,100', 'Closed'],
    ['d2,2026-01-05T10:00:00Z,Proposal,1500,2026-06-01,50', 'Commit'],
    ['d2,2026-05-15T10:00:00Z,Proposal,1500,2026-06-20,50', 'Commit'],
    ['d2,2026-06-20T10:00:00Z,Won,1600,2026-06-20,100', 'Closed'],
    ['d3,2026-01-05T10:00:00Z,Proposal,500,2026-06-20,50', 'Commit'],
    ['d3,2026-06-21T10:00:00Z,Lost,500,2026-06-21,0', 'Omitted'],
    ['d4,2026-01-05T10:00:00Z,Proposal,700,2026-08-30,50', 'Pipeline'],
  ].map(([row, word]) => `${row}${category(`,${word}`)}`),
];

describe('without any history', () => {
  it('cannot tell how good forecasts were, and holds nothing for zero', async () => {
    const page = await pageOf({ 'deal.csv': deals });
    expect(page.inputs).toMatchObject({ history: false, submissions: false, any: false, kinds: [] });
    expect(page.headline).toBe('How good forecasts were cannot be told yet.');
    expect(page.standfirst).toBeUndefined();
    expect(
      page.found.leads.every(({ accuracy, quarters }) => accuracy === null && quarters.length === 0),
    ).toBe(true);
    expect(page.bridge).toBeNull();
    expect(page.chances.byDeal).toBeNull();
    expect(page.pushes).toBe('No closed deal has a history.');
    expect(page.slippage).toBe('No deal was due in a quarter that is over.');
  });
});

describe('with one quarter and three deals', () => {
  it('says what it can, and that one quarter and few deals do not tell more', async () => {
    const page = await pageOf({ 'deal.csv': deals, 'deal_snapshot.csv': history((text) => text) });
    expect(page.inputs).toMatchObject({ history: true, submissions: false, kinds: ['commit', 'best_case'] });
    // 900 won to date, 1,500 and 500 open in commit, against 2,500 won.
    expect(page.accuracy).toContain('it missed by 16.0% of what was won over 1 quarter.');
    expect(page.accuracy).toContain('Whether it leans one way cannot be told from one quarter.');
    expect(page.accuracy).toContain('There is no earlier quarter to compare it with.');
    expect(page.headline).toBe(
      'The commit forecast four weeks before the end of the quarter missed by 16% of what was won.',
    );
    expect(page.standfirst).toContain('n is 1');
    const one = page.found.leads.find(({ weeks }) => weeks === 4)!;
    expect(one.accuracy!.wape.interval).toBeNull();
    expect(one.bias).toBeNull();
    expect(page.probability).toBe('There are 2 deals; a judgement takes 10.');
    const bars = Object.fromEntries(page.bridge!.bars.map(({ id, amount }) => [id, amount]));
    expect([page.bridge!.forecast, bars, page.bridge!.actual]).toEqual([
      2900,
      { lost: -500, changed: 100 },
      2500,
    ]);
  });

  it('shows a rep of two deals, and does not judge them', async () => {
    const page = await pageOf(
      { 'deal.csv': deals, 'deal_snapshot.csv': history((text) => text) },
      'by=rep_id',
    );
    const ann = page.groups.find(({ id }) => id === 'ann')!;
    expect(ann).toMatchObject({ forecast: 2400, actual: 2500, deals: 2, p: null, low: null, stands: false });
    expect(page.whose).toBe('No rep has the 10 deals that a judgement takes.');
  });
});

describe('with a history that names no category', () => {
  it('offers no forecast by category, and still tells what slipped', async () => {
    const page = await pageOf({ 'deal.csv': deals, 'deal_snapshot.csv': history(() => '') });
    expect(page.inputs).toMatchObject({ history: true, categories: false, kinds: [], any: false });
    expect(page.conversion).toBe('No category is known of deals that were due.');
    expect(page.slippage).toContain('Of 2 deals due in their quarter');
  });
});

describe('with submitted forecasts alone', () => {
  it('compares them with what was won, and does not draw what came between', async () => {
    const page = await pageOf(
      {
        'deal.csv': deals,
        'forecast_submission.csv': [
          'person_id,period_start,category,amount,submitted_at',
          'ann,2026-04-01,commit,2000,2026-06-01T10:00:00Z',
        ],
      },
      'forecast=submitted&by=rep_id',
    );
    expect(page.inputs).toMatchObject({
      history: false,
      submissions: true,
      kinds: ['submitted'],
      chosen: true,
    });
    expect(page.accuracy).toContain('it missed by 20.0% of what was won over 1 quarter.');
    expect(page.groups).toMatchObject([{ id: 'ann', forecast: 2000, actual: 2500, p: null }]);
    expect(page.whose).toContain('not judged');
    expect(page.bridge).toBeNull();
  });
});
