/** Where the continued fraction takes over from the series: both are exact to rounding here. */
const CROSSOVER = 2.5;

/** erf by its Maclaurin series in the form without alternating signs: Abramowitz & Stegun 1964, 7.1.6. */
function erfBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc by its continued fraction, from the inside out: Abramowitz & Stegun 1964, 7.1.14. */
function erfcByFraction(x: number): number {
  let tail = x;
  for (let k = 80; k >= 1; k -= 1) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}

/** Two-sided p-value of a standard normal statistic. */
export function twoSidedP(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x === 0) return 1;
  return x < CROSSOVER ? 1 - erfBySeries(x) : erfcByFraction(x);
}
