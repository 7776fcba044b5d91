/** One row of a panel: what a unit's outcome was at a time. Times are numbers in whole periods. */
export interface PanelRow {
  unit: string;
  time: number;
  /** The first time at which the unit was treated; null where it never was. */
  firstTreated: number | null;
  outcome: number;
  /** Where errors go together; the unit itself where not given. */
  cluster?: string;
}

export interface Panel {
  times: number[];
  units: { name: string; cluster: number; firstTreated: number | null; outcomes: Float64Array }[];
  clusters: number;
  /** First times of treatment that have an untreated time before them, ascending. */
  cohorts: number[];
  warnings: string[];
}

/** Data that no panel can be made of: what is wrong, in a sentence. */
export class NoPanel extends Error {}

interface UnitRows {
  cluster: string;
  firstTreated: number | null;
  outcomes: Map<number, number>;
}

function byUnit(rows: readonly PanelRow[]): Map<string, UnitRows> {
  const units = new Map<string, UnitRows>();
  for (const { unit, time, firstTreated, outcome, cluster = unit } of rows) {
    const found = units.get(unit);
    if (!found) {
      units.set(unit, { cluster, firstTreated, outcomes: new Map([[time, outcome]]) });
      continue;
    }
    if (found.firstTreated !== firstTreated)
      throw new NoPanel(`Unit ${unit} has two first times of treatment.`);
    if (found.cluster !== cluster) throw new NoPanel(`Unit ${unit} is in two clusters.`);
    if (found.outcomes.has(time)) throw new NoPanel(`Unit ${unit} has two outcomes at ${time}.`);
    found.outcomes.set(time, outcome);
  }
  return units;
}

const several = (n: number, thing: string) => `${n} ${thing}${n === 1 ? '' : 's'}`;

/**
 * A balanced panel of rows. Units without an outcome at every time, and units with no untreated time before
 * treatment (less `anticipation`), are left out and counted in the warnings; treatment that starts after the
 * last time is none yet.
 */
export function panelOf(rows: readonly PanelRow[], anticipation = 0): Panel {
  const times = [...new Set(rows.map(({ time }) => time))].sort((a, b) => a - b);
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < 2)
    throw new NoPanel('A panel needs outcomes at two times or more.');
  const warnings: string[] = [];
  const clusters = new Map<string, number>();
  const units: Panel['units'] = [];
  let gaps = 0;
  let always = 0;
  for (const [name, { cluster, firstTreated, outcomes }] of byUnit(rows)) {
    if (outcomes.size < times.length) gaps += 1;
    else if (firstTreated !== null && firstTreated - anticipation <= first) always += 1;
    else {
      if (!clusters.has(cluster)) clusters.set(cluster, clusters.size);
      units.push({
        name,
        cluster: clusters.get(cluster)!,
        firstTreated: firstTreated !== null && firstTreated - anticipation > last ? null : firstTreated,
        outcomes: Float64Array.from(times, (time) => outcomes.get(time)!),
      });
    }
  }
  if (gaps > 0) warnings.push(`${several(gaps, 'unit')} left out: no outcome at some time.`);
  if (always > 0) warnings.push(`${several(always, 'unit')} left out: treated from the first time on.`);
  const cohorts = [...new Set(units.flatMap(({ firstTreated }) => firstTreated ?? []))];
  if (cohorts.length === 0) throw new NoPanel('No unit starts treatment within the times given.');
  return { times, units, clusters: clusters.size, cohorts: cohorts.sort((a, b) => a - b), warnings };
}
