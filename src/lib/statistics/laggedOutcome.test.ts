import { describe, expect, it } from 'vitest';
import { beforeAfter } from './beforeAfter.ts';
import { imputedDifference } from './imputedDifference.ts';
import { laggedOutcome } from './laggedOutcome.ts';
import { normalFrom, randomFrom } from './random.ts';
import type { UnevenRow } from './unevenPanel.ts';

const TIMES = 6;
const EFFECT = -3;

/** Units of ten clusters; who is treated at time 4 is chosen by `picked` from level and the last outcome before. */
function panel(seed: number, levels: number, picked: (level: number, last: number) => boolean): UnevenRow[] {
  const normal = normalFrom(randomFrom(seed));
  return Array.from({ length: 400 }, (_, i) => {
    const level = levels * normal();
    const noise = Array.from({ length: TIMES }, () => 2 * normal());
    const firstTreated = picked(level, level + noise[2]!) ? 4 : null;
    return noise.map((of, at): UnevenRow => {
      const effect = firstTreated !== null && at + 1 >= firstTreated ? EFFECT : 0;
      const outcome = level + at / 2 + of + effect;
      return { unit: `${i}`, cluster: `${i % 10}`, time: at + 1, firstTreated, outcome, weight: 1 };
    });
  }).flat();
}

const holds = ({ low, high }: { low: number | null; high: number | null }) =>
  low! <= EFFECT && EFFECT <= high!;

describe('the two brackets', () => {
  it('differ as they should where a bad outcome was why someone was picked, and passes by itself', () => {
    const rows = panel(3, 0.5, (_, last) => last > 1);
    expect(holds(laggedOutcome(rows, { span: 1 }))).toBe(true);
    // The recovery is counted as effect, unless that time is left out.
    expect(imputedDifference(rows).overall.high!).toBeLessThan(EFFECT);
    expect(holds(imputedDifference(rows, { anticipation: 1 }).overall)).toBe(true);
  });

  it('differ as they should where the weak are picked, and stay weak', () => {
    const rows = panel(4, 3, (level) => level > 1);
    expect(holds(imputedDifference(rows).overall)).toBe(true);
    // The past outcome shows a lasting weakness in part only: the rest hides some of the effect.
    expect(laggedOutcome(rows, { span: 1 }).low!).toBeGreaterThan(EFFECT);
  });
});

it('before and after is each unit with itself, and takes the market for effect', () => {
  const row = (unit: string, time: number, outcome: number, weight = 1): UnevenRow => {
    return { unit, cluster: unit, time, firstTreated: unit === 'c' ? null : 2, outcome, weight };
  };
  const rows = [
    ...[row('a', 1, 5), row('a', 2, 9), row('b', 1, 1), row('b', 2, 3, 3), row('b', 3, 3)],
    ...[row('c', 1, 0), row('c', 2, 50), row('d', 2, 100)],
  ];
  const found = beforeAfter(rows);
  expect(found).toMatchObject({ units: 2, before: 3, after: (9 + 9 + 3) / 5 });
  // Within units, weighted: a's difference by 1 ÷ (1 + 1), b's by 1 ÷ (1 + 1/4).
  expect(found.estimate).toBeCloseTo((4 * 0.5 + 2 * 0.8) / (0.5 + 0.8), 10);
  expect(() => beforeAfter([row('c', 1, 0)])).toThrow('Nobody has outcomes both before and since.');
});
