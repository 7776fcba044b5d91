/** How unlike units truly are: shares of normal distributions about zero, by their variances. */
export interface Spread {
  variances: Float64Array;
  shares: Float64Array;
}

/** Ours: standard deviations of a quarter of a point to 32 points, each twice the one before; 0 for "alike". */
const variances = Float64Array.from([
  0,
  ...Array.from({ length: 8 }, (_, step) => (0.0025 * 2 ** step) ** 2),
]);

/** What Stephens gives "alike" in advance: the weight of ten units. */
const FOR_ALIKE = 10;
const STEPS = 30;
/** Ours: the spread of very many units is told from so many of them. */
const MOST_UNITS = 4000;

const density = (value: number, variance: number) =>
  Math.exp((-value * value) / (2 * variance)) / Math.sqrt(variance);

/**
 * The spread of units' true values about zero, from estimates with known sampling variances above 0: adaptive
 * shrinkage (Stephens 2017, "False discovery rates: a new deal", Biostatistics 18, 275–294), with normal components
 * and their shares by EM. A few that stand far out among many alike are told apart from all differing a little, which
 * one normal distribution can't.
 */
export function spreadOf(values: Float64Array, sampling: Float64Array): Spread {
  const kinds = variances.length;
  const every = Math.max(1, Math.ceil(values.length / MOST_UNITS));
  const units = Math.floor(values.length / every);
  const likely = new Float64Array(units * kinds);
  for (let unit = 0; unit < units; unit += 1)
    for (let kind = 0; kind < kinds; kind += 1)
      likely[unit * kinds + kind] = density(
        values[unit * every]!,
        sampling[unit * every]! + variances[kind]!,
      );
  const own = new Float64Array(kinds);
  let shares = new Float64Array(kinds).fill(1 / kinds);
  for (let step = 0; step < STEPS; step += 1) {
    const next = new Float64Array(kinds);
    next[0] = FOR_ALIKE - 1;
    for (let unit = 0; unit < units; unit += 1) {
      const from = unit * kinds;
      let total = 0;
      for (let kind = 0; kind < kinds; kind += 1) {
        own[kind] = shares[kind]! * likely[from + kind]!;
        total += own[kind]!;
      }
      // So far from all that rounding leaves nothing: as good as of the widest kind.
      if (!(total > 0)) next[kinds - 1]! += 1;
      else for (let kind = 0; kind < kinds; kind += 1) next[kind]! += own[kind]! / total;
    }
    const change = Math.max(
      ...next.map((sum, kind) => Math.abs(sum / (units + FOR_ALIKE - 1) - shares[kind]!)),
    );
    shares = next.map((sum) => sum / (units + FOR_ALIKE - 1));
    if (change < 1e-3) break;
  }
  return { variances, shares };
}

/** The mean and variance of a unit's true value, given its estimate and that estimate's sampling variance. */
export function believed({ variances: kinds, shares }: Spread, value: number, sampling: number) {
  let total = 0;
  let mean = 0;
  let square = 0;
  for (let kind = 0; kind < kinds.length; kind += 1) {
    if (shares[kind]! < 1e-9) continue;
    const own = kinds[kind]!;
    const weight = shares[kind]! * density(value, sampling + own);
    const kept = own / (own + sampling);
    total += weight;
    mean += weight * kept * value;
    square += weight * ((kept * value) ** 2 + kept * sampling);
  }
  if (!(total > 0)) return { mean: value, variance: sampling };
  return { mean: mean / total, variance: square / total - (mean / total) ** 2 };
}
