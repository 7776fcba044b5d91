import { describe, expect, it } from 'vitest';
import { logGamma } from './gamma.ts';
import { randomFrom } from './random.ts';
import { criticalT, twoSidedT } from './studentT.ts';
import { judge } from './verdict.ts';

describe("Student's t", () => {
  it('has the critical values of the tables', () => {
    for (const [df, value] of [
      [1, 12.7062],
      [2, 4.30265],
      [5, 2.57058],
      [30, 2.04227],
      [Infinity, 1.959964],
    ] as const)
      expect(criticalT(0.05, df)).toBeCloseTo(value, 4);
  });

  it('is the integral of its density, also between whole degrees of freedom', () => {
    for (const [t, df] of [
      [0.7, 3.4],
      [2.5, 1.3],
      [1.1, 57.5],
    ] as const) {
      const at = (x: number) => (1 + (x * x) / df) ** (-(df + 1) / 2);
      const scale = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(df * Math.PI);
      let inside = 0;
      const steps = 20_000;
      for (let i = 0; i < steps; i += 1) inside += (at(((i + 0.5) * t) / steps) * t) / steps;
      expect(twoSidedT(t, df)).toBeCloseTo(1 - 2 * scale * inside, 7);
    }
  });
});

describe('what can be told', () => {
  it('is an effect where the interval leaves out zero', () => {
    expect(judge({ estimate: 3, error: 1, df: Infinity }).verdict).toBe('effect');
  });

  it('is nothing where a smaller effect than one worth acting on would have been seen', () => {
    const found = judge({ estimate: 0.5, error: 1, df: Infinity }, 3);
    // 1.96 + 0.84 standard errors: the usual 2.8.
    expect(found.smallestDetectable).toBeCloseTo(2.8016, 3);
    expect(found).toMatchObject({ verdict: 'no effect larger than' });
    expect(found.largerThan).toBeCloseTo(2.46, 3);
    expect(judge({ estimate: 0.5, error: 1, df: Infinity }, 2.7).verdict).toBe('cannot tell');
    expect(judge({ estimate: 0.5, error: null, df: 3 }, 9).verdict).toBe('cannot tell');
  });
});

it('draws the same numbers from the same seed, evenly', () => {
  const first = Array.from({ length: 5 }, randomFrom(7));
  expect(Array.from({ length: 5 }, randomFrom(7))).toEqual(first);
  expect(Array.from({ length: 5 }, randomFrom(8))).not.toEqual(first);
  const tenths = new Int32Array(10);
  const random = randomFrom(3);
  for (let i = 0; i < 100_000; i += 1) tenths[Math.floor(random() * 10)]! += 1;
  // Chi-square with nine degrees of freedom stays below 27.9 in 999 of 1,000 cases.
  expect(tenths.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
});
