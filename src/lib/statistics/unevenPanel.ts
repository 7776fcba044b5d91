import { NoPanel } from './panel.ts';
import type { Observations } from './weightedFit.ts';

/** What a unit's outcome was at a time, where there was one. Times are numbers in whole periods. */
export interface UnevenRow {
  unit: string;
  /** Where errors go together. */
  cluster: string;
  time: number;
  /** The first time at which the unit was treated; null where it never was. */
  firstTreated: number | null;
  outcome: number;
  /** What the outcome rests on: its noise has variance 1 ÷ weight. */
  weight: number;
}

/** Not treated and not about to be; about to be, when it may show already; treated. */
export type Phase = 'clean' | 'window' | 'treated';

export interface UnevenPanel extends Observations {
  unit: Int32Array;
  names: string[];
  time: Float64Array;
  times: number[];
  firstTreated: Float64Array;
  phase: Phase[];
  /** Of each cluster: whether it has treated units, and units to compare them with. */
  clusterNames: string[];
}

/** Numbers things by their first appearance. */
function numbered<Key>(keys: readonly Key[]): { at: Int32Array; names: Key[] } {
  const known = new Map<Key, number>();
  const at = Int32Array.from(keys, (key) => {
    const found = known.get(key) ?? known.size;
    known.set(key, found);
    return found;
  });
  return { at, names: [...known.keys()] };
}

export function phaseOf(time: number, firstTreated: number | null, anticipation: number): Phase {
  if (firstTreated === null || time < firstTreated - anticipation) return 'clean';
  return time < firstTreated ? 'window' : 'treated';
}

/**
 * A panel in which units may be missing at times. Rows without weight are left out. Throws `NoPanel` where a unit
 * is in two clusters, or has two rows of one time or two first times.
 */
export function unevenPanel(given: readonly UnevenRow[], anticipation: number): UnevenPanel {
  const rows = given.filter(({ weight, outcome }) => weight > 0 && Number.isFinite(outcome));
  const first = new Map<string, UnevenRow>();
  const seen = new Set<string>();
  for (const row of rows) {
    const known = first.get(row.unit) ?? row;
    first.set(row.unit, known);
    if (known.cluster !== row.cluster) throw new NoPanel(`Unit ${row.unit} is in two clusters.`);
    if (known.firstTreated !== row.firstTreated)
      throw new NoPanel(`Unit ${row.unit} has two first times of treatment.`);
    const key = `${row.time} ${row.unit}`;
    if (seen.has(key)) throw new NoPanel(`Unit ${row.unit} has two outcomes at ${row.time}.`);
    seen.add(key);
  }
  const units = numbered(rows.map(({ unit }) => unit));
  const clusters = numbered(rows.map(({ cluster }) => cluster));
  return {
    outcomes: Float64Array.from(rows, ({ outcome }) => outcome),
    weights: Float64Array.from(rows, ({ weight }) => weight),
    cluster: clusters.at,
    clusters: clusters.names.length,
    clusterNames: clusters.names,
    unit: units.at,
    units: units.names.length,
    names: units.names,
    time: Float64Array.from(rows, ({ time }) => time),
    times: [...new Set(rows.map(({ time }) => time))].sort((a, b) => a - b),
    firstTreated: Float64Array.from(rows, ({ firstTreated }) => firstTreated ?? Infinity),
    phase: rows.map(({ time, firstTreated }) => phaseOf(time, firstTreated, anticipation)),
  };
}

/** The panel's rows that pass a test, units and clusters numbered anew. */
export function narrowed(panel: UnevenPanel, keep: (row: number) => boolean): UnevenPanel {
  const rows = panel.phase.flatMap((_, row) => (keep(row) ? [row] : []));
  const units = numbered(rows.map((row) => panel.unit[row]!));
  const clusters = numbered(rows.map((row) => panel.cluster[row]!));
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return {
    outcomes: pick(panel.outcomes),
    weights: pick(panel.weights),
    cluster: clusters.at,
    clusters: clusters.names.length,
    clusterNames: clusters.names.map((at) => panel.clusterNames[at]!),
    unit: units.at,
    units: units.names.length,
    names: units.names.map((at) => panel.names[at]!),
    time: pick(panel.time),
    times: [...new Set(rows.map((row) => panel.time[row]!))].sort((a, b) => a - b),
    firstTreated: pick(panel.firstTreated),
    phase: rows.map((row) => panel.phase[row]!),
  };
}

/** One column for each time but the first: 1 at that time. */
export const timeColumns = ({ times, time }: UnevenPanel): Float64Array[] =>
  times.slice(1).map((at) => time.map((value) => (value === at ? 1 : 0)));

/**
 * The times and units that clean rows tie together: of a treated row outside of them nothing says what it would have
 * been. Where several such groups hang apart, the one with most clean rows.
 */
export function comparable({ unit, time, phase }: UnevenPanel): { units: Set<number>; times: Set<number> } {
  const group = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    while (group.get(at) !== at) at = group.get(at)!;
    return at;
  };
  const clean = phase.flatMap((is, row) => (is === 'clean' ? [row] : []));
  for (const row of clean) {
    const [u, t] = [`u${unit[row]}`, `t${time[row]}`];
    for (const key of [u, t]) if (!group.has(key)) group.set(key, key);
    group.set(root(u), root(t));
  }
  const size = new Map<string, number>();
  for (const row of clean) size.set(root(`u${unit[row]}`), (size.get(root(`u${unit[row]}`)) ?? 0) + 1);
  const largest = [...size].sort((a, b) => b[1] - a[1])[0]?.[0];
  const within = clean.filter((row) => root(`u${unit[row]}`) === largest);
  return { units: new Set(within.map((row) => unit[row]!)), times: new Set(within.map((row) => time[row]!)) };
}
