import type { GroupTime } from './groupTime.ts';
import type { Panel } from './panel.ts';

/** A weighted sum of group-time effects. */
export interface WeightedEffect {
  estimate: number;
  cells: { cell: GroupTime; weight: number }[];
  /** By cohort: what one more unit of it would move the estimate by through the weights, times all units. */
  pullOfWeights: Map<number, number>;
}

type Part = Pick<WeightedEffect, 'estimate' | 'cells'> & { group: number };

/** How many units each cohort has. */
export function cohortSizes(panel: Panel): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const { firstTreated } of panel.units)
    if (firstTreated !== null) sizes.set(firstTreated, (sizes.get(firstTreated) ?? 0) + 1);
  return sizes;
}

/** Sums `parts` with fixed weights. */
function summed(parts: { part: Pick<WeightedEffect, 'cells'>; weight: number }[]) {
  return parts.flatMap(({ part, weight }) =>
    part.cells.map((each) => ({ cell: each.cell, weight: each.weight * weight })),
  );
}

/** Averages effects on cohorts by how many units they have. */
function bySize(parts: Part[], sizes: Map<number, number>, units: number): WeightedEffect {
  const total = parts.reduce((sum, { group }) => sum + sizes.get(group)!, 0);
  const weights = parts.map(({ group }) => sizes.get(group)! / total);
  const estimate = parts.reduce((sum, part, i) => sum + weights[i]! * part.estimate, 0);
  const pullOfWeights = new Map<number, number>();
  for (const part of parts) {
    const pull = ((part.estimate - estimate) * units) / total;
    pullOfWeights.set(part.group, (pullOfWeights.get(part.group) ?? 0) + pull);
  }
  return { estimate, cells: summed(parts.map((part, i) => ({ part, weight: weights[i]! }))), pullOfWeights };
}

function evenly(parts: WeightedEffect[]): WeightedEffect {
  const weight = 1 / parts.length;
  const pullOfWeights = new Map<number, number>();
  for (const part of parts)
    for (const [group, pull] of part.pullOfWeights)
      pullOfWeights.set(group, (pullOfWeights.get(group) ?? 0) + pull * weight);
  return {
    estimate: parts.reduce((sum, { estimate }) => sum + estimate * weight, 0),
    cells: summed(parts.map((part) => ({ part, weight }))),
    pullOfWeights,
  };
}

/** One group-time effect, as it is. */
export const alone = (cell: GroupTime): WeightedEffect & Part => ({
  ...{ estimate: cell.estimate, group: cell.group },
  cells: [{ cell, weight: 1 }],
  pullOfWeights: new Map(),
});

export interface Aggregates {
  /** Effects by time since treatment (0: the first treated time), and the mean of those from 0 on. */
  events: { event: number; effect: WeightedEffect }[];
  overallEvents: WeightedEffect | null;
  /** Effects by cohort over its treated times, and their mean by units. */
  groups: { group: number; effect: WeightedEffect }[];
  overallGroups: WeightedEffect | null;
  /** All effects of treated times, each by its cohort's units. */
  simple: WeightedEffect | null;
}

/**
 * The summaries of group-time effects in section 3 of Callaway & Sant'Anna 2021 (Journal of Econometrics 225,
 * 200–230): by length of exposure, by cohort, and over all. The paper recommends the mean over cohorts as
 * the one number.
 */
export function aggregate(panel: Panel, cells: readonly GroupTime[]): Aggregates {
  const sizes = cohortSizes(panel);
  const average = (parts: Part[]) => bySize(parts, sizes, panel.units.length);
  const events = [...new Set(cells.map(({ group, time }) => time - group))]
    .sort((a, b) => a - b)
    .map((event) => ({
      event,
      effect: average(cells.filter(({ group, time }) => time - group === event).map(alone)),
    }));
  const treated = cells.filter(({ group, time }) => time >= group);
  const groups = panel.cohorts
    .map((group) => ({ group, parts: treated.filter((cell) => cell.group === group).map(alone) }))
    .filter(({ parts }) => parts.length > 0)
    .map(({ group, parts }) => ({ group, effect: evenly(parts) }));
  const after = events.filter(({ event }) => event >= 0).map(({ effect }) => effect);
  const some = treated.length > 0;
  return {
    events,
    overallEvents: after.length > 0 ? evenly(after) : null,
    groups,
    overallGroups: some ? average(groups.map(({ group, effect }) => ({ ...effect, group }))) : null,
    simple: some ? average(treated.map(alone)) : null,
  };
}
