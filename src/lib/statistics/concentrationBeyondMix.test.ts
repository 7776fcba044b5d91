import { describe, expect, it } from 'vitest';
import { concentrationBeyondMix } from './concentrationBeyondMix.ts';
import { normalFrom, randomFrom } from './random.ts';

const random = randomFrom(7);
const normal = normalFrom(random);

/** Fifty units whose discount is what their mix comes to, times `factor`, give or take an error. */
const units = (factor: (at: number) => number) =>
  Array.from({ length: 50 }, (_, at) => {
    const expected = 50 + 100 * random();
    const error = 0.15 * expected;
    return { expected, error, observed: expected * factor(at) + error * normal() };
  });

describe('concentration beyond what the mix of deals explains', () => {
  it('is nothing, within its interval, where units differ by chance alone', () => {
    const runs = Array.from({ length: 100 }, () => concentrationBeyondMix(units(() => 1))!);
    const covered = runs.filter(({ low, high }) => low <= 0 && high >= 0);
    expect(covered.length).toBeGreaterThanOrEqual(90);
    expect(runs.reduce((sum, { value }) => sum + value, 0) / 100).toBeCloseTo(0, 2);
  });

  it('finds five of fifty who give away twice as much', () => {
    const runs = Array.from({ length: 50 }, () => concentrationBeyondMix(units((at) => (at < 5 ? 2 : 1)))!);
    // By hand: a tenth of the share has 2 ÷ 11 of the amount, so the area above the diagonal is 0.0818.
    expect(runs.filter(({ low }) => low > 0).length).toBeGreaterThan(45);
    const mean = runs.reduce((sum, { value }) => sum + value, 0) / 50;
    expect(mean).toBeGreaterThan(0.04);
    expect(mean).toBeLessThan(0.09);
  });

  it('is not known with one unit, or where nothing is given away', () => {
    expect(concentrationBeyondMix([{ observed: 1, expected: 1, error: 0 }])).toBeNull();
    expect(
      concentrationBeyondMix([1, 2].map((expected) => ({ observed: 0, expected, error: 0.1 }))),
    ).toBeNull();
  });

  it('has an interval where errors are so large that some draws give nothing away', () => {
    const found = concentrationBeyondMix([1, 2].map((expected) => ({ observed: 0.1, expected, error: 5 })))!;
    expect(found.low).toBeLessThan(found.value);
    expect(found.high).toBeGreaterThan(found.value);
  });
});
