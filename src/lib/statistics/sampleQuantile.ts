/**
 * The quantile of a sample at `p`, by linear interpolation between order statistics: type 7 of Hyndman & Fan
 * 1996, "Sample quantiles in statistical packages", The American Statistician 50, 361–365. NaN of nothing.
 */
export function sampleQuantile(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
