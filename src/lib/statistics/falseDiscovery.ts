/**
 * Which of many comparisons to believe: those that survive a false-discovery rate of `rate` over all of them
 * (Benjamini & Hochberg 1995, "Controlling the false discovery rate", J. R. Statist. Soc. B 57, 289–300).
 * Takes p-values, gives true for each that is kept, in the same order.
 */
export function survivors(pValues: readonly number[], rate: number): boolean[] {
  const ranked = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  let last = -1;
  ranked.forEach(({ p }, rank) => {
    if (p <= ((rank + 1) / ranked.length) * rate) last = rank;
  });
  const kept = new Set(ranked.slice(0, last + 1).map(({ index }) => index));
  return pValues.map((_, index) => kept.has(index));
}
