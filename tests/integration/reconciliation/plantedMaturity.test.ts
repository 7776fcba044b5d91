import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '../../../src/lib/access/scope.ts';
import { indicatorsOf, type IndicatorState } from '../../../src/lib/questions/maturity/indicators.ts';
import { journeyOf, type DomainLevel } from '../../../src/lib/questions/maturity/levels.ts';
import { maturityModel, type MaturityModel } from '../../../src/lib/questions/maturity/model.ts';
import { company } from '../../../src/lib/questions/maturity/place.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';

type Line = Record<string, string>;

/** The quarter that was over when the demo company's exports were made. */
const quarter = { name: '2027-Q3', from: '2026-08-01', to: '2026-11-01' };
const within = (day: string, from = quarter.from) => day >= from && day < quarter.to;

describe('the maturity of the demo company', () => {
  let warehouse: Warehouse;
  let states: IndicatorState[];
  let levels: DomainLevel[];
  let model: MaturityModel;
  let table: (name: string) => Line[];
  let planted: { maturity: { levels: Record<string, number[]> }; exceptions: Record<string, number> };

  beforeAll(async () => {
    const demo = await demoWarehouse();
    const folder = join(demo.exports, 'tables');
    table = (name) => {
      const file = readdirSync(folder).find((one) => one.startsWith(`${name}_20`))!;
      return parse(readFileSync(join(folder, file)), { columns: true }) as Line[];
    };
    planted = JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as typeof planted;
    warehouse = await openWarehouse(demo.warehouse);
    model = await maturityModel(warehouse);
    states = await indicatorsOf(warehouse, quarter.name, company, everything);
    const journey = await journeyOf(warehouse, company, everything);
    levels = journey.filter(({ fiscal_quarter }) => fiscal_quarter === quarter.name);
  });
  afterAll(() => warehouse?.close());

  const figure = async (name: string) => {
    const [row] = await warehouse.rows<{ value: number; n: number }>(
      `select value, n::integer as n from core.maturity_figure
       where figure = $name and fiscal_quarter = $quarter and scope_kind = 'company'`,
      { name, quarter: quarter.name },
    );
    return row!;
  };

  test('its people see what was planted, by the median of their own words', async () => {
    const answers = table('assessment_answer').filter((row) => row.answered_on! >= '2025-11-17');
    const told = await warehouse.rows<{ id: string; median: number; answers: number; is_enough: boolean }>(
      `select indicator_id as id, median, answers::integer as answers, is_enough from core.maturity_answer
       where fiscal_quarter = $quarter and scope_kind = 'company'`,
      { quarter: quarter.name },
    );
    expect(told.length).toBe(Object.keys(planted.maturity.levels).length);
    for (const { id, median, answers: n, is_enough } of told) {
      const own = answers.filter((row) => row.indicator_id === id && /^\d$/.test(row.level!));
      const sorted = own.map((row) => Number(row.level)).sort((a, b) => a - b);
      const middle = (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.ceil((n - 1) / 2)]!) / 2;
      expect([n, median], id).toEqual([own.length, middle]);
      expect(is_enough, id).toBe(n >= 3 && new Set(own.map((row) => row.department)).size >= 2);
      if (is_enough) expect(Math.abs(median - planted.maturity.levels[id]![1]!), id).toBeLessThanOrEqual(0.5);
    }
  });

  test('its figures are those of the exports, counted another way', async () => {
    const findings = table('value_finding').filter((row) => within(row.found_on!));
    const unasked = findings.filter((row) => row.is_anticipated === 'false').length;
    expect(await figure('findings_not_anticipated')).toEqual({
      value: expect.closeTo(unasked / findings.length, 9) as number,
      n: findings.length,
    });

    const sessions = table('coaching_session');
    const coaching = sessions.filter((row) => row.kind !== 'training');
    const recent = coaching.filter((row) => within(row.held_on!) && row.focus !== '');
    const predictive = recent.filter((row) => row.focus === 'predictive_behaviour').length;
    expect((await figure('sessions_on_predictive_behaviour')).value).toBeCloseTo(
      predictive / recent.length,
      9,
    );

    const day = (text: string) => Date.parse(text) / 86_400_000;
    const trainings = sessions.filter(
      (row) =>
        row.kind === 'training' &&
        within(row.held_on!, '2025-11-01') &&
        day(row.held_on!) + 60 <= day('2026-11-16'),
    );
    const followed = trainings.filter((training) =>
      coaching.some(
        (row) =>
          row.rep_id === training.rep_id &&
          day(row.held_on!) > day(training.held_on!) &&
          day(row.held_on!) <= day(training.held_on!) + 60,
      ),
    );
    expect(await figure('training_followed_by_coaching')).toEqual({
      value: expect.closeTo(followed.length / trainings.length, 9) as number,
      n: trainings.length,
    });

    const closed = table('improvement_loop').filter(
      (row) => row.closed_on !== '' && within(row.closed_on!, '2025-11-01'),
    );
    expect((await figure('kinds_of_loop_closed')).value).toBe(new Set(closed.map((row) => row.kind)).size);
  });

  test('deals over the limit are those that were planted', async () => {
    const [found] = await warehouse.rows<Record<string, number>>(
      `with approved as (
         select deal_id, min(decided_on) as decided_on from core.price_exception where decision = 'approved' group by deal_id
       )
       select count(*) as over, count(*) filter (decided_on <= closed_on) as before, count(*) filter (decided_on > closed_on) as after
       from core.over_limit join core.deal deal using (deal_id) left join approved using (deal_id)
       where deal.is_won`,
    );
    const { deals_over_limit, approved_before_close, approved_after_close } = planted.exceptions;
    expect(found).toEqual({
      over: deals_over_limit,
      before: approved_before_close,
      after: approved_after_close,
    });
  });

  test('each domain stands where its conditions put it', () => {
    for (const { domain, level_at_least, level_at_most } of levels) {
      const fails = (level: number, bad: string[]) =>
        states.some((one) => one.domain === domain && one.level <= level && bad.includes(one.state));
      const highest = (bad: string[]) => [3, 2, 1].find((level) => !fails(level, bad)) ?? 0;
      expect([domain, level_at_least, level_at_most]).toEqual([
        domain,
        highest(['not met', 'unknown']),
        highest(['not met']),
      ]);
    }
    expect(levels.find(({ domain }) => domain === 'alignment')!.level_at_least).toBe(1);
    expect(new Set(states.map(({ indicator_id }) => indicator_id)).size).toBe(model.indicators.length);
  });
});
