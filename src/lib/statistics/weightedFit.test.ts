import { expect, it } from 'vitest';
import { normalFrom, randomFrom } from './random.ts';
import {
  clusteredErrorOf,
  formOfCoefficients,
  valueOf,
  weightedFit,
  type Observations,
} from './weightedFit.ts';

const random = randomFrom(7);
const normal = normalFrom(random);
const n = 18;
const column = (of: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => of(i));
const observations: Observations = {
  outcomes: column(() => normal()),
  weights: column(() => 0.5 + random()),
  cluster: Int32Array.from({ length: n }, (_, i) => Math.floor(i / 6)),
  clusters: 3,
  unit: Int32Array.from({ length: n }, (_, i) => Math.floor(i / 3)),
  units: 6,
};
const given = [column((i) => i % 3), column(() => normal()), column((i) => (i > 9 ? 1 : 0) * normal())];

type Matrix = number[][];
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
const turned = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));

/** By Gauss and Jordan. */
function inverse(a: Matrix): Matrix {
  const rows = a.map((row, i) => [...row, ...a.map((_, j) => Number(i === j))]);
  rows.forEach((_, i) => {
    const pivot = rows.findIndex((row, at) => at >= i && Math.abs(row[i]!) > 1e-9);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    const by = rows[i]![i]!;
    rows[i] = rows[i]!.map((value) => value / by);
    rows.forEach((row, at) => {
      if (at !== i) rows[at] = row.map((value, j) => value - row[i]! * rows[i]![j]!);
    });
  });
  return rows.map((row) => row.slice(a.length));
}

/** The same model with a column for each unit, on the scale of noise, solved in full. */
function inFull() {
  const { weights, unit, outcomes } = observations;
  const X = Array.from({ length: n }, (_, i) =>
    [...Array.from({ length: 6 }, (_, u) => Number(unit![i] === u)), ...given.map((each) => each[i]!)].map(
      (value) => value * Math.sqrt(weights[i]!),
    ),
  );
  const y = Array.from(outcomes, (value, i) => [value * Math.sqrt(weights[i]!)]);
  const solver = times(inverse(times(turned(X), X)), turned(X));
  const hat = times(X, solver);
  const maker = hat.map((row, i) => row.map((value, j) => Number(i === j) - value));
  return {
    coefficients: times(solver, y).map(([value]) => value!),
    solver,
    maker,
    residuals: times(maker, y),
  };
}

it('gives the coefficients of the model solved in full', () => {
  const fit = weightedFit(observations, given);
  const { coefficients } = inFull();
  given.forEach((_, at) => {
    const form = formOfCoefficients(
      fit,
      given.map((_, each) => Number(each === at)),
    )!;
    expect(valueOf(form, observations)).toBeCloseTo(coefficients[6 + at]!, 10);
  });
});

it('gives the error and degrees of freedom of Bell and McCaffrey in the direction of the form', () => {
  const fit = weightedFit(observations, given);
  const form = formOfCoefficients(fit, [0, 1, -2])!;
  const { solver, maker, residuals } = inFull();
  const full = solver[7]!.map((value, i) => value - 2 * solver[8]![i]!);
  full.forEach((value, i) => expect(form[i]).toBeCloseTo(value, 10));
  const parts = [0, 1, 2].map((c) => {
    const own = full.map((value, i) => (observations.cluster[i] === c ? value : 0));
    const left = times([own], maker)[0]!;
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const scale = Math.sqrt(dot(own, own) / dot(left, left));
    return { score: scale * dot(own, residuals.flat()), seen: left.map((value) => scale * value) };
  });
  const found = clusteredErrorOf(fit, form, 0);
  expect(found.error).toBeCloseTo(Math.sqrt(parts.reduce((sum, { score }) => sum + score ** 2, 0)), 10);
  const gram = parts.map((a) =>
    parts.map((b) => a.seen.reduce((sum, value, i) => sum + value * b.seen[i]!, 0)),
  );
  const trace = gram.reduce((sum, row, i) => sum + row[i]!, 0);
  const squares = gram.flat().reduce((sum, value) => sum + value ** 2, 0);
  expect(found.df).toBeCloseTo(trace ** 2 / squares, 8);
});

it('says nothing of a column that others make up, nor of noise that one cluster hides', () => {
  const twice = weightedFit(observations, [...given, given[0]!.map((value) => 2 * value)]);
  expect(twice.place).toEqual([0, 1, 2, -1]);
  expect(formOfCoefficients(twice, [0, 0, 0, 1])).toBeNull();
  // Whatever happened at the one observation that the column tells apart is taken for its coefficient.
  const alone = weightedFit(observations, [column((i) => (i === 4 ? 1 : 0))]);
  expect(clusteredErrorOf(alone, formOfCoefficients(alone, [1])!, 0)).toMatchObject({ error: null, df: 0 });
});
