import { describe, expect, it } from 'vitest';
import { believed, spreadOf } from './adaptiveShrinkage.ts';
import { normalFrom, randomFrom } from './random.ts';

const sampling = 0.01 ** 2;

function found(values: number[]) {
  const variances = new Float64Array(values.length).fill(sampling);
  const spread = spreadOf(Float64Array.from(values), variances);
  return values.map((value) => believed(spread, value, sampling));
}

describe('adaptive shrinkage', () => {
  const normal = normalFrom(randomFrom(7));
  const noise = Array.from({ length: 200 }, () => 0.01 * normal());

  it('draws all to zero where they differ by chance alone', () => {
    const spread = (of: number[]) => Math.sqrt(of.reduce((sum, value) => sum + value ** 2, 0) / of.length);
    expect(spread(found(noise).map(({ mean }) => mean))).toBeLessThan(0.2 * spread(noise));
  });

  it('leaves the one that stands far out where it is, and still draws in the others', () => {
    const [out, ...others] = found([0.08, ...noise]);
    expect(out!.mean).toBeGreaterThan(0.07);
    expect(out!.mean).toBeLessThan(0.08);
    others.forEach(({ mean }, at) => expect(Math.abs(mean)).toBeLessThan(0.6 * Math.abs(noise[at]!)));
  });

  it('comes near the normal theory where true values are normal', () => {
    const spread = 0.02;
    const values = Array.from({ length: 1500 }, () => spread * normal() + 0.01 * normal());
    const kept = spread ** 2 / (spread ** 2 + sampling);
    const told = found(values);
    const error = values.reduce((sum, value, at) => sum + (told[at]!.mean - kept * value) ** 2, 0);
    expect(Math.sqrt(error / values.length)).toBeLessThan(0.002);
    const variance = told.reduce((sum, one) => sum + one.variance, 0) / told.length;
    expect(variance / (kept * sampling)).toBeCloseTo(1, 0);
  });

  it('keeps what is too far out for any spread', () => {
    const [out] = found([5, ...noise]);
    expect(out!.mean).toBeGreaterThan(4);
  });
});
