import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../pipeline/build.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { everything } from '../../src/lib/metrics/request.ts';
import { cadence } from '../../src/lib/questions/coaching/cadence.ts';
import { effects } from '../../src/lib/questions/coaching/effects.ts';
import { focus } from '../../src/lib/questions/coaching/focus.ts';
import { loops } from '../../src/lib/questions/coaching/loops.ts';
import { trainAndCoast } from '../../src/lib/questions/coaching/training.ts';
import { outcomesTable } from '../../src/lib/statements/coaching/comparisons.ts';
import { coachingHeadline, effectInWords } from '../../src/lib/statements/coaching/effectWords.ts';
import {
  focusInWords,
  pathInWords,
  stageOf,
  trainingInWords,
} from '../../src/lib/statements/coaching/sections.ts';
import { openWarehouse, type Warehouse } from '../../src/lib/warehouse/warehouse.ts';

const reps = ['ann', 'bob', 'cy', 'dee', 'eve', 'flo'];

/** A won deal of each rep in each quarter of 2025, and one lost; `gone` names reps with no more than two. */
function deals(quarters: number, gone: string[] = []) {
  const rows = reps.flatMap((rep, r) =>
    Array.from({ length: quarters }, (_, q) => ({ rep, r, q })).filter(
      ({ q }) => !gone.includes(rep) || q < 2,
    ),
  );
  return {
    deals: rows.map(
      ({ rep, r, q }) =>
        `${rep}${q},acme,${rep},Won,${(r + q) % 3 !== 0},true,2025-0${1 + 3 * q > 9 ? 9 : 1 + 3 * q}-02,2025-${String(2 + 3 * q).padStart(2, '0')}-1${r},USD,${80 - q}`,
    ),
    lines: rows.map(({ rep, r, q }) => `l${rep}${q},${rep}${q},p,1,100,${80 + ((r * 7 + q * 5) % 9)}`),
  };
}

const coached = (rep: string, ...days: string[]) =>
  days.map((day, at) => `s${rep}${at},${rep},${day},30,coaching,,`);

interface Given {
  quarters?: number;
  gone?: string[];
  sessions?: string[];
  priced?: boolean;
  managers?: boolean;
}

async function companyOf({ quarters = 4, gone, sessions = [], priced = true, managers = true }: Given) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-coaching-'));
  const write = (name: string, head: string, rows: string[]) =>
    writeFileSync(join(folder, `${name}.csv`), `${[head, ...rows].join('\n')}\n`);
  const made = deals(quarters, gone);
  write(
    'deal',
    'deal_id,account_id,owner_id,stage,is_won,is_closed,created_on,closed_on,currency,amount',
    made.deals,
  );
  if (priced) write('deal_line', 'deal_line_id,deal_id,product_id,quantity,unit_list,net_amount', made.lines);
  if (managers)
    write(
      'person_assignment',
      'person_id,manager_id,region',
      reps.map((rep, at) => `${rep},m${at % 3},North`),
    );
  if (sessions.length > 0)
    write('coaching_session', 'session_id,rep_id,held_on,minutes,kind,focus,deal_id', sessions);
  const out = join(folder, 'out', 'w.duckdb');
  const report = await build({
    ...{ paths: [folder], out, exportedAt: '2026-01-31', metrics: [], productVersion: 'test' },
  });
  expect(report.problems).toEqual([]);
  return openWarehouse(out);
}

const ask = (warehouse: Warehouse, search = '') => readAsking(new URLSearchParams(search), warehouse, 'all');

const twoCoached = [
  ...coached('ann', '2025-08-04', '2025-08-20'),
  ...coached('bob', '2025-08-05', '2025-09-01'),
];

describe('coaching, with a part of what it takes', () => {
  it('without sessions: says that none is recorded, and draws nothing from it', async () => {
    const warehouse = await companyOf({});
    const asking = await ask(warehouse);
    const { outcomes, chosen } = await effects(warehouse, asking, everything);
    expect(coachingHeadline(outcomes, 0)).toBe('No coaching is recorded, so what it does cannot be told.');
    expect(chosen).toMatchObject({ main: null, naive: null, lagged: null, never: null });
    const steady = await cadence(warehouse, asking, everything);
    expect(stageOf(steady, await loops(warehouse, asking, everything))).toBe('none');
    expect(focusInWords(await focus(warehouse, asking, everything))).toBe('No coaching session is recorded.');
    const trained = await trainAndCoast(warehouse, asking, everything);
    expect(trainingInWords(trained)).toBe('No training is recorded.');
    expect(pathInWords(trained).any).toBe(false);
    warehouse.close();
  });

  it('without list prices: says so of discounts, and judges win rates', async () => {
    const warehouse = await companyOf({ priced: false, sessions: twoCoached });
    const { outcomes, placebo } = await effects(warehouse, await ask(warehouse), everything);
    expect(effectInWords(outcomes[0]!)).toBe(
      'What coaching did to the discount rate cannot be told. No quarter that is over has deals to tell it by.',
    );
    expect(outcomes[1]!.main!.treated).toBe(2);
    expect(placebo).toBeNull();
    warehouse.close();
  });

  it('without managers: takes the noise rep by rep, and says so', async () => {
    const warehouse = await companyOf({ managers: false, sessions: twoCoached });
    const found = await effects(warehouse, await ask(warehouse, 'anticipation=0'), everything);
    expect(found.byRep).toBe(true);
    expect(found.outcomes[0]!.main!.clusters).toBe(reps.length);
    const known = await companyOf({ sessions: twoCoached });
    const beside = await effects(known, await ask(known, 'anticipation=0'), everything);
    expect(beside).toMatchObject({ byRep: false, chosen: { main: { clusters: 3 } } });
    warehouse.close();
    known.close();
  });

  it('with one quarter of history: says that there is nothing to compare with', async () => {
    const warehouse = await companyOf({ quarters: 1, sessions: coached('ann', '2025-02-03', '2025-02-20') });
    const { outcomes } = await effects(warehouse, await ask(warehouse), everything);
    expect(outcomes[0]!.why).toBe(
      'There is one quarter of history, and nothing before coaching to compare with.',
    );
    expect(coachingHeadline(outcomes, 2)).toBe(
      'Whether coaching changed the discount rate cannot be told yet.',
    );
    warehouse.close();
  });

  it('with a coached rep of two deals: leaves the rep out, and says what is left', async () => {
    const warehouse = await companyOf({ gone: ['ann'], sessions: twoCoached });
    const asked = await effects(warehouse, await ask(warehouse, 'rep_id=ann'), everything);
    expect(asked.outcomes[0]).toMatchObject({ main: null });
    expect(asked.outcomes[0]!.why).toMatch(/^No coached rep has deals both since coaching began/);
    const all = await effects(warehouse, await ask(warehouse), everything);
    expect(all.outcomes[0]!.main).toMatchObject({
      treated: 1,
      overall: { error: null, verdict: 'cannot tell' },
    });
    expect(effectInWords(all.outcomes[0]!)).toMatch(/with 1 manager who coaches/);
    const [first] = outcomesTable(all).rows;
    expect(first).toMatchObject({ faint: true, cells: { low: null, said: 'cannot tell: no interval' } });
    warehouse.close();
  });

  it('with single sessions: nobody has a cadence, and nobody is judged', async () => {
    const warehouse = await companyOf({ sessions: coached('ann', '2025-05-04', '2025-11-20') });
    const asking = await ask(warehouse);
    const { outcomes } = await effects(warehouse, asking, everything);
    expect(outcomes[0]!.why).toBe('Nobody who is asked about was coached more than once within 60 days.');
    const { reps: found } = await cadence(warehouse, asking, everything);
    expect(found.find(({ rep }) => rep === 'ann')).toMatchObject({
      stage: 'event',
      sessions: 2,
      longestGap: 200,
    });
    expect(found.find(({ rep }) => rep === 'bob')).toMatchObject({ stage: 'never', longestGap: null });
    warehouse.close();
  });

  it('for a reader of some reps: counts those alone, and shows no loops', async () => {
    const warehouse = await companyOf({ sessions: twoCoached });
    const asking = await ask(warehouse);
    const scope = { kind: 'people', ids: ['ann', 'cy'] } as const;
    expect((await focus(warehouse, asking, { ...scope, ids: [...scope.ids] })).all.sessions).toBe(2);
    const { reps: found } = await cadence(warehouse, asking, { ...scope, ids: [...scope.ids] });
    expect(found.map(({ rep }) => rep)).toEqual(['ann', 'cy']);
    expect(await loops(warehouse, asking, { ...scope, ids: [...scope.ids] })).toBeNull();
    warehouse.close();
  });
});
