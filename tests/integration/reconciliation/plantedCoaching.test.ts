import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { everything } from '../../../src/lib/metrics/request.ts';
import { cadence } from '../../../src/lib/questions/coaching/cadence.ts';
import { effects } from '../../../src/lib/questions/coaching/effects.ts';
import { focus } from '../../../src/lib/questions/coaching/focus.ts';
import { loops } from '../../../src/lib/questions/coaching/loops.ts';
import { trainAndCoast } from '../../../src/lib/questions/coaching/training.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';

interface RepTruth {
  person_id: string;
  coaching_wave: string;
  coached_from: string;
  before_coaching: { rate: number; list_usd: string };
  since_coaching: { rate: number; list_usd: string };
}

interface Planted {
  truths: { coaching: { effect_points: number; effect_realised: { points: number }; reps: RepTruth[] } };
}

describe('the demo company’s coaching', () => {
  let warehouse: Warehouse;
  let planted: Planted;
  let sessions: Record<string, string>[];
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    planted = JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as Planted;
    const rows = await warehouse.rows<Record<string, string>>('select * from raw.coaching_session_row');
    sessions = rows;
  });
  afterAll(() => warehouse?.close());
  const ask = async (search: string) => readAsking(new URLSearchParams(search), warehouse, 'all');
  const effectsOf = async (search: string) => effects(warehouse, await ask(search), everything);

  it('has the planted effect on discounts inside its interval, against everyone it is compared with', async () => {
    const { chosen } = await effectsOf('');
    const { effect_points: meant, effect_realised: realised } = planted.truths.coaching;
    const { main, lagged, never } = chosen;
    for (const found of [main!.overall, lagged!, never!.overall])
      for (const truth of [meant / 100, realised.points / 100]) {
        expect(found.low!).toBeLessThan(truth);
        expect(found.high!).toBeGreaterThan(truth);
      }
    expect(main!.overall.high! - main!.overall.low!).toBeLessThan(0.08);
    expect(main!.leads.flag).toBe(false);
  });

  it('judges the reps whose coaching was planted, each from the quarter it began in', async () => {
    const truths = planted.truths.coaching.reps.filter(({ coached_from: from }) => from !== '');
    const rows = await warehouse.rows<{ rep_id: string; quarter: string; starts_on: string }>(
      `select distinct rep_id, period as quarter, starts_on from marts.fact_rep_month
       join meta.fiscal_period on kind = 'quarter' and starts_on <= cadence_from and ends_on > cadence_from`,
    );
    expect(rows.map(({ rep_id: id, starts_on: day }) => `${id} ${day}`).sort()).toEqual(
      truths.map(({ person_id: id, coached_from: day }) => `${id} ${day}`).sort(),
    );
    const { main } = (await effectsOf('anticipation=0')).chosen;
    const sold = truths.filter(
      ({ before_coaching: before, since_coaching: since }) =>
        Number(before.list_usd) > 0 && Number(since.list_usd) > 0,
    );
    expect(main!.treated).toBeLessThanOrEqual(sold.length);
    expect(main!.treated).toBeGreaterThanOrEqual(sold.length - 2);
  });

  it('finds nothing where nothing was planted: programmes, and a start that never was', async () => {
    const { placebo, chosen } = await effectsOf('');
    for (const found of [placebo!.main!.overall, chosen.pretended!]) {
      expect(found.low!).toBeLessThan(0);
      expect(found.high!).toBeGreaterThan(0);
    }
  });

  it('shows the bad spell of one region, leaves it out of the base, and does not judge from one manager', async () => {
    const { chosen } = await effectsOf('region=Nordics');
    const { main } = chosen;
    expect(main!.treated).toBe(6);
    expect(main!.overall).toMatchObject({ error: null, verdict: 'cannot tell' });
    const before = main!.events.filter(({ phase }) => phase !== 'after');
    const spell = main!.events.find(({ event }) => event === -1)!;
    expect(spell.phase).toBe('window');
    expect(spell.estimate).toBeGreaterThan(0.03);
    expect(spell.estimate).toBe(Math.max(...before.map(({ estimate }) => estimate)));
    const counted = (await effectsOf('region=Nordics&anticipation=0')).chosen.main!;
    expect(counted.overall.estimate).toBeLessThan(main!.overall.estimate);
  });

  it('counts sessions, trainings and focus as the export has them', async () => {
    const asking = await ask('');
    const coached = sessions.filter(({ kind }) => kind !== 'training');
    const { all } = await focus(warehouse, asking, everything);
    expect(all.sessions).toBe(coached.length);
    const oneDeal = coached.filter(({ focus: about }) => about === 'one_deal').length;
    expect(all.oneDeal! * all.sessions).toBeCloseTo(oneDeal, 6);
    const { attended, coasted } = await trainAndCoast(warehouse, asking, everything);
    const trained = sessions.filter(({ kind }) => kind === 'training');
    const day = (text: string) => Date.parse(text) / 86_400_000;
    const followed = (training: Record<string, string>) =>
      coached.some(({ rep_id: rep, held_on: on }) => {
        const after = day(on!) - day(training.held_on!);
        return rep === training.rep_id && after > 0 && after <= 60;
      });
    expect(attended).toBe(trained.length);
    expect(coasted).toBe(trained.filter((training) => !followed(training)).length);
    const { reps } = await cadence(warehouse, asking, everything);
    const truths = planted.truths.coaching.reps.filter(({ coaching_wave: wave }) => wave !== '');
    expect(
      reps
        .filter(({ stage }) => stage === 'process')
        .map(({ rep }) => rep)
        .sort(),
    ).toEqual(truths.map(({ person_id: id }) => id).sort());
    const { kinds } = (await loops(warehouse, asking, everything))!;
    expect(kinds.find(({ kind }) => kind === 'coaching_to_training')).toEqual({
      ...{ kind: 'coaching_to_training', opened: 4, closed: 3, open: 1, days: 127 },
    });
  });
});
