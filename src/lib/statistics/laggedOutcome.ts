import { NoPanel } from './panel.ts';
import { unevenPanel, type UnevenPanel, type UnevenRow } from './unevenPanel.ts';
import { judge, type Judged } from './verdict.ts';
import {
  clusteredErrorOf,
  formOfCoefficients,
  valueOf,
  weightedFit,
  type Observations,
} from './weightedFit.ts';

export interface LaggedOptions {
  anticipation?: number;
  minimumEffect?: number;
  /** Times before treatment that the earlier outcome is taken from, the last one before it included. */
  span?: number;
  about?: (unit: string) => boolean;
}

export interface LaggedOutcome extends Judged {
  treated: number;
  /** How much of a difference before is still there after, among those alike in treatment. */
  persistence: number | null;
}

interface Stacked {
  row: number;
  cohort: number;
  before: number;
  treated: boolean;
}

/** Weighted mean of a unit's outcomes in the `span` times before `cohort`; null where it has none. */
function outcomeBefore(panel: UnevenPanel, cohort: number, span: number): (number | null)[] {
  const sum = new Float64Array(panel.units);
  const weight = new Float64Array(panel.units);
  panel.time.forEach((time, row) => {
    if (time >= cohort || time < cohort - span) return;
    sum[panel.unit[row]!]! += panel.weights[row]! * panel.outcomes[row]!;
    weight[panel.unit[row]!]! += panel.weights[row]!;
  });
  return Array.from(sum, (total, unit) => (weight[unit]! > 0 ? total / weight[unit]! : null));
}

/** For each cohort: its rows from its first treated time on, and those of units untreated at these times. */
function stacked(panel: UnevenPanel, span: number, isAsked: (row: number) => boolean): Stacked[] {
  const cohorts = [...new Set(panel.firstTreated)].filter(Number.isFinite).sort((a, b) => a - b);
  return cohorts.flatMap((cohort) => {
    const before = outcomeBefore(panel, cohort, span);
    return panel.phase.flatMap((phase, row): Stacked[] => {
      const earlier = before[panel.unit[row]!]!;
      if (panel.time[row]! < cohort || earlier === null) return [];
      const treated = panel.firstTreated[row] === cohort;
      if (treated ? !isAsked(row) : phase !== 'clean') return [];
      return [{ row, cohort, before: earlier, treated }];
    });
  });
}

/**
 * The difference between treated and untreated units whose outcomes were alike before: the lagged-outcome
 * adjustment that brackets difference-in-differences in Ding & Li 2019, "A bracketing relationship between
 * difference-in-differences and lagged-dependent-variable adjustment", Political Analysis 27, 605–615. Cohorts are
 * stacked, each with its own effects of time; errors by `clusteredErrorOf`. It is right where the past outcome is why
 * someone was chosen (a bad spell), wrong where units differ for good in ways the past outcome shows only in part.
 */
export function laggedOutcome(given: readonly UnevenRow[], options: LaggedOptions = {}): LaggedOutcome {
  const { anticipation = 0, minimumEffect = 0, span = 4, about } = options;
  const panel = unevenPanel(given, anticipation);
  const all = stacked(panel, span, (row) => !about || about(panel.names[panel.unit[row]!]!));
  const key = ({ cohort, row }: Stacked) => `${cohort} ${panel.time[row]}`;
  // A time at which nobody of a cohort, or nobody else, has an outcome compares nothing.
  const sides = new Map<string, Set<boolean>>();
  for (const each of all) sides.set(key(each), (sides.get(key(each)) ?? new Set()).add(each.treated));
  const rows = all.filter((each) => sides.get(key(each))!.size === 2);
  if (rows.length === 0)
    throw new NoPanel('Nobody treated can be compared with someone whose past is known.');
  const pick = (column: Float64Array) => Float64Array.from(rows, ({ row }) => column[row]!);
  const observations: Observations = {
    outcomes: pick(panel.outcomes),
    weights: pick(panel.weights),
    cluster: Int32Array.from(rows, ({ row }) => panel.cluster[row]!),
    clusters: panel.clusters,
    unit: null,
    units: 0,
  };
  const times = [...new Set(rows.map(key))].map((at) =>
    Float64Array.from(rows, (each) => (key(each) === at ? 1 : 0)),
  );
  const before = Float64Array.from(rows, (each) => each.before);
  const treated = Float64Array.from(rows, (each) => (each.treated ? 1 : 0));
  const fit = weightedFit(observations, [...times, before, treated]);
  const formOf = (column: number) =>
    formOfCoefficients(
      fit,
      fit.place.map((_, at) => (at === column ? 1 : 0)),
    );
  const form = formOf(times.length + 1);
  if (!form) throw new NoPanel('The past outcome tells treated from untreated units by itself.');
  const clustersOf = (side: boolean) =>
    new Set(rows.filter((each) => each.treated === side).map(({ row }) => panel.cluster[row])).size;
  const found = clusteredErrorOf(fit, form, valueOf(form, observations));
  const apart = Math.min(clustersOf(true), clustersOf(false)) >= 2;
  const persistent = formOf(times.length);
  return {
    ...judge(apart ? found : { ...found, error: null }, minimumEffect),
    treated: new Set(rows.filter((each) => each.treated).map(({ row }) => panel.unit[row])).size,
    persistence: persistent && valueOf(persistent, observations),
  };
}
