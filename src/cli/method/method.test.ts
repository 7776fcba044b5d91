import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../../pipeline/problem.ts';
import { madeRates } from '../../lib/statistics/bunching.fixture.ts';
import { randomFrom } from '../../lib/statistics/random.ts';
import { WrongUsage } from '../failure.ts';
import { bunching } from './bunching.ts';
import { calibration } from './calibration.ts';
import { concentration } from './concentration.ts';
import { forecastAccuracy } from './forecastAccuracy.ts';
import { funnel } from './funnel.ts';
import { rateBridge } from './rateBridge.ts';
import { type Method } from './result.ts';
import { columnsOf, readRoles } from './roles.ts';
import { shrinkage } from './shrinkage.ts';
import { staggered } from './staggered.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'holdfast-methods-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run<Options extends object>(
  method: Method<Options>,
  options: Options,
  lines: string[],
  columns: string[] = [],
) {
  const file = join(folder, `${method.name}.csv`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return method.run(await readRoles(file, method.roles, columns), options);
}

const never = { control: 'never', base: 'varying', anticipation: 0, minimumEffect: 0 } as const;

describe('columns take roles', () => {
  const roles = [
    { name: 'unit', about: 'who' },
    { name: 'first_treated', about: 'when first', optional: true },
  ];

  it('by their own name or by the one given', () => {
    const found = columnsOf(['First Treated', 'rep'], roles, ['unit=rep'], 'a.csv');
    expect([...found]).toEqual([
      ['unit', 1],
      ['first_treated', 0],
    ]);
  });

  it('and what is missing or unknown is named', () => {
    expect(() => columnsOf(['rep'], roles, [], 'a.csv')).toThrow('No column for unit (who).');
    expect(() => columnsOf(['rep'], roles, ['unit=seller'], 'a.csv')).toThrow(Problem);
    expect(() => columnsOf(['rep'], roles, ['who=rep'], 'a.csv')).toThrow(WrongUsage);
  });
});

describe('staggered-did', () => {
  const panel = [
    'rep,quarter,coached from,rate',
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((rep, i) =>
      ['2025-Q3', '2025-Q4', '2026-Q1'].map((quarter, t) => {
        const from = i % 2 === 0 ? '2025-Q4' : '';
        return `${rep},${quarter},${from},${i + t + (from && t > 0 ? -2 : 0) + (i % 4 === 0 && t === 1 ? 0.1 : 0)}`;
      }),
    ),
  ];
  const columns = ['unit=rep', 'time=quarter', 'first_treated=coached from', 'outcome=rate'];

  it('counts quarters as the file writes them', async () => {
    const found = await run(staggered, never, panel, columns);
    // Two of the four coached have 0.1 more in the first coached quarter: 0.05 on average.
    expect(found.estimate).toBeCloseTo((-1.95 - 2) / 2, 9);
    expect(found.answer).toBe('an effect');
    expect(found.facts['group_times']).toMatchObject([
      { group: '2025-Q4', time: '2025-Q4' },
      { group: '2025-Q4', time: '2026-Q1' },
    ]);
  });

  it('says which line it cannot read', async () => {
    const broken = panel.with(5, 'b,2025-Q4,,much');
    await expect(run(staggered, never, broken, columns)).rejects.toMatchObject({
      message: '"much" in rate is no number.',
      place: { line: 6 },
    });
    await expect(run(staggered, never, panel.slice(0, 2), columns)).rejects.toThrow('two times or more');
  });

  const published = '../shared/data/methods/mpdta.csv';
  it.skipIf(!existsSync(published))('reads the published panel as it is', async () => {
    const chosen = ['unit=countyreal', 'time=year', 'first_treated=first.treat', 'outcome=lemp'];
    const found = staggered.run(await readRoles(published, staggered.roles, chosen), never);
    expect(found.estimate).toBeCloseTo(-0.031, 4);
    expect(found).toMatchObject({ n: 500, answer: 'an effect' });
    expect(found.facts['event_study']).toMatchObject({ overall: { estimate: expect.closeTo(-0.0772, 4) } });
  });
});

describe('bunching', () => {
  const rates = madeRates({ n: 1500, limit: 20, pull: 0.5 }, randomFrom(1)).map(({ rate }) => rate);
  const lines = ['percent', ...rates.map((rate) => rate.toFixed(1))];
  const options = { limit: 20, inclusive: true };

  it('reads percent and shares alike', async () => {
    const found = await run(bunching, options, lines, ['value=percent']);
    expect(found).toMatchObject({ answer: 'bunching', warnings: [] });
    expect(found.low!).toBeGreaterThan(0);
    const shares = ['value', ...rates.map((rate) => (rate / 100).toFixed(3))];
    const same = await run(bunching, { limit: 0.2, inclusive: true }, shares);
    expect(same.estimate).toBeCloseTo(found.estimate!, 9);
  });

  it('says why it cannot tell', async () => {
    const few = await run(bunching, options, lines.slice(0, 100), ['value=percent']);
    expect(few.answer).toContain('cannot tell: ');
    expect(few.estimate).toBeNull();
  });
});

it('shrinkage reads counts, shares, ratios and values with their variances', async () => {
  const counts = ['unit,observed,n', 'a,18,45', 'b,10,45', 'c,12,45', 'd,7,45'];
  const asShares = counts.map((line, i) =>
    i === 0 ? line : line.replace(/,(\d+),/, (_, h) => `,${h / 45},`),
  );
  const fromCounts = await run(shrinkage, { transform: 'none' }, counts);
  const fromShares = await run(shrinkage, { transform: 'none' }, asShares);
  expect(fromCounts.estimate).toBeCloseTo(47 / 180, 9);
  expect(fromShares.facts).toEqual(fromCounts.facts);
  const values = ['unit,observed,variance', 'a,1,1', 'b,2,1', 'c,3,1', 'd,10,1'];
  expect((await run(shrinkage, { transform: 'none' }, values)).answer).toBe('units differ beyond chance');
  const three = await run(shrinkage, { transform: 'none' }, values.slice(0, 4));
  expect(three).toMatchObject({ estimate: null, answer: 'cannot tell whether units differ' });
  await expect(run(shrinkage, { transform: 'none' }, ['unit,observed', 'a,1'])).rejects.toThrow('variance');
});

it('funnel wants standard errors or counts', async () => {
  const lines = ['unit,observed,expected', 'a,4,10', 'b,18,10', 'c,10,10'];
  const found = await run(funnel, { poisson: true, dispersion: 'additive' }, lines);
  expect(found.answer).toBe('1 of 3 outside the 95% limits');
  await expect(run(funnel, { dispersion: 'additive' }, lines)).rejects.toThrow('standard_error');
  const half = lines.with(1, 'a,4.5,10');
  await expect(run(funnel, { poisson: true, dispersion: 'none' }, half)).rejects.toThrow('4.5 is no count.');
});

it('calibration takes words for outcomes and cannot tell from few', async () => {
  const lines = ['probability,outcome', '0.2,lost', '0.7,won', '0.6,TRUE', '0.4,0'];
  const found = await run(calibration, {}, lines);
  expect(found.estimate).toBeCloseTo((0.04 + 0.09 + 0.16 + 0.16) / 4, 12);
  expect(found.answer).toBe('cannot tell');
  await expect(run(calibration, {}, ['probability,outcome', '40,1'])).rejects.toThrow('A probability of 40.');
});

it('concentration counts rows of one unit together', async () => {
  const lines = ['rep,list,discount', 'a,100,10', 'a,100,30', 'b,200,0', 'c,100,20'];
  const found = await run(concentration, {}, lines, ['unit=rep', 'share=list', 'amount=discount']);
  expect(found.facts['hhi']).toBeCloseTo((40 / 60) ** 2 + (20 / 60) ** 2, 12);
  expect(found.n).toBe(3);
});

it('rate-bridge splits the change, and asks for two periods', async () => {
  const lines = [
    'group,period,list,discount',
    's,2025,500,50',
    'l,2025,500,150',
    's,2026,250,25',
    'l,2026,750,225',
  ];
  const found = await run(rateBridge, {}, lines);
  expect(found.estimate).toBeCloseTo(0.05, 12);
  expect(found.facts['mix']).toBeCloseTo(0.05, 12);
  await expect(run(rateBridge, {}, [...lines, 's,2027,1,0'])).rejects.toThrow('3 periods: 2025, 2026, 2027');
});

it("forecast-accuracy takes the period before's actual where no naive forecast is given", async () => {
  const lines = ['period,forecast,actual', '9,110,100', '10,90,120', '11,100,100'];
  const found = await run(forecastAccuracy, {}, lines);
  expect(found.estimate).toBeCloseTo(40 / 320, 12);
  expect(found.facts['skill']).toMatchObject({ value: expect.closeTo(1 - 30 / 40, 12), forecasts: 2 });
  expect(found.warnings[0]).toContain('MAPE is undefined');
});
