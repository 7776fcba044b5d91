import { describe, expect, it } from 'vitest';
import { bunching, type BunchingOptions } from './bunching.ts';
import { madeRates, type MadeRates } from './bunching.fixture.ts';
import { randomFrom } from './random.ts';

const company: MadeRates = { n: 1000, limit: 20, pull: 0 };

function tried(made: MadeRates, runs: number, options: Partial<BunchingOptions> = {}) {
  return Array.from({ length: runs }, (_, run) => {
    const rates = madeRates(made, randomFrom(run + 1));
    return bunching(rates, made.limit, { inclusive: true, draws: 60, ...options }).bunching!;
  });
}

const raised = (found: ReturnType<typeof tried>) =>
  found.filter(({ share }) => share.low! > 0).length / found.length;

describe('heaping at round numbers without manipulation', () => {
  it('fools a plain polynomial', () => {
    expect(raised(tried(company, 20, { steps: [] }))).toBeGreaterThan(0.5);
  });

  it.each([20, 15, 18])('raises nothing at a limit of %i', (limit) => {
    expect(raised(tried({ ...company, limit }, 40))).toBeLessThanOrEqual(0.05);
  });

  it('raises nothing where people round more than usual', () => {
    const heaping = { tens: 0.2, fives: 0.4, whole: 0.3 };
    expect(raised(tried({ ...company, heaping }, 40))).toBeLessThanOrEqual(0.05);
  });
});

describe('planted bunching at a round limit', () => {
  const planted = { ...company, pull: 0.4 };

  it('is found, and is as much as was drawn down', () => {
    const found = tried(planted, 30);
    expect(raised(found)).toBeGreaterThanOrEqual(0.8);
    // What the limit really adds: many such companies with the pull against as many without.
    const at = (pull: number) =>
      madeRates({ ...company, n: 200_000, pull }, randomFrom(9)).filter(
        ({ rate }) => rate > 19.005 && rate < 20.005,
      ).length / 200;
    const mean = found.reduce((sum, { excess }) => sum + excess, 0) / found.length;
    expect(Math.abs(mean / (at(0.4) - at(0)) - 1)).toBeLessThan(0.12);
  });

  it('has a window that ends about where discounts were drawn down from', () => {
    const ends = tried(planted, 20).map(({ window }) => window.to);
    expect(ends.sort((a, b) => a - b)[10]).toBeGreaterThanOrEqual(22);
    expect(ends[10]).toBeLessThanOrEqual(29);
  });

  it('is found just below a limit that itself is not allowed', () => {
    const below = Array.from({ length: 10 }, (_, run) => {
      const rates = madeRates({ ...planted, limit: 18 }, randomFrom(run + 1));
      // The same deals, those at the limit a tenth of a point lower.
      const shifted = rates.map(({ rate }) => ({ rate: Math.abs(rate - 18) < 1e-9 ? 17.9 : rate }));
      return bunching(shifted, 18, { inclusive: false, draws: 60 }).bunching!;
    });
    expect(raised(below)).toBe(1);
  });
});

describe('what cannot be told', () => {
  const rates = madeRates(company, randomFrom(7));

  it('where no other number of its kind is left', () => {
    const upToNineteen = rates.filter(({ rate }) => rate < 19.5);
    expect(bunching(upToNineteen, 10, { inclusive: true }).why).toContain('no other round number');
  });

  it('from fewer than a hundred near', () => {
    expect(bunching(rates.slice(0, 150), 20, { inclusive: true }).why).toContain('too few');
    expect(bunching([], 20, { inclusive: true }).bunching).toBeNull();
  });

  it('is not taken for no excess: a wide interval with zero in it', () => {
    const { share } = bunching(rates.slice(0, 300), 20, { inclusive: true }).bunching!;
    expect(share.low! < 0 && share.high! > 0.1).toBe(true);
    expect(share.verdict).toBe('cannot tell');
  });
});

it('gives the same from the same, counts what it sees, and lines of one deal as one draw', () => {
  const rates = madeRates({ ...company, pull: 0.4 }, randomFrom(3));
  const found = bunching(rates, 20, { inclusive: true }).bunching!;
  expect(bunching(rates, 20, { inclusive: true }).bunching).toEqual(found);
  const counted = rates.filter(({ rate }) => rate > 14.996 && rate < 25.004 && rate.toFixed(2) !== '15.00');
  expect(found.near).toBe(counted.length);
  const excess = found.bins
    .filter(({ upTo }) => upTo === 20)
    .reduce((sum, bin) => sum + bin.found - bin.expected, 0);
  expect(found.excess).toBeCloseTo(excess, 9);

  const twice = [...rates, ...rates].map((rate, i) => ({ ...rate, deal: `${i % rates.length}` }));
  const doubled = bunching(twice, 20, { inclusive: true }).bunching!;
  expect(doubled.deals).toBe(found.deals);
  // Lines that go together tell no more than one of them.
  expect(doubled.share.error!).toBeGreaterThan(0.85 * found.share.error!);
});
