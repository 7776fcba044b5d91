import type { GivenRate } from './bunching.ts';
import { normalFrom } from './random.ts';

/** What is true of made discounts; rates in points. */
export interface MadeRates {
  n: number;
  limit: number;
  /** Of those who want up to `reach` points more than the limit, the share that ends at it or just below. */
  pull: number;
  reach?: number;
  /** What is wanted: mean and spread. */
  mean?: number;
  spread?: number;
  /** Shares that are rounded to steps; the rest is written in tenths. */
  heaping?: { tens: number; fives: number; whole: number };
}

/** As many people round. */
export const usualHeaping = { tens: 0.1, fives: 0.25, whole: 0.4 };

/** Made discounts: wanted, perhaps drawn back to the limit, and written as people write numbers. */
export function madeRates(made: MadeRates, random: () => number): GivenRate[] {
  const { limit, pull, reach = 5, mean = 18, spread = 8, heaping = usualHeaping } = made;
  const normal = normalFrom(random);
  return Array.from({ length: made.n }, () => {
    // Where nothing is wanted there is no discount, and no rate.
    let wanted = 0;
    while (wanted < 0.5 || wanted > 60) wanted = mean + spread * normal();
    if (wanted > limit && wanted <= limit + reach && random() < pull)
      return { rate: limit - (random() < 0.6 ? 0 : Math.floor(random() * 8) / 10) };
    const way = random();
    const { tens, fives, whole } = heaping;
    const step = way < tens ? 10 : way < tens + fives ? 5 : way < tens + fives + whole ? 1 : 0.1;
    return { rate: Math.max(step === 0.1 ? 0.5 : step, Math.round(wanted / step) * step) };
  });
}
