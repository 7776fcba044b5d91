import { additiveModel, type AdditiveModel, type Grid } from './additiveModel.ts';
import { cohortSizes, type WeightedEffect } from './aggregateEffects.ts';
import type { GroupTime } from './groupTime.ts';
import type { Panel } from './panel.ts';
import type { Estimate } from './verdict.ts';

/** Ours: with fewer clusters in all, or in a cohort, the noise is taken from the additive model. */
export const MANY_CLUSTERS = 40;
export const CLUSTERS_OF_A_COHORT = 10;

export interface ErrorModel {
  panel: Panel;
  additive: AdditiveModel;
  few: boolean;
}

export interface ClusteredEstimate extends Estimate {
  /** What each cluster's noise moves the estimate by; their squares sum to the variance. */
  scores: Float64Array;
}

/** What the errors of a panel's effects are worked out from, and whether its clusters are too few to speak for themselves. */
export function errorModel(panel: Panel): ErrorModel {
  const inCohort = new Map<number | null, Set<number>>();
  for (const { firstTreated, cluster } of panel.units)
    inCohort.set(firstTreated, (inCohort.get(firstTreated) ?? new Set()).add(cluster));
  const fewest = Math.min(...[...inCohort.values()].map((clusters) => clusters.size));
  const few = panel.clusters < MANY_CLUSTERS || fewest < CLUSTERS_OF_A_COHORT;
  return { panel, additive: additiveModel(panel), few };
}

/** The weight of each outcome in the estimate: a linear form in the panel. */
function linearForm({ panel }: ErrorModel, effect: WeightedEffect): Grid {
  const form = new Float64Array(panel.units.length * panel.times.length);
  const add = (members: number[], at: number, weight: number) => {
    for (const unit of members) form[unit * panel.times.length + at]! += weight / members.length;
  };
  for (const { cell, weight } of effect.cells) {
    add(cell.treated, cell.at, weight);
    add(cell.treated, cell.from, -weight);
    add(cell.controls, cell.at, -weight);
    add(cell.controls, cell.from, weight);
  }
  return form;
}

/** Clusters' influence on one cell, each side's residuals corrected for the mean they helped to make. */
function addInfluence(scores: Float64Array, { units, clusters }: Panel, cell: GroupTime, weight: number) {
  const change = (unit: number) => units[unit]!.outcomes[cell.at]! - units[unit]!.outcomes[cell.from]!;
  for (const [members, sign] of [
    [cell.treated, 1],
    [cell.controls, -1],
  ] as const) {
    const mean = members.reduce((sum, unit) => sum + change(unit), 0) / members.length;
    const size = new Int32Array(clusters);
    for (const unit of members) size[units[unit]!.cluster]! += 1;
    for (const unit of members) {
      const { cluster } = units[unit]!;
      const share = size[cluster]! / members.length;
      if (share === 1) continue;
      scores[cluster]! += (sign * weight * (change(unit) - mean)) / (members.length * Math.sqrt(1 - share));
    }
  }
}

interface Leverage {
  /** By cluster: the variance of its score if noise were known, over that of the score from residuals. */
  scale: Float64Array;
  df: number;
  /** A cluster's own noise leaves no residual to see it by. */
  blind: boolean;
}

/**
 * Leverage of clusters in the additive model and Satterthwaite degrees of freedom, under the working model of
 * equal independent noise: Bell & McCaffrey 2002 (Survey Methodology 28, 169–181) with unit effects absorbed
 * as in Pustejovsky & Tipton 2018 (Journal of Business & Economic Statistics 36, 672–683), corrected in the
 * direction of the estimate only.
 */
function leverage({ panel, additive, few }: ErrorModel, form: Grid): Leverage {
  const { units, times, clusters } = panel;
  const wide = times.length + 1;
  // In a balanced panel times and treatment are orthogonal once means are out: no matrix to invert.
  const fitted = new Float64Array(clusters * wide);
  const known = new Float64Array(clusters);
  units.forEach(({ cluster }, unit) => {
    for (let t = 0; t < times.length; t += 1) {
      const value = form[unit * times.length + t]!;
      known[cluster]! += value * value;
      fitted[cluster * wide + t]! += value / Math.sqrt(units.length);
      fitted[cluster * wide + times.length]! += value * additive.treatment[unit * times.length + t]!;
    }
  });
  const scale = new Float64Array(clusters).fill(1);
  const gram = new Float64Array(wide * wide);
  let blind = false;
  let trace = 0;
  let squares = 0;
  for (let c = 0; c < clusters; c += 1) {
    const row = fitted.subarray(c * wide, (c + 1) * wide);
    const taken = row.reduce((sum, value) => sum + value * value, 0);
    const seen = known[c]! - taken;
    if (known[c]! > 0 && seen < 1e-3 * known[c]!) blind = true;
    if (few && seen > 0) scale[c] = known[c]! / seen;
    const own = scale[c]! * seen;
    trace += own;
    squares += own * own - (scale[c]! * taken) ** 2;
    for (let i = 0; i < wide; i += 1)
      for (let j = 0; j < wide; j += 1) gram[i * wide + j]! += scale[c]! * row[i]! * row[j]!;
  }
  squares += gram.reduce((sum, value) => sum + value * value, 0);
  return { scale, df: (trace * trace) / squares, blind: few && blind };
}

/**
 * Standard error and degrees of freedom of an effect, with errors that go together within clusters. With many
 * clusters the influence functions of Callaway & Sant'Anna 2021, section 4, summed by cluster; with few the
 * additive model's residuals, corrected for leverage. The noise of estimated weights counts by unit.
 */
export function clusteredError(model: ErrorModel, effect: WeightedEffect): ClusteredEstimate {
  const { panel, additive, few } = model;
  const form = linearForm(model, effect);
  const { scale, df, blind } = leverage(model, form);
  const scores = new Float64Array(panel.clusters);
  if (few)
    panel.units.forEach(({ cluster }, unit) => {
      for (let t = 0; t < panel.times.length; t += 1) {
        const at = unit * panel.times.length + t;
        scores[cluster]! += Math.sqrt(scale[cluster]!) * form[at]! * additive.residuals[at]!;
      }
    });
  else for (const { cell, weight } of effect.cells) addInfluence(scores, panel, cell, weight);
  const sizes = cohortSizes(panel);
  const ofWeights = [...effect.pullOfWeights].reduce(
    (sum, [group, pull]) => sum + sizes.get(group)! * (pull / panel.units.length) ** 2,
    0,
  );
  const variance = scores.reduce((sum, score) => sum + score * score, 0) + ofWeights;
  const sound = !blind && panel.clusters > 2 && variance > 0;
  return { estimate: effect.estimate, error: sound ? Math.sqrt(variance) : null, df, scores };
}
