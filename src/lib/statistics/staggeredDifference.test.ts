import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NoPanel, type PanelRow } from './panel.ts';
import { normalFrom, randomFrom } from './random.ts';
import { staggeredDifference } from './staggeredDifference.ts';

const published = '../shared/data/methods/mpdta.csv';

/** A unit's outcomes at times 1, 2, …; its cluster is the first letter of its name. */
const unit = (name: string, firstTreated: number | null, ...outcomes: number[]): PanelRow[] =>
  outcomes.map((outcome, at) => ({ unit: name, time: at + 1, firstTreated, outcome, cluster: name[0]! }));

const small = [
  ...unit('a1', null, 1, 2, 3, 4),
  ...unit('a2', null, 2, 3, 5, 4),
  ...unit('b1', 2, 1, 5, 6, 9),
  ...unit('b2', 2, 2, 4, 7, 8),
  ...unit('c1', 3, 0, 1, 9, 8),
  ...unit('c2', null, 4, 4, 6, 9),
  ...unit('d1', 3, 3, 5, 8, 7),
  ...unit('d2', null, 1, 1, 2, 5),
];

describe('staggered effects of a panel that can be worked out by hand', () => {
  const cell = (result: ReturnType<typeof staggeredDifference>, group: number, time: number) =>
    result.groupTimes.find((each) => each.group === group && each.time === time)?.estimate;

  it('compare changes with those of units never treated', () => {
    const result = staggeredDifference(small);
    // Cohort 2 gained 3 from time 1 to 2; the four never treated gained 1, 1, 0 and 0.
    expect(cell(result, 2, 2)).toBeCloseTo(3 - 0.5, 12);
    expect(cell(result, 2, 4)).toBeCloseTo((8 + 6) / 2 - (3 + 2 + 5 + 4) / 4, 12);
    expect(cell(result, 3, 2)).toBeCloseTo((1 + 2) / 2 - 0.5, 12);
    expect(cell(result, 3, 3)).toBeCloseTo((8 + 3) / 2 - (1 + 2 + 2 + 1) / 4, 12);
    expect(result.neverTreated).toBe(4);
  });

  it('compare with those not treated yet where asked', () => {
    const result = staggeredDifference(small, { control: 'not-yet' });
    expect(cell(result, 2, 2)).toBeCloseTo(3 - (1 + 1 + 0 + 0 + 1 + 2) / 6, 12);
    expect(cell(result, 2, 3)).toBeCloseTo(5 - (2 + 3 + 2 + 1) / 4, 12);
  });

  it('hold the base still, and before what is anticipated, where asked', () => {
    const universal = staggeredDifference(small, { base: 'universal' });
    expect(cell(universal, 3, 1)).toBeCloseTo((-1 - 2) / 2 + 0.5, 12);
    expect(cell(universal, 3, 2)).toBe(0);
    const anticipated = staggeredDifference(small, { anticipation: 1 });
    expect(cell(anticipated, 3, 3)).toBeCloseTo((9 + 5) / 2 - (2 + 3 + 2 + 1) / 4, 12);
    expect(anticipated.warnings[0]).toBe('2 units left out: treated from the first time on.');
  });

  it('add up to the means the paper names', () => {
    const result = staggeredDifference(small);
    const at = (group: number, time: number) => cell(result, group, time)!;
    const ofGroup2 = (at(2, 2) + at(2, 3) + at(2, 4)) / 3;
    const ofGroup3 = (at(3, 3) + at(3, 4)) / 2;
    expect(result.overall.estimate).toBeCloseTo((ofGroup2 + ofGroup3) / 2, 12);
    const events = [(at(2, 2) + at(3, 3)) / 2, (at(2, 3) + at(3, 4)) / 2, at(2, 4)];
    expect(result.overallEvents.estimate).toBeCloseTo((events[0]! + events[1]! + events[2]!) / 3, 12);
    expect(result.simple.estimate).toBeCloseTo((3 * ofGroup2 + 2 * ofGroup3) / 5, 12);
  });

  it('say what is wrong with rows that make no panel', () => {
    expect(() => staggeredDifference(unit('a', 2, 1, 2))).toThrow(NoPanel);
    expect(() => staggeredDifference(unit('a', null, 1, 2))).toThrow('No unit starts treatment');
    expect(() => staggeredDifference([...small, ...unit('b1', 3, 1, 2, 3, 4)])).toThrow('two first times');
    expect(staggeredDifference(small.slice(1)).warnings[0]).toBe('1 unit left out: no outcome at some time.');
  });
});

describe('errors with few clusters', () => {
  it('are those of residuals from the additive model, solved in full', () => {
    const result = staggeredDifference(small);
    const times = 4;
    const names = [...new Set(small.map((row) => row.unit))];
    const at = (row: PanelRow) => names.indexOf(row.unit) * times + row.time - 1;
    const y = new Array<number>(small.length);
    for (const row of small) y[at(row)] = row.outcome;
    const columns: number[][] = [];
    const column = (of: (row: PanelRow) => boolean) => {
      const made = new Array<number>(small.length);
      for (const row of small) made[at(row)] = Number(of(row));
      columns.push(made);
    };
    for (const name of names) column((row) => row.unit === name);
    for (let time = 2; time <= times; time += 1) column((row) => row.time === time);
    column((row) => row.firstTreated !== null && row.time >= row.firstTreated);
    // Gram and Schmidt: an orthonormal basis of everything the model can fit.
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const basis: number[][] = [];
    const left = (vector: number[]) =>
      basis.reduce((rest, each) => {
        const along = dot(rest, each);
        return rest.map((value, i) => value - along * each[i]!);
      }, vector);
    for (const each of columns) {
      const rest = left(each);
      const length = Math.sqrt(dot(rest, rest));
      if (length > 1e-9) basis.push(rest.map((value) => value / length));
    }
    // The effect on cohort 2 at time 2 as weights of outcomes.
    const form = y.map(() => 0);
    for (const row of small) {
      const weight = row.firstTreated === 2 ? 1 / 2 : row.firstTreated === null ? -1 / 4 : 0;
      if (row.time <= 2) form[at(row)] = row.time === 2 ? weight : -weight;
    }
    const residuals = left(y);
    const letters = ['a', 'b', 'c', 'd'];
    const parts = letters.map((letter) => {
      const own = form.map((value, i) => (names[Math.floor(i / times)]![0] === letter ? value : 0));
      const scale = dot(own, own) / dot(left(own), left(own));
      return {
        score: Math.sqrt(scale) * dot(own, residuals),
        seen: left(own).map((v) => v * Math.sqrt(scale)),
      };
    });
    const variance = parts.reduce((sum, { score }) => sum + score * score, 0);
    const trace = parts.reduce((sum, { seen }) => sum + dot(seen, seen), 0);
    const squares = parts.flatMap((a) => parts.map((b) => dot(a.seen, b.seen) ** 2));
    const found = result.groupTimes.find(({ group, time }) => group === 2 && time === 2)!;
    expect(found.error).toBeCloseTo(Math.sqrt(variance), 10);
    expect(found.df).toBeCloseTo(trace ** 2 / squares.reduce((sum, value) => sum + value, 0), 8);
    expect(result.fewClusters).toBe(true);
  });

  it('give intervals that hold with six managers who coach all their reps or none', () => {
    const starts = [null, null, 4, 5, 6, 6];
    let covered = 0;
    const runs = 150;
    for (let run = 0; run < runs; run += 1) {
      const normal = normalFrom(randomFrom(1000 + run));
      const rows = starts.flatMap((firstTreated, manager) => {
        let shock = 0;
        const shocks = Array.from({ length: 8 }, () => (shock = 0.5 * shock + 0.03 * normal()));
        return Array.from({ length: 6 }, (_, rep) => {
          const level = normal();
          return shocks.map((of, t): PanelRow => {
            const effect = firstTreated !== null && t + 1 >= firstTreated ? -0.03 : 0;
            const outcome = level + of + 0.03 * normal() + effect;
            return { unit: `${manager}.${rep}`, cluster: `${manager}`, time: t + 1, firstTreated, outcome };
          });
        }).flat();
      });
      const { low, high } = staggeredDifference(rows).overall;
      if (low! <= -0.03 && -0.03 <= high!) covered += 1;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.93);
  });

  it('cannot tell from two clusters', () => {
    const two = small.map((row) => ({ ...row, cluster: row.firstTreated === null ? 'x' : 'y' }));
    expect(staggeredDifference(two).overall).toMatchObject({ error: null, verdict: 'cannot tell' });
  });
});

it('flags a difference before treatment, and calls a small precise effect none', () => {
  const normal = normalFrom(randomFrom(5));
  const panel = (lead: number) =>
    Array.from({ length: 80 }, (_, i) =>
      unit(`u${i}`, i % 2 === 0 ? 4 : null, ...[0, 0, 0, 0, 0].map(() => normal() / 100)).map((row) => ({
        ...row,
        cluster: row.unit,
        outcome: row.outcome + (row.firstTreated !== null && row.time === 2 ? lead : 0),
      })),
    ).flat();
  const calm = staggeredDifference(panel(0), { minimumEffect: 1 });
  expect(calm.leads.flag).toBe(false);
  expect(calm.overall.verdict).toBe('no effect larger than');
  expect(calm.overall.largerThan).toBeLessThan(0.02);
  expect(staggeredDifference(panel(0.05)).leads.flag).toBe(true);
});

describe.skipIf(!existsSync(published))("Callaway and Sant'Anna's minimum wages, as published", () => {
  const rows = existsSync(published)
    ? readFileSync(published, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line): PanelRow => {
          const [year, county, , employment, first] = line.split(',').map(Number);
          return { unit: `${county}`, time: year!, firstTreated: first || null, outcome: employment! };
        })
    : [];
  const near = (found: { estimate: number; error: number | null }, estimate: number, error?: number) => {
    expect(found.estimate).toBeCloseTo(estimate, 4);
    if (error !== undefined) expect(Math.abs(found.error! / error - 1)).toBeLessThan(0.1);
  };

  it('come out to the fourth decimal, errors within a tenth', () => {
    const started = performance.now();
    const result = staggeredDifference(rows);
    expect(performance.now() - started).toBeLessThan(2000);
    const table: [number, number[], number[]][] = [
      [2004, [-0.0105, -0.0704, -0.1373, -0.1008], [0.0246, 0.0332, 0.0397, 0.0357]],
      [2006, [0.0065, -0.0028, -0.0046, -0.0412], [0.0229, 0.0197, 0.0179, 0.0192]],
      [2007, [0.0305, -0.0027, -0.0311, -0.0261], [0.0154, 0.0164, 0.0184, 0.017]],
    ];
    for (const [group, effects, errors] of table) {
      const found = result.groupTimes.filter((each) => each.group === group);
      expect(found.map(({ time }) => time)).toEqual([2004, 2005, 2006, 2007]);
      found.forEach((each, i) => near(each, effects[i]!, errors[i]));
    }
    const events = [0.0305, -0.0006, -0.0245, -0.0199, -0.051, -0.1373, -0.1008];
    expect(result.events.map(({ event }) => event)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    result.events.forEach((each, i) => near(each, events[i]!));
    near(result.overallEvents, -0.0772, 0.0219);
    near(result.groups[0]!, -0.0797, 0.0291);
    near(result.groups[1]!, -0.0229, 0.0176);
    near(result.groups[2]!, -0.0261, 0.0175);
    near(result.overall, -0.031, 0.0126);
    expect(result).toMatchObject({ units: 500, clusters: 500, neverTreated: 309, fewClusters: false });
  });
});
