import { describe, expect, it } from 'vitest';
import { heightAt } from '../charts/concentrationCurve.ts';
import { concentrationUnits } from '../questions/concentration/units.ts';
import type { Concentrated } from '../questions/concentration/concentrated.ts';
import { concentration } from '../statistics/concentration.ts';
import { judge } from '../statistics/verdict.ts';
import { concentrationInWords, concentrationNote } from './concentration.ts';

/** Ten reps of ten deals each, two of whom give three times as much. */
const deals = Array.from({ length: 100 }, (_, at) => ({
  ...{ unit: `${at % 10}`, share: 100, amount: at % 10 < 2 ? 30 : 10 },
}));
const found = concentration(deals)!;
const told: Concentrated = {
  ...{ kind: concentrationUnits[0]!, kinds: 'discretionary', found, deals: 100, programmes: 50_000 },
  units: found.curve.map(({ unit, rate }) => {
    return { ...{ unit, rate, name: unit, parts: 10, share: 1000, amount: 100 }, byMix: 0.14 };
  }),
  byMix: { index: 0.05, low: 0.02, high: 0.09, curve: [] },
  beyond: { value: 0.2, low: 0.1, high: 0.3, units: 10 },
  verdict: judge({ estimate: 0.2, error: 0.05, df: Infinity }, 0.04),
};
const heights = { observed: 0.43, byMix: 0.22 };

describe('what is said of concentration', () => {
  it('names the share of the fifth of list with the highest rates', () => {
    expect(
      heightAt(
        found.curve.map(({ share, amount }) => ({ list: share, discount: amount })),
        0.2,
      ),
    ).toBeCloseTo(60 / 140, 9);
    expect(concentrationInWords(told, heights)).toBe(
      'The fifth of list sold at the highest rates, by 2 reps of 10, took 43% of the discount. Their mix of deals and chance alone would give 22%: part of it is decided by who the rep is.',
    );
  });

  it('cannot tell where the interval includes zero and a large effect could go unseen', () => {
    const wide = { ...told, verdict: judge({ estimate: 0.2, error: 0.15, df: Infinity }, 0.04) };
    expect(concentrationInWords(wide, heights)).toContain('too few to tell');
    const none = { ...told, verdict: judge({ estimate: 0.001, error: 0.01, df: Infinity }, 0.04) };
    expect(concentrationInWords(none, heights)).toContain('no more concentrated than their deals explain');
    expect(concentrationInWords({ ...told, deals: 9 }, heights)).toContain('too few');
    expect(concentrationInWords({ ...told, byMix: null }, heights)).not.toContain('mix');
  });

  it('says what is left out', () => {
    expect(concentrationNote(told, 'USD')).toContain('by programme or of unknown kind is left out');
    expect(concentrationNote({ ...told, kinds: 'all', programmes: null }, 'USD')).toContain(
      'all are counted',
    );
    expect(concentrationNote(told, 'USD')).toContain('as 8 equal reps would have, of 10');
  });
});
