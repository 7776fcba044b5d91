import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { downloadHref, readAsking } from '../../../src/lib/asking/asking.ts';
import { everything } from '../../../src/lib/metrics/request.ts';
import { accuracy } from '../../../src/lib/questions/forecast/accuracy.ts';
import { forecastBehind, quartersOver } from '../../../src/lib/questions/forecast/behind.ts';
import { forecastBridge } from '../../../src/lib/questions/forecast/bridge.ts';
import { forecastChoice, leadTimes } from '../../../src/lib/questions/forecast/choice.ts';
import { forecastGroups } from '../../../src/lib/questions/forecast/groups.ts';
import { conversion, slippage } from '../../../src/lib/questions/forecast/movement.ts';
import { forecastHeadline, statedGroups } from '../../../src/lib/statements/forecast.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere } from './asking.ts';
import { sum } from './reconcile.ts';

describe('the forecasts of the demo company', () => {
  let warehouse: Warehouse;
  let planted: Planted;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    planted = JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as Planted;
  });
  afterAll(() => warehouse?.close());
  const chosen = async (search: string) => {
    const parameters = new URLSearchParams(search);
    return forecastChoice(parameters, await readAsking(parameters, warehouse, 'all'));
  };

  test('lean where they were made to, by as much', async () => {
    const { bias_at_4_weeks } = planted.forecast;
    const { rows } = await askHere(
      warehouse,
      'measures=forecast_commit,forecast_actual,forecast_bias&by=region&weeks_before=4',
    );
    expect(rows.map((row) => row.region)).toEqual(Object.keys(bias_at_4_weeks).toSorted());
    for (const [region, told] of Object.entries(bias_at_4_weeks)) {
      const row = rows.find((one) => one.region === region)!;
      // Planted figures count deals' amounts, ours their lines, whose rounding differs by some dollars a deal.
      expect(Number(row.forecast_bias), region).toBeCloseTo(told.bias, 2);
      expect(Number(row.forecast_actual) / Number(told.actual_usd), region).toBeCloseTo(1, 3);
    }
  });

  test('are said to lean there, and nowhere else', async () => {
    const { biased_region, bias_at_4_weeks } = planted.forecast;
    const choice = await chosen('');
    expect(choice).toMatchObject({ weeks: 4, kind: { id: 'commit' }, split: { id: 'region' } });
    const groups = await forecastGroups(warehouse, choice, everything);
    const regions = groups.map(({ name }) => name);
    expect(regions.toSorted()).toEqual(Object.keys(bias_at_4_weeks).toSorted());
    expect(groups.every(({ p }) => p !== null)).toBe(true);
    expect(statedGroups(groups).map(({ name }) => name)).toEqual([biased_region]);
    const biased = groups.find(({ name }) => name === biased_region)!;
    const told = bias_at_4_weeks[biased_region]!.bias;
    expect(biased.bias).toBeCloseTo(told, 2);
    expect(biased.low!).toBeGreaterThan(0);
    expect(biased.low!).toBeLessThan(told);
    expect(biased.high!).toBeGreaterThan(told);
    const headline = forecastHeadline(await accuracy(warehouse, choice, everything), groups, choice);
    expect(headline).toContain(`${biased_region} forecasts ${Math.round(told * 100)}% too much`);
    for (const region of regions) if (region !== biased_region) expect(headline).not.toContain(region);
  });

  test('have as many quarters as are over, which is what n is', async () => {
    const choice = await chosen('');
    const { leads, quarters } = await accuracy(warehouse, choice, everything);
    const over = warehouse.periods.filter(
      ({ kind, ends_on, period }) =>
        kind === 'quarter' && ends_on <= warehouse.build.data_on && period >= '2025-Q1',
    );
    expect(quarters).toBe(over.length);
    for (const { accuracy: found, bias, quarters: each } of leads) {
      expect(found!.periods).toBe(over.length);
      expect(bias!.df).toBe(over.length - 1);
      const closed = each.filter(({ actual }) => actual !== null);
      const missed = closed.reduce((all, one) => all + Math.abs(one.forecast! - one.actual!), 0);
      expect(found!.wape.value).toBeCloseTo(missed / closed.reduce((all, one) => all + one.actual!, 0), 9);
    }
  });

  test('are bridged to the cent at every lead time, for any choice of deals', async () => {
    for (const search of ['', 'region=Iberia', 'segment=Enterprise', 'period=2027', 'forecast=best_case'])
      for (const weeks of leadTimes) {
        const choice = await chosen(`${search}&weeks=${weeks}`);
        const bridge = (await forecastBridge(warehouse, choice, everything))!;
        const between = sum(bridge.bars as unknown as Record<string, unknown>[], 'amount');
        expect(bridge.forecast + between, `${search} ${weeks}`).toBeCloseTo(bridge.actual, 2);
        const { totals } = await askHere(
          warehouse,
          `measures=net_amount&period=${bridge.quarter}&${search.replace(/(period|forecast)=\w+/, '')}`,
        );
        expect(bridge.actual, `${search} ${weeks}`).toBeCloseTo(Number(totals.net_amount), 2);
        const listed = sum(bridge.deals as unknown as Record<string, unknown>[], 'amount');
        if (bridge.shown && bridge.deals.length === bridge.shown.deals)
          expect(listed).toBeCloseTo(bridge.shown.amount, 2);
      }
  });

  test('open into deals that add up to the figure, whichever it is', async () => {
    for (const search of ['', 'region=Iberia', 'by=rep_id&weeks=8', 'forecast=best_case&by=manager_id']) {
      const choice = await chosen(search);
      const [groups, found] = await Promise.all([
        forecastGroups(warehouse, choice, everything),
        accuracy(warehouse, choice, everything),
      ]);
      const over = quartersOver(warehouse, found, choice.weeks);
      const open = async (name: string) => (await forecastBehind(warehouse, choice, name, over, everything))!;
      for (const { id, name, forecast, actual, deals } of groups.slice(0, 6)) {
        const behind = await open(`${choice.split.id}:${id ?? ''}`);
        const rows = behind.rows as unknown as Record<string, unknown>[];
        expect(sum(rows, 'forecast'), `${search} ${name}`).toBeCloseTo(forecast, 2);
        expect(sum(rows, 'actual'), `${search} ${name}`).toBeCloseTo(actual, 2);
        expect(new Set(behind.rows.map((row) => row.deal_id)).size).toBe(deals);
        expect(behind).toMatchObject({ deals });
        // The download is the same rows: its address is read as any request's is.
        const downloaded = await askHere(
          warehouse,
          `${new URL(downloadHref(behind.asking, behind, 'csv'), 'http://local').searchParams}`.replace(
            /&format=csv/,
            '',
          ),
        );
        expect(sum(downloaded.rows, choice.kind.measure), `${search} ${name}`).toBeCloseTo(forecast, 2);
      }
      const all = await open('all');
      const lead = found.leads.find(({ weeks }) => weeks === choice.weeks)!;
      const closed = lead.quarters.filter(({ actual }) => actual !== null);
      expect(all.forecast).toBeCloseTo(
        closed.reduce((total, one) => total + one.forecast!, 0),
        2,
      );
      const [slips, kept] = await Promise.all([
        slippage(warehouse, choice, everything),
        conversion(warehouse, choice, everything),
      ]);
      const due = await open('due');
      expect(due.rows).toHaveLength(slips.find(({ weeks }) => weeks === choice.weeks)!.due);
      const commit = await open('category:commit');
      const { won } = kept.find((one) => one.category === 'commit' && one.weeks === choice.weeks)!;
      expect(commit.rows).toHaveLength(won.n);
      expect(commit.rows.filter(({ became }) => became === 'won').length / won.n).toBeCloseTo(won.value!, 9);
    }
  });

  test('as submitted are beside what each team won', async () => {
    const { rows } = await askHere(
      warehouse,
      'measures=forecast_submitted,forecast_submitted_actual,forecast_actual&by=manager_id,fiscal_quarter&weeks_before=4&period=2027-Q2',
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows)
      expect(Number(row.forecast_submitted_actual), String(row.manager_id)).toBeCloseTo(
        Number(row.forecast_actual),
        2,
      );
  });
});
