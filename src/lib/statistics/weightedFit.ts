import type { ClusteredEstimate } from './clusteredError.ts';

/** Observations of a weighted least-squares model. Noise has variance 1 ÷ weight, times one unknown number. */
export interface Observations {
  outcomes: Float64Array;
  weights: Float64Array;
  /** Of each observation: where errors go together, counted from 0. */
  cluster: Int32Array;
  clusters: number;
  /** Of each observation: the unit whose level is free, counted from 0; null where no levels are free. */
  unit: Int32Array | null;
  units: number;
}

export interface WeightedFit {
  observations: Observations;
  /** Orthonormal columns of what the model can fit, unit levels taken out, on the scale of noise. */
  basis: Float64Array[];
  /** By column given: its parts along the basis (upper triangular), and its place in it; −1 where it adds nothing. */
  parts: number[][];
  place: number[];
  /** What is left of the outcomes, on the scale of noise. */
  residuals: Float64Array;
}

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
};

/** Takes the weighted mean of each unit out of a column that is on the scale of noise, in place. */
function withoutLevels(column: Float64Array, { unit, units, weights }: Observations): Float64Array {
  if (!unit) return column;
  const sum = new Float64Array(units);
  const weight = new Float64Array(units);
  for (let i = 0; i < column.length; i += 1) {
    sum[unit[i]!]! += Math.sqrt(weights[i]!) * column[i]!;
    weight[unit[i]!]! += weights[i]!;
  }
  for (let i = 0; i < column.length; i += 1)
    column[i]! -= (Math.sqrt(weights[i]!) * sum[unit[i]!]!) / weight[unit[i]!]!;
  return column;
}

const onScaleOfNoise = (column: Float64Array, { weights }: Observations) =>
  column.map((value, i) => value * Math.sqrt(weights[i]!));

/**
 * Fits outcomes = level of the unit + columns by weighted least squares, by Gram and Schmidt's orthogonalisation
 * done twice (Björck 1994, "Numerics of Gram-Schmidt orthogonalization", Linear Algebra and its Applications
 * 197–198, 297–316). Columns that earlier ones make up add nothing.
 */
export function weightedFit(observations: Observations, columns: readonly Float64Array[]): WeightedFit {
  const basis: Float64Array[] = [];
  const parts: number[][] = [];
  const place: number[] = [];
  for (const column of columns) {
    const given = onScaleOfNoise(column, observations);
    const size = Math.sqrt(dot(given, given));
    const rest = withoutLevels(given, observations);
    const along = new Array<number>(basis.length).fill(0);
    for (let pass = 0; pass < 2; pass += 1)
      basis.forEach((direction, k) => {
        const part = dot(rest, direction);
        along[k]! += part;
        for (let i = 0; i < rest.length; i += 1) rest[i]! -= part * direction[i]!;
      });
    const length = Math.sqrt(dot(rest, rest));
    const adds = length > 1e-8 * size;
    place.push(adds ? basis.length : -1);
    parts.push(adds ? [...along, length] : along);
    if (adds) basis.push(rest.map((value) => value / length));
  }
  const residuals = withoutLevels(onScaleOfNoise(observations.outcomes, observations), observations);
  for (const direction of basis) {
    const part = dot(residuals, direction);
    for (let i = 0; i < residuals.length; i += 1) residuals[i]! -= part * direction[i]!;
  }
  return { observations, basis, parts, place, residuals };
}

/**
 * The weights of the whitened outcomes in Σ combination × coefficient, by column given: a linear form. Null where
 * a column with a part in it adds nothing to those before, so that its coefficient isn't known.
 */
export function formOfCoefficients(fit: WeightedFit, combination: readonly number[]): Float64Array | null {
  if (combination.some((part, column) => part !== 0 && fit.place[column]! < 0)) return null;
  const columns = fit.place.flatMap((place, column) => (place >= 0 ? [column] : []));
  // Forward through the transposed triangle: its solution are the form's parts along the basis.
  const along = new Array<number>(columns.length).fill(0);
  columns.forEach((column, k) => {
    let value = combination[column]!;
    for (let j = 0; j < k; j += 1) value -= fit.parts[column]![j]! * along[j]!;
    along[k] = value / fit.parts[column]![k]!;
  });
  const form = new Float64Array(fit.residuals.length);
  fit.basis.forEach((direction, k) => {
    for (let i = 0; i < form.length; i += 1) form[i]! += along[k]! * direction[i]!;
  });
  return form;
}

/** What a form, on the scale of noise, gives of the outcomes. */
export function valueOf(form: Float64Array, observations: Observations): number {
  return dot(form, onScaleOfNoise(observations.outcomes, observations));
}

/**
 * Standard error and degrees of freedom of a linear form (on the scale of noise, free of unit levels), from the
 * model's residuals summed by cluster and corrected for leverage in the direction of the form: Bell & McCaffrey
 * 2002, "Bias reduction in standard errors for linear regression with multi-stage samples", Survey Methodology 28,
 * 169–181; levels absorbed and degrees of freedom by Satterthwaite as in Pustejovsky & Tipton 2018, Journal of
 * Business & Economic Statistics 36, 672–683. The error is null where a cluster's own noise can't be seen.
 */
export function clusteredErrorOf(fit: WeightedFit, form: Float64Array, estimate: number): ClusteredEstimate {
  const { cluster, clusters } = fit.observations;
  const wide = fit.basis.length;
  const known = new Float64Array(clusters);
  const scores = new Float64Array(clusters);
  const along = new Float64Array(clusters * wide);
  for (let i = 0; i < form.length; i += 1) {
    const c = cluster[i]!;
    known[c]! += form[i]! * form[i]!;
    scores[c]! += form[i]! * fit.residuals[i]!;
    for (let k = 0; k < wide; k += 1) along[c * wide + k]! += form[i]! * fit.basis[k]![i]!;
  }
  const gram = new Float64Array(wide * wide);
  const all = known.reduce((sum, value) => sum + value, 0);
  let trace = 0;
  let squares = 0;
  let blind = false;
  for (let c = 0; c < clusters; c += 1) {
    const row = along.subarray(c * wide, (c + 1) * wide);
    const taken = row.reduce((sum, value) => sum + value * value, 0);
    const seen = known[c]! - taken;
    if (known[c]! <= 1e-9 * all) continue;
    if (seen < 1e-3 * known[c]!) {
      blind = true;
      continue;
    }
    const scale = known[c]! / seen;
    scores[c]! *= Math.sqrt(scale);
    trace += known[c]!;
    squares += known[c]! ** 2 - (scale * taken) ** 2;
    for (let j = 0; j < wide; j += 1)
      for (let k = 0; k < wide; k += 1) gram[j * wide + k]! += scale * row[j]! * row[k]!;
  }
  squares += gram.reduce((sum, value) => sum + value * value, 0);
  const variance = scores.reduce((sum, score) => sum + score * score, 0);
  const sound = !blind && clusters > 2 && variance > 0;
  return {
    estimate,
    error: sound ? Math.sqrt(variance) : null,
    df: sound ? (trace * trace) / squares : 0,
    scores,
  };
}
