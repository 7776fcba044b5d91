import { describe, expect, it } from 'vitest';
import { funnel, poissonFunnel } from './funnel.ts';
import { poissonAtMost, poissonQuantile } from './poisson.ts';
import { normalFrom, randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';

/** P(N ≤ n) by adding up every term from 0. */
function summed(n: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = 0;
  for (let k = 0; k <= n; k += 1) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

describe('exact Poisson limits', () => {
  it('add up the same probabilities as every term by itself', () => {
    for (const mean of [0.2, 3.7, 40, 300])
      for (const n of [0, 1, Math.floor(mean), Math.floor(mean * 1.4) + 2])
        expect(poissonAtMost(n, mean)).toBeCloseTo(summed(n, mean), 11);
    expect(poissonQuantile(0.975, 10)).toBe(17);
    expect(poissonQuantile(0.025, 10)).toBe(4);
  });

  it('are crossed by nobody who differs as often as Seaton and Manktelow found', () => {
    // BMC Med. Res. Methodol. 12:98, table: prediction limits of 95%, expected counts from 1 to 50.
    const below: number[] = [];
    const above: number[] = [];
    for (let hundredths = 100; hundredths <= 5000; hundredths += 1) {
      const expected = hundredths / 100;
      const [unit] = poissonFunnel([{ name: '', observed: 0, expected }]).units;
      below.push(summed(Math.round(unit!.limits95.low * expected) - 1, expected));
      above.push(1 - summed(Math.round(unit!.limits95.high * expected), expected));
    }
    const median = (values: number[]) => sampleQuantile(values, 0.5);
    expect(median(below)).toBeCloseTo(0.0186, 4);
    expect(Math.min(...below)).toBeCloseTo(0, 9);
    expect(Math.max(...below)).toBeCloseTo(0.025, 4);
    expect(median(above)).toBeCloseTo(0.0201, 4);
    expect(Math.min(...above)).toBeCloseTo(0.0052, 4);
    expect(Math.max(...above)).toBeCloseTo(0.025, 4);
  });

  it('put a count outside only beyond its limit', () => {
    const at = (observed: number) => poissonFunnel([{ name: '', observed, expected: 10 }]).units[0]!.outside;
    expect([3, 4, 17, 18, 20, 21, 22].map(at)).toEqual(['95%', 'no', 'no', '95%', '95%', '95%', '99.8%']);
  });
});

describe('limits by standard error', () => {
  const units = (spread: number, seed: number, n = 200) => {
    const normal = normalFrom(randomFrom(seed));
    return Array.from({ length: n }, (_, i) => {
      const error = 0.05 + 0.1 * ((i % 10) / 10);
      return { name: `${i}`, observed: 1 + spread * normal() + error * normal(), expected: 1, error };
    });
  };

  it('are 1.96 and 3.09 standard errors wide', () => {
    const [unit] = funnel([{ name: '', observed: 3, expected: 2, error: 0.1 }], { adjustment: 'none' }).units;
    expect(unit!.limits95.high).toBeCloseTo(1.1959964, 6);
    expect(unit!.limits998.low).toBeCloseTo(1 - 0.3090232, 6);
    expect(unit).toMatchObject({ ratio: 1.5, outside: '99.8%' });
  });

  it('leave out one in twenty where nobody differs', () => {
    const { outside95, between, chanceOfSoMany } = funnel(units(0, 3, 2000));
    expect(between).toBe(0);
    expect(outside95 / 2000).toBeGreaterThan(0.035);
    expect(outside95 / 2000).toBeLessThan(0.065);
    expect(chanceOfSoMany).toBeGreaterThan(0.001);
  });

  it('widen for over-dispersion, by the formulas of the paper', () => {
    const data = units(0.3, 4);
    const z = data.map(({ observed, error }) => (observed - 1) / error);
    const low = sampleQuantile(z, 0.1);
    const high = sampleQuantile(z, 0.9);
    const phi = z.reduce((sum, value) => sum + Math.min(high, Math.max(low, value)) ** 2, 0) / 200;
    const w = data.map(({ error }) => 1 / error / error);
    const sum = w.reduce((a, b) => a + b);
    const tau2 = (200 * phi - 199) / (sum - w.reduce((a, b) => a + b * b, 0) / sum);
    const additive = funnel(data);
    expect(additive.dispersion).toBeCloseTo(phi, 9);
    expect(additive.between).toBeCloseTo(tau2, 9);
    const first = additive.units[0]!;
    expect(first.limits95.high - 1).toBeCloseTo(1.959964 * Math.sqrt(0.05 ** 2 + tau2), 6);
    expect(additive.outside95).toBeLessThan(funnel(data, { adjustment: 'none' }).outside95 / 2);
    const multiplied = funnel(data, { adjustment: 'multiplicative' }).units[0]!;
    expect(multiplied.limits95.high - 1).toBeCloseTo(1.959964 * 0.05 * Math.sqrt(phi), 6);
  });
});
