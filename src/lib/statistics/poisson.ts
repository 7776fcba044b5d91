import { logGamma } from './gamma.ts';

/** P(N = n) of a Poisson count with the given mean. */
const probability = (n: number, mean: number) =>
  mean === 0 ? Number(n === 0) : Math.exp(n * Math.log(mean) - mean - logGamma(n + 1));

/** P(N ≤ n) of a Poisson count with the given mean, summed from the count nearest to the mean outwards. */
export function poissonAtMost(n: number, mean: number): number {
  if (n < 0) return 0;
  let sum = 0;
  if (n < mean) {
    for (let k = Math.floor(n), term = probability(k, mean); k >= 0 && term > 0; k -= 1) {
      sum += term;
      if (term < sum * 1e-18) break;
      term *= k / mean;
    }
    return sum;
  }
  for (let k = Math.floor(n) + 1, term = probability(k, mean); term > 0; k += 1) {
    sum += term;
    if (term < sum * 1e-18) break;
    term *= mean / (k + 1);
  }
  return 1 - sum;
}

/** The smallest count n with P(N ≤ n) ≥ p. */
export function poissonQuantile(p: number, mean: number): number {
  let n = Math.max(0, Math.floor(mean));
  while (poissonAtMost(n, mean) < p) n += 1;
  while (n > 0 && poissonAtMost(n - 1, mean) >= p) n -= 1;
  return n;
}
