import { describe, expect, it } from 'vitest';
import { imputedDifference } from './imputedDifference.ts';
import { placeboDate } from './placeboDate.ts';
import { normalFrom, randomFrom } from './random.ts';
import type { UnevenRow } from './unevenPanel.ts';

/** A unit's outcomes at times 1, 2, …, null where it has none; its cluster is its name's first letter. */
const unit = (name: string, firstTreated: number | null, ...outcomes: (number | null)[]): UnevenRow[] =>
  outcomes.flatMap((outcome, at) =>
    outcome === null
      ? []
      : [{ unit: name, cluster: name[0]!, time: at + 1, firstTreated, outcome, weight: 1 + ((at * 7) % 3) }],
  );

const levels = [4, -2, 0, 7, 3, 1, 5, 2];
const market = [0, 3, 1, 6, 4, 5];
const starts = [null, 4, null, 5, 4, null, 3, 5];

/** Units with levels and effects of time of their own, −3 once treated and +9 the time before; some times missing. */
const made = (effect = -3, before = 9): UnevenRow[] =>
  levels.flatMap((level, i) => {
    const start = starts[i]!;
    const outcomes = market.map((of, at) => {
      const since = start === null ? -9 : at + 1 - start;
      if ((i * 5 + at) % 7 === 0) return null;
      return level + of + (since >= 0 ? effect : 0) + (since === -1 ? before : 0);
    });
    return unit(`${'abcd'[Math.floor(i / 2)]}${i}`, start, ...outcomes);
  });

describe('what would have been, imputed from untreated outcomes', () => {
  it('gives the effect exactly where nothing but units, times and the effect is at work, gaps or not', () => {
    for (const controls of ['not-yet', 'never', 'later'] as const) {
      const found = imputedDifference(made(), { anticipation: 1, controls });
      expect(found.overall.estimate).toBeCloseTo(-3, 6);
    }
    const { events, treated, neverTreated } = imputedDifference(made(), { anticipation: 1 });
    for (const { event, estimate, phase } of events)
      expect(estimate, `${event}`).toBeCloseTo(phase === 'after' ? -3 : event === -1 ? 9 : 0, 6);
    expect(events.find(({ event }) => event === -1)!.phase).toBe('window');
    expect({ treated, neverTreated }).toEqual({ treated: 5, neverTreated: 3 });
  });

  it('counts a recovery as effect where no time is left out before treatment', () => {
    expect(imputedDifference(made(), { anticipation: 0 }).overall.estimate).toBeLessThan(-5);
  });

  it('is the difference of mean differences where one cohort starts at once and all have every time', () => {
    const rows = [
      ...unit('a1', 3, 1, 3, 9),
      ...unit('b1', 3, 2, 6, 8),
      ...unit('c1', null, 5, 4, 6),
      ...unit('d1', null, 1, 2, 7),
    ].map((row) => ({ ...row, weight: 1 }));
    const mean = (...values: number[]) => values.reduce((a, b) => a + b) / values.length;
    const treated = mean(9, 8) - mean(1, 3, 2, 6);
    const others = mean(6, 7) - mean(5, 4, 1, 2);
    expect(imputedDifference(rows).overall.estimate).toBeCloseTo(treated - others, 10);
  });

  it('weighs a treated outcome by what it rests on', () => {
    const rows = (weight: number): UnevenRow[] => [
      ...unit('a1', 2, 0, -1),
      ...unit('b1', 2, 0, -5).map((row) => (row.time === 2 ? { ...row, weight } : row)),
      ...unit('c1', null, 0, 0),
      ...unit('d1', null, 0, 0),
    ];
    const { weight } = rows(1)[1]!;
    expect(imputedDifference(rows(3 * weight)).overall.estimate).toBeCloseTo((-1 - 15) / 4, 10);
  });

  it('judges the units asked about against everyone', () => {
    const rows = [
      ...made(),
      ...unit('e8', 4, 2, 5, 3, 1, -1, 0),
      ...unit('e9', 4, 1, 4, 2, 0, -2, -1),
      ...unit('f8', 4, 1, 4, 2, 0, -2, -1),
    ];
    const found = imputedDifference(rows, { anticipation: 1, about: (name) => /^[ef]/.test(name) });
    expect(found.overall.estimate).toBeCloseTo(-7, 6);
    expect(found).toMatchObject({ treated: 3, treatedClusters: 2 });
    expect(
      imputedDifference(rows, { anticipation: 1, about: (name) => name.startsWith('e') }).overall,
    ).toMatchObject({
      ...{ error: null, verdict: 'cannot tell' },
    });
  });

  it('leaves out treated outcomes that nothing untreated speaks for, and says how many', () => {
    const rows = [...unit('a1', 2, 1, 2, 3), ...unit('b1', 3, 1, 1, 4), ...unit('c1', 3, 2, 2, 5)];
    const found = imputedDifference(rows);
    expect(found.leftOut).toBe(3);
    expect(found.treatedOutcomes).toBe(1);
  });

  it('says why nothing can be compared', () => {
    expect(() => imputedDifference(unit('a1', null, 1, 2))).toThrow(
      'Nobody who is asked about has an outcome',
    );
    expect(() => imputedDifference(unit('a1', 1, 1, 2))).toThrow('Nobody treated has both');
    expect(() => imputedDifference([...unit('a1', 2, 1, 2), ...unit('a1', 2, 1)])).toThrow(
      'two outcomes at 1',
    );
    expect(() => imputedDifference([...unit('a1', 2, 1), ...unit('a1', 3, null, 1)])).toThrow(
      'two first times',
    );
  });
});

describe('leads and pretended starts', () => {
  const noisy = (lead: number): UnevenRow[] => {
    const normal = normalFrom(randomFrom(12));
    return Array.from({ length: 48 }, (_, i) => {
      const start = i % 2 === 0 ? 6 : null;
      const outcomes = [1, 2, 3, 4, 5, 6, 7, 8].map(
        (time) => normal() / 2 + (start !== null && time === 5 ? lead : 0),
      );
      return unit(`${'abcdefgh'[i % 8]}${i}`, start, ...outcomes);
    }).flat();
  };

  it('raise a flag for a difference that was there before, if it is not left out', () => {
    expect(imputedDifference(noisy(2)).leads.flag).toBe(true);
    expect(imputedDifference(noisy(2), { anticipation: 1 }).leads.flag).toBe(false);
    expect(imputedDifference(noisy(0)).leads).toMatchObject({ tested: 3, flag: false });
  });

  it('find nothing where treatment is pretended earlier', () => {
    expect(placeboDate(made(), { anticipation: 1 }).overall.estimate).toBeCloseTo(0, 6);
    const { low, high } = placeboDate(noisy(2), { anticipation: 1 }).overall;
    expect(low!).toBeLessThan(0);
    expect(high!).toBeGreaterThan(0);
  });
});
