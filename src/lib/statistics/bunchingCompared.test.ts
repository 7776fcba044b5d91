import { expect, it } from 'vitest';
import { madeRates } from './bunching.fixture.ts';
import { bunchingCompared } from './bunchingCompared.ts';
import { randomFrom } from './random.ts';

const made = (seed: number, pull: number, n = 1200) => madeRates({ n, limit: 20, pull }, randomFrom(seed));
const options = { inclusive: true, draws: 60 };

it('cancels a liking for the number itself, which a look at the limit alone takes for bunching', () => {
  // Everybody likes 20, whoever is bound by it.
  const liking = (seed: number) =>
    made(seed, 0).map((one, at) => (one.rate > 17 && one.rate < 24 && at % 3 === 0 ? { rate: 20 } : one));
  const found = bunchingCompared(liking(1), liking(2), 20, options)!;
  expect(found.elsewhere.low!).toBeGreaterThan(0);
  expect(found.difference.low! <= 0 && found.difference.high! >= 0).toBe(true);
  expect(found.p).toBeGreaterThan(0.05);
});

it('finds those who are bound drawn to it, with the difference of both excesses', () => {
  const found = bunchingCompared(made(1, 0.6), made(2, 0), 20, options)!;
  expect(found.difference.low!).toBeGreaterThan(0);
  expect(found.p).toBeLessThan(0.01);
});

it('says nothing from too few others', () => {
  expect(bunchingCompared(made(1, 0.4), made(2, 0, 100), 20, options)).toBeNull();
});
