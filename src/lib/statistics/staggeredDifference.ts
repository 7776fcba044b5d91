import { aggregate, alone, type WeightedEffect } from './aggregateEffects.ts';
import { chanceOfFarthest, levelAtOnce } from './atOnce.ts';
import { clusteredError, errorModel, type ClusteredEstimate } from './clusteredError.ts';
import { groupTimes, type GroupTimeOptions } from './groupTime.ts';
import { NoPanel, panelOf, type PanelRow } from './panel.ts';
import { criticalT } from './studentT.ts';
import { judge, type Judged } from './verdict.ts';

export interface StaggeredOptions extends Partial<GroupTimeOptions> {
  /** The smallest effect worth acting on, in the outcome's unit. */
  minimumEffect?: number;
}

export interface StaggeredDifference {
  units: number;
  clusters: number;
  times: number[];
  cohorts: { group: number; units: number }[];
  neverTreated: number;
  /** Whether noise was taken from the additive model because clusters are few. */
  fewClusters: boolean;
  groupTimes: ({ group: number; time: number } & Judged)[];
  /** The event study; `bandLow`, `bandHigh` hold all events at once with 95%. */
  events: ({ event: number; bandLow: number | null; bandHigh: number | null } & Judged)[];
  groups: ({ group: number } & Judged)[];
  /** The mean effect on the treated over cohorts: the one number the paper recommends. */
  overall: Judged;
  overallEvents: Judged;
  simple: Judged;
  /** Whether the treated differ already before treatment: the chance of so large a lead among all by noise. */
  leads: { tested: number; p: number | null; flag: boolean };
  warnings: string[];
}

function warningsOf(
  { neverTreated, fewClusters, clusters, leads }: StaggeredDifference,
  control: GroupTimeOptions['control'],
) {
  const warnings: string[] = [];
  if (control === 'not-yet' && neverTreated === 0)
    warnings.push('No unit is never treated: late effects have no controls left and are missing.');
  if (fewClusters)
    warnings.push(
      `Few clusters (${clusters}): noise is taken from an additive model of unit, time and one effect, ` +
        'corrected for leverage, with Satterthwaite degrees of freedom.',
    );
  if (leads.flag) warnings.push('The treated differ already before treatment: trends may not be parallel.');
  return warnings;
}

function leadsOf(before: ClusteredEstimate[]): StaggeredDifference['leads'] {
  const p = chanceOfFarthest(before);
  const tested = before.filter(({ error }) => error !== null).length;
  return { tested, p, flag: p !== null && p < 0.05 };
}

/**
 * Staggered difference-in-differences: Callaway & Sant'Anna 2021, "Difference-in-differences with multiple
 * time periods", Journal of Econometrics 225, 200–230, without covariates. Errors clustered (`clusteredError`),
 * intervals 95% by Student's t. Throws `NoPanel` where rows make no panel or no effect can be formed.
 */
export function staggeredDifference(
  rows: readonly PanelRow[],
  { control = 'never', base = 'varying', anticipation = 0, minimumEffect = 0 }: StaggeredOptions = {},
): StaggeredDifference {
  const panel = panelOf(rows, anticipation);
  const never = panel.units.filter(({ firstTreated }) => firstTreated === null).length;
  if (control === 'never' && never === 0)
    throw new NoPanel(
      'No unit is never treated, so nobody is left to compare with; take not-yet as control.',
    );
  const cells = groupTimes(panel, { control, base, anticipation });
  const { events, groups, overallEvents, overallGroups, simple } = aggregate(panel, cells);
  if (!overallEvents || !overallGroups || !simple)
    throw new NoPanel('No effect can be formed: no treated time has controls.');
  const model = errorModel(panel);
  const judged = (found: ClusteredEstimate): Judged => judge(found, minimumEffect);
  const effectOf = (effect: WeightedEffect) => judged(clusteredError(model, effect));
  const studied = events.map(({ event, effect }) => ({ event, found: clusteredError(model, effect) }));
  const level = levelAtOnce(studied.map(({ found }) => found));
  const leads = leadsOf(studied.filter(({ event }) => event < -anticipation).map(({ found }) => found));
  const result: StaggeredDifference = {
    units: panel.units.length,
    clusters: panel.clusters,
    times: panel.times,
    cohorts: panel.cohorts.map((group) => ({
      group,
      units: panel.units.filter(({ firstTreated }) => firstTreated === group).length,
    })),
    neverTreated: never,
    fewClusters: model.few,
    groupTimes: cells.map((cell) => ({ group: cell.group, time: cell.time, ...effectOf(alone(cell)) })),
    events: studied.map(({ event, found }) => {
      const reach = found.error === null ? null : criticalT(level, found.df) * found.error;
      return {
        event,
        bandLow: reach === null ? null : found.estimate - reach,
        bandHigh: reach === null ? null : found.estimate + reach,
        ...judged(found),
      };
    }),
    groups: groups.map(({ group, effect }) => ({ group, ...effectOf(effect) })),
    overall: effectOf(overallGroups),
    overallEvents: effectOf(overallEvents),
    simple: effectOf(simple),
    leads,
    warnings: [],
  };
  return { ...result, warnings: [...panel.warnings, ...warningsOf(result, control)] };
}
