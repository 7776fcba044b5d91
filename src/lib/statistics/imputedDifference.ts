import type { ClusteredEstimate } from './clusteredError.ts';
import { NoPanel } from './panel.ts';
import {
  comparable,
  narrowed,
  timeColumns,
  unevenPanel,
  type UnevenPanel,
  type UnevenRow,
} from './unevenPanel.ts';
import { twoSidedT } from './studentT.ts';
import { judge, type Judged } from './verdict.ts';
import {
  clusteredErrorOf,
  formOfCoefficients,
  valueOf,
  weightedFit,
  type WeightedFit,
} from './weightedFit.ts';

export interface ImputedOptions {
  /** Times before treatment that it may already show in: neither base nor effect. */
  anticipation?: number;
  /** The smallest effect worth acting on, in the outcome's unit. */
  minimumEffect?: number;
  /** Who says what would have been: all who are not treated at a time, only never treated ones, or only later ones. */
  controls?: 'not-yet' | 'never' | 'later';
  /** How many times before the window are tested for a difference that was there already. */
  leads?: number;
  /** Whose effect is asked for; everyone's where not given. Others still say what would have been. */
  about?: (unit: string) => boolean;
}

export interface EventEffect extends Judged {
  /** Times since treatment began: 0 is the first treated one. */
  event: number;
  phase: 'before' | 'window' | 'after';
  /** Outcomes behind it. */
  n: number;
}

export interface ImputedDifference {
  overall: Judged;
  events: EventEffect[];
  leads: { tested: number; p: number | null; flag: boolean };
  /** Treated and comparable units, what they rest on, and where errors go together. */
  treated: number;
  untreated: number;
  neverTreated: number;
  treatedOutcomes: number;
  clusters: number;
  treatedClusters: number;
  /** Treated outcomes at times or of units that nothing untreated speaks for. */
  leftOut: number;
}

/** Ours: fewer managers with coached reps than this, or with reps to compare, and noise can't be told from effect. */
export const CLUSTERS_A_SIDE = 2;

const LEADS = 3;
const NEXT_TO_NOTHING = 1e-7;
const nothing: ClusteredEstimate = { estimate: 0, error: null, df: 0, scores: new Float64Array(0) };

interface Fitted {
  panel: UnevenPanel;
  /** What clean rows say of times, with the columns they were asked about. */
  clean: WeightedFit;
  cleanRows: number[];
  /** What is left when unit, time and one effect are taken out of all rows: what noise is seen by. */
  noise: WeightedFit;
}

/** `say`: how much the past of a row's unit says of what times do; what it says of the unit itself stays. */
function fitted(panel: UnevenPanel, say: (row: number) => number): Fitted {
  const cleanRows = panel.phase.flatMap((phase, row) => (phase === 'clean' ? [row] : []));
  const is = new Set(cleanRows);
  const clean = narrowed(panel, (row) => is.has(row));
  const untreated = { ...clean, weights: clean.weights.map((weight, at) => weight * say(cleanRows[at]!)) };
  const columns = panel.times.slice(1).map((at) => untreated.time.map((value) => (value === at ? 1 : 0)));
  const effect = Float64Array.from(panel.phase, (phase) => (phase === 'treated' ? 1 : 0));
  return {
    panel,
    clean: weightedFit(untreated, columns),
    cleanRows,
    noise: weightedFit(panel, [...timeColumns(panel), effect]),
  };
}

/** The form, on the scale of noise, of Σ share × (outcome − what clean rows impute) over treated rows. */
function imputedForm({ panel, clean, cleanRows }: Fitted, rows: readonly number[]): Float64Array | null {
  const total = rows.reduce((sum, row) => sum + panel.weights[row]!, 0);
  const form = new Float64Array(panel.weights.length);
  const ofUnit = new Float64Array(panel.units);
  const combination = new Array<number>(panel.times.length - 1).fill(0);
  const at = new Map(panel.times.map((time, index) => [time, index - 1]));
  for (const row of rows) {
    const share = panel.weights[row]! / total;
    form[row]! += share;
    ofUnit[panel.unit[row]!]! += share;
    const column = at.get(panel.time[row]!)!;
    if (column >= 0) combination[column]! -= share;
  }
  const weight = new Float64Array(panel.units);
  for (const row of cleanRows) weight[panel.unit[row]!]! += panel.weights[row]!;
  for (const row of cleanRows) {
    const unit = panel.unit[row]!;
    const part = ofUnit[unit]! === 0 ? 0 : (ofUnit[unit]! * panel.weights[row]!) / weight[unit]!;
    form[row]! -= part;
    const column = at.get(panel.time[row]!)!;
    if (column >= 0) combination[column]! += part;
  }
  const ofTimes = formOfCoefficients(clean, combination);
  if (!ofTimes) return null;
  const { weights } = clean.observations;
  cleanRows.forEach((row, index) => (form[row]! += ofTimes[index]! * Math.sqrt(weights[index]!)));
  return form.map((value, row) => value / Math.sqrt(panel.weights[row]!));
}

function effectOf(model: Fitted, rows: readonly number[]): ClusteredEstimate {
  const form = rows.length > 0 ? imputedForm(model, rows) : null;
  if (!form) return nothing;
  return clusteredErrorOf(model.noise, form, valueOf(form, model.panel));
}

/**
 * The chance that noise alone takes any of these as far from zero: Bonferroni's bound (Dunn 1961, "Multiple
 * comparisons among means", JASA 56, 52–64). With few clusters draws of signs call noise a difference too often.
 */
function chanceOfAny(found: readonly ClusteredEstimate[]): number | null {
  const chances = found.flatMap(({ estimate, error, df }) =>
    error === null ? [] : [twoSidedT(estimate / error, df)],
  );
  return chances.length > 0 ? Math.min(1, chances.length * Math.min(...chances)) : null;
}

/** Differences before treatment, one for each of the last times before it, against all clean rows before those. */
function beforeTreatment(panel: UnevenPanel, from: number, asked: (row: number) => boolean) {
  const rows = narrowed(panel, (row) => panel.phase[row] !== 'treated');
  const kept = panel.phase.flatMap((phase, row) => (phase === 'treated' ? [] : [row]));
  const events = Array.from({ length: from }, (_, back) => -1 - back);
  const column = (event: number, about: boolean) =>
    Float64Array.from(kept, (row) =>
      panel.time[row]! - panel.firstTreated[row]! === event && asked(row) === about ? 1 : 0,
    );
  const times = timeColumns(rows);
  // Those not asked about have leads of their own, which are taken out and not looked at.
  const others = events.map((event) => column(event, false)).filter((each) => each.includes(1));
  const fit = weightedFit(rows, [...times, ...others, ...events.map((event) => column(event, true))]);
  return events.map((event, index) => {
    const place = times.length + others.length + index;
    const combination = fit.place.map((_, at) => (at === place ? 1 : 0));
    const form = formOfCoefficients(fit, combination);
    const n = column(event, true).reduce((sum, value) => sum + value, 0);
    const found = form && n > 0 ? clusteredErrorOf(fit, form, valueOf(form, rows)) : nothing;
    return { event, n, found, known: form !== null && n > 0 };
  });
}

/**
 * The effect of a treatment that starts at different times, where units may lack an outcome at some times and
 * outcomes rest on more or less: what would have been is imputed from unit and time effects of untreated rows.
 * Borusyak, Jaravel & Spiess 2024, "Revisiting event-study designs: robust and efficient estimation", Review of
 * Economic Studies 91, 3253–3285: the not-yet-treated comparison of Callaway & Sant'Anna 2021, from every clean time
 * instead of the last one alone, averaged over treated outcomes by weight. Leads come from untreated rows alone, as
 * there. Errors by `clusteredErrorOf`, intervals by Student's t. Throws `NoPanel` where nothing can be compared.
 */
export function imputedDifference(
  given: readonly UnevenRow[],
  options: ImputedOptions = {},
): ImputedDifference {
  const { anticipation = 0, minimumEffect = 0, controls = 'not-yet', leads = LEADS, about } = options;
  const rows = controls === 'later' ? given.filter(({ firstTreated }) => firstTreated !== null) : given;
  const chosen = unevenPanel(rows, anticipation);
  const { units, times } = comparable(chosen);
  const isComparable = (row: number) => units.has(chosen.unit[row]!) && times.has(chosen.time[row]!);
  const usable = narrowed(chosen, (row) => isComparable(row) && chosen.phase[row] !== 'window');
  const asks = (panel: UnevenPanel) => (row: number) => !about || about(panel.names[panel.unit[row]!]!);
  const isAsked = asks(usable);
  const treatedRows = usable.phase.flatMap((phase, row) =>
    phase === 'treated' && isAsked(row) ? [row] : [],
  );
  const all = asks(chosen);
  const everTreated = chosen.phase.flatMap((phase, row) => (phase === 'treated' && all(row) ? [row] : []));
  if (treatedRows.length === 0)
    throw new NoPanel(
      everTreated.length === 0
        ? 'Nobody who is asked about has an outcome after treatment began.'
        : 'Nobody treated has both an earlier outcome and someone untreated at the same time.',
    );
  const isNever = (row: number) => !Number.isFinite(usable.firstTreated[row]!);
  const model = fitted(usable, (row) => (controls === 'never' && !isNever(row) ? NEXT_TO_NOTHING : 1));
  const distinct = (rows: readonly number[], of: Int32Array) => new Set(rows.map((row) => of[row]!)).size;
  const cleanRows = model.cleanRows;
  const treatedClusters = distinct(treatedRows, usable.cluster);
  const never = usable.phase.flatMap((_, row) => (isNever(row) ? [row] : []));
  const apart = Math.min(treatedClusters, distinct(cleanRows, usable.cluster)) >= CLUSTERS_A_SIDE;
  const judged = (found: ClusteredEstimate): Judged =>
    judge(apart ? found : { ...found, error: null }, minimumEffect);
  const since = (row: number) => usable.time[row]! - usable.firstTreated[row]!;
  const after = [...new Set(treatedRows.map(since))].sort((a, b) => a - b);
  const before = controls === 'not-yet' ? beforeTreatment(chosen, anticipation + leads, asks(chosen)) : [];
  const tested = before
    .filter(({ event, known }) => event < -anticipation && known)
    .map(({ found }) => found);
  const p = apart ? chanceOfAny(tested) : null;
  return {
    overall: judged(effectOf(model, treatedRows)),
    events: [
      ...before
        .filter(({ known }) => known)
        .reverse()
        .map(({ event, n, found }): EventEffect => {
          return { event, n, phase: event < -anticipation ? 'before' : 'window', ...judged(found) };
        }),
      ...after.map((event): EventEffect => {
        const rows = treatedRows.filter((row) => since(row) === event);
        return { event, n: rows.length, phase: 'after', ...judged(effectOf(model, rows)) };
      }),
    ],
    leads: { tested: tested.filter(({ error }) => error !== null).length, p, flag: p !== null && p < 0.05 },
    treated: distinct(treatedRows, usable.unit),
    untreated: distinct(cleanRows, usable.unit),
    neverTreated: distinct(never, usable.unit),
    treatedOutcomes: treatedRows.length,
    clusters: usable.clusters,
    treatedClusters,
    leftOut: everTreated.length - treatedRows.length,
  };
}
