import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibration, type Prediction } from './calibration.ts';
import { isotonic } from './isotonic.ts';
import { randomFrom } from './random.ts';

/** The min-max formula of isotonic regression: at i the largest over a ≤ i of the smallest mean over b ≥ i. */
function byMinMax(values: number[], weights: number[]): number[] {
  const mean = (a: number, b: number) => {
    let sum = 0;
    let weight = 0;
    for (let i = a; i <= b; i += 1) {
      sum += values[i]! * weights[i]!;
      weight += weights[i]!;
    }
    return sum / weight;
  };
  return values.map((_, i) => {
    const starts = Array.from({ length: i + 1 }, (_, a) => a);
    const ends = Array.from({ length: values.length - i }, (_, b) => i + b);
    return Math.max(...starts.map((a) => Math.min(...ends.map((b) => mean(a, b)))));
  });
}

it('pools to what the min-max formula gives', () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 12 }), (pairs) => {
      const values = pairs.map(([value]) => value);
      const weights = pairs.map(([, weight]) => weight);
      const expected = byMinMax(values, weights);
      isotonic(values, weights).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 9));
    }),
  );
});

describe('calibration', () => {
  const stated = (probability: number, happened: number, of: number): Prediction[] =>
    Array.from({ length: of }, (_, i) => ({ probability, happened: i < happened }));

  it('takes the Brier score apart', () => {
    // Stated 0.2, 0.5, 0.8; happened 3 of 10, 4 of 10, 9 of 10: the shares rise, so they are the curve.
    const found = calibration([...stated(0.2, 3, 10), ...stated(0.5, 4, 10), ...stated(0.8, 9, 10)], 100);
    const brier = (3 * 0.64 + 7 * 0.04 + 10 * 0.25 + 9 * 0.04 + 0.64) / 30;
    const base = 16 / 30;
    expect(found.brier).toBeCloseTo(brier, 12);
    expect(found.miscalibration).toBeCloseTo((0.1 ** 2 + 0.1 ** 2 + 0.1 ** 2) / 3, 12);
    const spread = ((0.3 - base) ** 2 + (0.4 - base) ** 2 + (0.9 - base) ** 2) / 3;
    expect(found.discrimination).toBeCloseTo(spread, 12);
    expect(found.uncertainty).toBeCloseTo(base * (1 - base), 12);
    expect(found.miscalibration - found.discrimination + found.uncertainty).toBeCloseTo(brier, 12);
    expect(found.points.map(({ happened }) => happened)).toEqual([0.3, 0.4, 0.9]);
  });

  it('counts a weight of two as two', () => {
    const once = [...stated(0.3, 1, 4), ...stated(0.6, 2, 4)];
    const { brier, miscalibration } = calibration(
      once.flatMap((each) => [each, each]),
      10,
    );
    const weighted = calibration(
      once.map((each) => ({ ...each, weight: 2 })),
      10,
    );
    expect(weighted.brier).toBeCloseTo(brier, 12);
    expect(weighted.miscalibration).toBeCloseTo(miscalibration, 12);
  });

  const drawn = (seed: number, chance: (p: number) => number, n = 400): Prediction[] => {
    const random = randomFrom(seed);
    return Array.from({ length: n }, () => {
      const probability = Math.ceil(random() * 9) / 10;
      return { probability, happened: random() < chance(probability) };
    });
  };

  it('doubts right probabilities in about one case of twenty and finds wrong ones', () => {
    let doubted = 0;
    let inside = 0;
    let points = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const found = calibration(
        drawn(seed, (p) => p),
        200,
      );
      if (found.chanceIfRight < 0.05) doubted += 1;
      inside += found.points.filter(({ happened, low, high }) => low <= happened && happened <= high).length;
      points += found.points.length;
    }
    expect(doubted).toBeLessThan(13);
    expect(inside / points).toBeGreaterThan(0.92);
    expect(inside / points).toBeLessThan(0.99);
    expect(calibration(drawn(1, (p) => p * p)).chanceIfRight).toBeLessThan(0.01);
  });

  it('is less sure where predictions are of the same thing', () => {
    const alone = drawn(2, (p) => p, 60);
    const repeated = alone.flatMap((each, i) => [1, 2, 3, 4].map(() => ({ ...each, cluster: `${i}` })));
    const naive = repeated.map(({ probability, happened }) => ({ probability, happened }));
    const width = (predictions: Prediction[]) =>
      calibration(predictions, 300).points.reduce((sum, { low, high }) => sum + high - low, 0);
    expect(width(repeated)).toBeGreaterThan(1.5 * width(naive));
    expect(calibration(repeated).clusters).toBe(60);
  });

  it('gives the same answer twice', () => {
    expect(calibration(drawn(3, (p) => p))).toEqual(calibration(drawn(3, (p) => p)));
  });
});
