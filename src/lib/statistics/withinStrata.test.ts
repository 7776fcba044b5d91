import { describe, expect, it } from 'vitest';
import { breakEvenLift } from './breakEven.ts';
import { afterLosses, breakEvenLoss } from './lostWins.ts';
import { slopeWithin, type Outcome } from './withinStrata.ts';
import { weightedFit } from './weightedFit.ts';

const deal = (stratum: string, x: number, won: 0 | 1): Outcome => ({ stratum, x, deals: 1, won });
const easy = [deal('easy', 0, 1), deal('easy', 5, 1), deal('easy', 10, 1), deal('easy', 5, 0)];
const hard = [deal('hard', 20, 0), deal('hard', 25, 1), deal('hard', 30, 0), deal('hard', 25, 0)];

describe('a trend within strata', () => {
  it('is the slope of least squares with a level for each stratum', () => {
    const all = [...easy, ...hard, deal('easy', 2, 0), deal('hard', 31, 1)];
    const fit = weightedFit(
      {
        outcomes: Float64Array.from(all, ({ won }) => won),
        weights: new Float64Array(all.length).fill(1),
        unit: Int32Array.from(all, ({ stratum }) => Number(stratum === 'hard')),
        units: 2,
        cluster: new Int32Array(all.length),
        clusters: 1,
      },
      [Float64Array.from(all, ({ x }) => x)],
    );
    const along = fit.basis[0]!.reduce((sum, value, at) => sum + value * all[at]!.won, 0);
    expect(slopeWithin(all)!.slope).toBeCloseTo(along / fit.parts[0]![0]!, 12);
  });

  it('has the variance of all ways to deal the wins out among a stratum’s deals', () => {
    const xs = [0, 5, 10, 5];
    const sums = [];
    for (let winners = 0; winners < 16; winners += 1) {
      const won = xs.map((_, at) => (winners >> at) & 1);
      if (won.reduce((sum, one) => sum + one, 0) !== 2) continue;
      sums.push(xs.reduce((sum, x, at) => sum + x * won[at]!, 0));
    }
    const mean = sums.reduce((sum, one) => sum + one, 0) / sums.length;
    const variance = sums.reduce((sum, one) => sum + (one - mean) ** 2, 0) / sums.length;
    const two = [deal('a', 0, 0), deal('a', 5, 0), deal('a', 10, 1), deal('a', 5, 1)];
    const z = (15 - mean) / Math.sqrt(variance);
    // P(|Z| > z) by the trapezoid rule.
    let tail = 0;
    for (let at = z; at < 9; at += 1e-3) tail += Math.exp((-at * at) / 2) * 1e-3;
    expect(slopeWithin(two)!.p).toBeCloseTo((2 * tail) / Math.sqrt(2 * Math.PI), 2);
  });

  it('is not taken in by hard kinds of deals that are discounted more', () => {
    const many = [...Array(30).keys()].flatMap(() => [...easy, ...hard]);
    const plain = slopeWithin(many.map((one) => ({ ...one, stratum: 'all' })))!;
    expect(plain.slope).toBeLessThan(-0.01);
    expect(plain.p).toBeLessThan(1e-6);
    expect(slopeWithin(many)!.slope).toBeCloseTo(0, 12);
    expect(slopeWithin(many)!.p).toBe(1);
  });

  it('can’t be told where no stratum has both outcomes', () => {
    expect(slopeWithin(easy.slice(0, 3))).toBeNull();
    expect(slopeWithin([])).toBeNull();
  });
});

describe('what a price must bring', () => {
  it('leaves the same margin after the cut', () => {
    const [cut, margin] = [0.05, 0.3];
    expect((1 + breakEvenLift(cut, margin)!) * (margin - cut)).toBeCloseTo(margin, 12);
    expect(breakEvenLift(0.3, 0.3)).toBeNull();
  });

  it('comes to nothing where the break-even share of deals is lost', () => {
    const range = { estimate: 80, low: 60, high: 110, p: 0.01, byChance: 3 };
    expect(afterLosses(range, 520, 0)).toEqual({ lost: 0, worth: 80, low: 60, high: 110 });
    expect(afterLosses(range, 520, breakEvenLoss(80, 520)!).worth).toBeCloseTo(0, 9);
    expect(breakEvenLoss(0, 0)).toBeNull();
  });
});
