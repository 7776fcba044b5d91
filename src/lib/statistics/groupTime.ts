import type { Panel } from './panel.ts';

export interface GroupTimeOptions {
  /** Compared with units never treated, or with all not treated yet at that time. */
  control: 'never' | 'not-yet';
  /** Before treatment compare with the time before (varying) or always with the last clean time (universal). */
  base: 'varying' | 'universal';
  /** Times before treatment that it may already show in. */
  anticipation: number;
}

/** The effect on one cohort (`group`: its first treated time) at one time, and who it was found from. */
export interface GroupTime {
  group: number;
  time: number;
  estimate: number;
  /** Indexes of times compared; equal where the effect is zero by definition. */
  at: number;
  from: number;
  treated: number[];
  controls: number[];
}

const meanChange = ({ units }: Panel, members: number[], at: number, from: number) =>
  members.reduce((sum, unit) => sum + units[unit]!.outcomes[at]! - units[unit]!.outcomes[from]!, 0) /
  members.length;

/** The index of the time that cohort `group` at time `at` is compared with; −1 where there is none. */
function baseOf(times: number[], group: number, at: number, { base, anticipation }: GroupTimeOptions) {
  if (base === 'varying' && times[at]! < group) return at - 1;
  return times.findLastIndex((time) => time + anticipation < group);
}

/**
 * Group-time average treatment effects without covariates: the mean change of a cohort from its base time less
 * that of its controls. Callaway & Sant'Anna 2021, "Difference-in-differences with multiple time periods",
 * Journal of Econometrics 225, 200–230. Cells without controls are left out.
 */
export function groupTimes(panel: Panel, options: GroupTimeOptions): GroupTime[] {
  const { times, units } = panel;
  const cohort = (group: number | null) =>
    units.flatMap(({ firstTreated }, unit) => (firstTreated === group ? [unit] : []));
  const never = cohort(null);
  return panel.cohorts.flatMap((group) => {
    const treated = cohort(group);
    return times.flatMap((time, at): GroupTime[] => {
      const from = baseOf(times, group, at, options);
      if (from < 0) return [];
      const untreatedUntil = Math.max(time, times[from]!) + options.anticipation;
      const controls =
        options.control === 'never'
          ? never
          : units.flatMap(({ firstTreated }, unit) =>
              firstTreated === null || (firstTreated > untreatedUntil && firstTreated !== group)
                ? [unit]
                : [],
            );
      if (controls.length === 0) return [];
      const estimate = meanChange(panel, treated, at, from) - meanChange(panel, controls, at, from);
      return [{ group, time, estimate, at, from, treated, controls }];
    });
  });
}
