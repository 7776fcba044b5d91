import { expect, it } from 'vitest';
import { countFit, dispersion } from './countFit.ts';

const counts = Float64Array.of(3, 5, 9, 40, 22);
const all = new Uint8Array(5).fill(1);
const level = { cells: 5, columns: 1, rows: new Float64Array(5).fill(1) };

it('of a level is the mean, and scales with the offset', () => {
  const fit = countFit(level, counts, all, new Float64Array(5))!;
  for (const expected of fit.expected) expect(expected).toBeCloseTo(79 / 5, 4);
  const exposure = Float64Array.of(1, 1, 1, 4, 3);
  const scaled = countFit(level, counts, all, exposure.map(Math.log))!;
  scaled.expected.forEach((expected, i) => expect(expected).toBeCloseTo((79 / 10) * exposure[i]!, 4));
});

it('meets the score equations of a Poisson model, and ignores cells that are left out', () => {
  const rows = Float64Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 1 : (i - 1) / 2));
  const design = { cells: 5, columns: 2, rows };
  const used = Uint8Array.of(1, 1, 1, 0, 1);
  const fit = countFit(design, counts, used, new Float64Array(5))!;
  for (const column of [0, 1]) {
    let score = 0;
    for (let cell = 0; cell < 5; cell += 1)
      if (used[cell]) score += rows[cell * 2 + column]! * (counts[cell]! - fit.expected[cell]!);
    expect(Math.abs(score)).toBeLessThan(1e-3);
  }
  const other = countFit(design, counts.with(3, 4000), used, new Float64Array(5))!;
  expect(other.expected).toEqual(fit.expected);
});

it('disperses by Pearson', () => {
  const fit = countFit(level, counts, all, new Float64Array(5))!;
  const mean = 79 / 5;
  const byHand = counts.reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0) / 4;
  expect(dispersion(fit, counts, all)).toBeCloseTo(byHand, 4);
});
