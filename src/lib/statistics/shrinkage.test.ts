import { describe, expect, it } from 'vitest';
import { normalFrom, randomFrom } from './random.ts';
import { arcsine, shareOfArcsine, shrink } from './shrinkage.ts';

/** Hits of eighteen batters in their first 45 at bats of 1970, and their average over the rest of the season. */
const batters: [string, number, number][] = [
  ['Clemente', 18, 0.346],
  ['F. Robinson', 17, 0.298],
  ['F. Howard', 16, 0.276],
  ['Johnstone', 15, 0.222],
  ['Berry', 14, 0.273],
  ['Spencer', 14, 0.27],
  ['Kessinger', 13, 0.263],
  ['L. Alvarado', 12, 0.21],
  ['Santo', 11, 0.269],
  ['Swoboda', 11, 0.23],
  ['Unser', 10, 0.264],
  ['Williams', 10, 0.256],
  ['Scott', 10, 0.303],
  ['Petrocelli', 10, 0.264],
  ['E. Rodriguez', 10, 0.226],
  ['Campaneris', 9, 0.285],
  ['Munson', 8, 0.316],
  ['Alvis', 7, 0.2],
];

describe("Efron and Morris's batting averages", () => {
  it('come out as in 1975, on the arcsine scale', () => {
    // JASA 70, 311–319, tables 1 and 2: 0.209 of the distance kept, squared error 17.56 down to 5.01.
    const { units, chanceIfAlike } = shrink(
      batters.map(([name, hits]) => ({ name, value: arcsine(hits / 45, 45), variance: 1 })),
    )!;
    for (const { shrinkage } of units) expect(1 - shrinkage).toBeCloseTo(0.209, 3);
    // Σ(X − mean)² is 18.96 with 17 degrees of freedom; chi-square exceeds it in 33 of 100 cases.
    expect(chanceIfAlike).toBeCloseTo(0.33, 2);
    const truth = batters.map(([, , rest]) => arcsine(rest, 45));
    const lost = (of: (i: number) => number) =>
      truth.reduce((sum, value, i) => sum + (of(i) - value) ** 2, 0);
    const before = lost((i) => units[i]!.value);
    const after = lost((i) => units[i]!.estimate);
    // The paper worked from averages rounded to three digits.
    expect(Math.abs(before - 17.56)).toBeLessThan(0.02);
    expect(Math.abs(after - 5.01)).toBeLessThan(0.02);
    expect(Math.abs(before / after - 3.5)).toBeLessThan(0.02);
    const back = units.map(({ estimate }) => Number(shareOfArcsine(estimate, 45).toFixed(3)));
    expect(back.slice(4)).toEqual([
      0.273, 0.273, 0.268, 0.264, 0.259, 0.259, 0.254, 0.254, 0.254, 0.254, 0.254, 0.249, 0.244, 0.239,
    ]);
  });

  it('come out as in 1977, as plain averages', () => {
    // Scientific American 236(5), 119–127: 0.212 of the distance to the grand average of .265 is kept.
    const grand = batters.reduce((sum, [, hits]) => sum + hits / 45, 0) / batters.length;
    const variance = (grand * (1 - grand)) / 45;
    const { mean, units } = shrink(batters.map(([name, hits]) => ({ name, value: hits / 45, variance })))!;
    expect(mean).toBeCloseTo(0.265, 3);
    expect(1 - units[0]!.shrinkage).toBeCloseTo(0.212, 3);
  });
});

describe('shrinkage with unequal variances', () => {
  it('solves its own moment equation', () => {
    const values = [3, -1, 4, 1, -5, 9, 2, -6];
    const found = shrink(values.map((value, i) => ({ name: `${i}`, value, variance: 1 + i })))!;
    const weight = (i: number) => 1 / (1 + i + found.between);
    const total = values.reduce((sum, _, i) => sum + weight(i), 0);
    expect(values.reduce((sum, value, i) => sum + weight(i) * value, 0) / total).toBeCloseTo(found.mean, 9);
    const spread = values.reduce((sum, value, i) => sum + weight(i) * (value - found.mean) ** 2, 0) / total;
    const noise = values.reduce((sum, _, i) => sum + weight(i) * (1 + i), 0) / total;
    expect((8 / 7) * spread - noise).toBeCloseTo(found.between, 6);
    expect(found.units[7]!.shrinkage).toBeGreaterThan(found.units[0]!.shrinkage);
  });

  it('gives intervals that hold in 19 of 20 cases, and estimates nearer the truth', () => {
    const normal = normalFrom(randomFrom(11));
    let covered = 0;
    let all = 0;
    let raw = 0;
    let better = 0;
    for (let run = 0; run < 400; run += 1) {
      const truths = Array.from({ length: 12 }, () => 10 + normal());
      const units = truths.map((truth, i) => {
        const variance = 0.3 + i / 4;
        return { name: `${i}`, value: truth + Math.sqrt(variance) * normal(), variance };
      });
      shrink(units)!.units.forEach(({ low, high, estimate, value }, i) => {
        all += 1;
        if (low <= truths[i]! && truths[i]! <= high) covered += 1;
        raw += (value - truths[i]!) ** 2;
        better += (estimate - truths[i]!) ** 2;
      });
    }
    expect(covered / all).toBeGreaterThan(0.935);
    expect(covered / all).toBeLessThan(0.985);
    expect(better).toBeLessThan(0.6 * raw);
  });

  it('has nothing to learn from three units', () => {
    expect(shrink([1, 2, 3].map((value) => ({ name: `${value}`, value, variance: 1 })))).toBeNull();
  });
});
