import { bootstrapInterval, SEED, type Interval } from './bootstrap.ts';
import { isotonic } from './isotonic.ts';
import { randomFrom } from './random.ts';
import { sampleQuantile } from './sampleQuantile.ts';

export interface Prediction {
  /** Stated probability, 0 to 1. */
  probability: number;
  happened: boolean;
  /** Above 0; 1 where not given. */
  weight?: number;
  /** Predictions of the same thing; each by itself where not given. */
  cluster?: string;
}

export interface ReliabilityPoint {
  probability: number;
  n: number;
  weight: number;
  /** The share that happened, smoothed to never fall as the stated probability rises. */
  happened: number;
  /** Where 95% of such curves run if the probabilities are right. */
  low: number;
  high: number;
}

export interface Scores {
  /** Mean squared distance of probability and outcome: miscalibration − discrimination + uncertainty. */
  brier: number;
  miscalibration: number;
  discrimination: number;
  uncertainty: number;
}

export interface Calibration extends Scores {
  n: number;
  clusters: number;
  brierInterval: Interval | null;
  /** 1 − Brier ÷ uncertainty: against always stating the share that happened. Null where all or none did. */
  skill: number | null;
  /** The chance of as much miscalibration if the probabilities are right. */
  chanceIfRight: number;
  points: ReliabilityPoint[];
}

/** Predictions of one stated probability put together; ties are one point of the curve. */
interface Ties {
  probability: number;
  n: number;
  weight: number;
  happened: number;
}

function tied(predictions: readonly Prediction[]): Ties[] {
  const byProbability = new Map<number, Ties>();
  for (const { probability, happened, weight = 1 } of predictions) {
    const tie = byProbability.get(probability) ?? { probability, n: 0, weight: 0, happened: 0 };
    tie.n += 1;
    tie.weight += weight;
    tie.happened += happened ? weight : 0;
    byProbability.set(probability, tie);
  }
  return [...byProbability.values()].sort((a, b) => a.probability - b.probability);
}

function fit(ties: Ties[]): { curve: Float64Array; scores: Scores } {
  const weights = ties.map(({ weight }) => weight);
  const rates = ties.map(({ happened, weight }) => happened / weight);
  const curve = isotonic(rates, weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Within a tie the squared distance of 0s and 1s from q is rate − 2 q rate + q².
  const score = (of: (i: number) => number) =>
    rates.reduce((sum, rate, i) => sum + weights[i]! * (rate - 2 * of(i) * rate + of(i) ** 2), 0) / total;
  const base = rates.reduce((sum, rate, i) => sum + weights[i]! * rate, 0) / total;
  const brier = score((i) => ties[i]!.probability);
  const recalibrated = score((i) => curve[i]!);
  const uncertainty = base * (1 - base);
  const miscalibration = Math.max(0, brier - recalibrated);
  return {
    curve,
    scores: { brier, miscalibration, discrimination: uncertainty - recalibrated, uncertainty },
  };
}

function clustersOf(predictions: readonly Prediction[]): Prediction[][] {
  const clusters = new Map<string | number, Prediction[]>();
  predictions.forEach((prediction, i) => {
    const key = prediction.cluster ?? i;
    const found = clusters.get(key);
    if (found) found.push(prediction);
    else clusters.set(key, [prediction]);
  });
  return [...clusters.values()];
}

/**
 * The CORP reliability diagram and Brier score's parts: Dimitriadis, Gneiting & Jordan 2021, "Stable reliability
 * diagrams for probabilistic classifiers", PNAS 118(8) e2016191118. Consistency bands (95%) and the chance of so
 * much miscalibration by drawing outcomes from the stated probabilities; predictions of one cluster share their
 * luck. The Brier score's interval by drawing clusters anew. Seeded. Throws on no predictions.
 */
export function calibration(predictions: readonly Prediction[], draws = 1000): Calibration {
  if (predictions.length === 0) throw new RangeError('No predictions.');
  const ties = tied(predictions);
  const { curve, scores } = fit(ties);
  const clusters = clustersOf(predictions);
  const tieOf = new Map(ties.map(({ probability }, i) => [probability, i]));
  const things = clusters.map((cluster) =>
    cluster.map(({ probability, weight = 1 }) => ({ tie: tieOf.get(probability)!, probability, weight })),
  );
  const random = randomFrom(SEED);
  const curves = Array.from(ties, () => new Float64Array(draws));
  let asMuch = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = ties.map((tie) => ({ ...tie, happened: 0 }));
    for (const thing of things) {
      const luck = random();
      for (const { tie, probability, weight } of thing)
        if (luck < probability) drawn[tie]!.happened += weight;
    }
    const found = fit(drawn);
    found.curve.forEach((value, i) => (curves[i]![draw] = value));
    if (found.scores.miscalibration >= scores.miscalibration) asMuch += 1;
  }
  return {
    ...scores,
    n: predictions.length,
    clusters: clusters.length,
    brierInterval: bootstrapInterval(clusters.length, meanSquare(clusters)),
    skill: scores.uncertainty > 0 ? 1 - scores.brier / scores.uncertainty : null,
    chanceIfRight: (asMuch + 1) / (draws + 1),
    points: ties.map(({ probability, n, weight }, i) => ({
      ...{ probability, n, weight, happened: curve[i]! },
      low: sampleQuantile(curves[i]!, 0.025),
      high: sampleQuantile(curves[i]!, 0.975),
    })),
  };
}

/** The Brier score of clusters drawn. */
function meanSquare(clusters: Prediction[][]): (drawn: Int32Array) => number {
  const sums = clusters.map((cluster) => ({
    weight: cluster.reduce((sum, { weight = 1 }) => sum + weight, 0),
    loss: cluster.reduce(
      (sum, { weight = 1, probability, happened }) => sum + weight * (probability - Number(happened)) ** 2,
      0,
    ),
  }));
  return (drawn) => {
    let weight = 0;
    let loss = 0;
    for (const cluster of drawn) {
      weight += sums[cluster]!.weight;
      loss += sums[cluster]!.loss;
    }
    return loss / weight;
  };
}
