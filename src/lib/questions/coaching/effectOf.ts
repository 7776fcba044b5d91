import { beforeAfter, type BeforeAfter } from '../../statistics/beforeAfter.ts';
import { imputedDifference, type ImputedDifference } from '../../statistics/imputedDifference.ts';
import { laggedOutcome, type LaggedOutcome } from '../../statistics/laggedOutcome.ts';
import { NoPanel } from '../../statistics/panel.ts';
import { placeboDate } from '../../statistics/placeboDate.ts';
import { staggeredDifference } from '../../statistics/staggeredDifference.ts';
import type { UnevenRow } from '../../statistics/unevenPanel.ts';
import type { Judged } from '../../statistics/verdict.ts';

/** What a rep's quarter came to in one outcome, for a rep who closed something in it. */
export interface RepQuarter {
  rep: string;
  /** Who decides on the rep's coaching: whose reps' noise goes together. */
  manager: string;
  /** Quarters counted from any first one. */
  quarter: number;
  /** The quarter in which the coaching cadence started; null where none has. */
  firstCoached: number | null;
  /** The outcome as it is, and less what the deal mix alone would give. */
  raw: number;
  adjusted: number;
  /** Deals of equal size that it rests on. */
  weight: number;
}

export interface EffectSettings {
  /** Quarters before the start that are neither base nor effect. */
  anticipation: number;
  /** The smallest effect worth acting on, in the outcome's unit. */
  minimumEffect: number;
  /** Reps whose coaching is judged; all where not given. */
  about?: (rep: string) => boolean;
}

export interface MainEffect {
  /** Null where nothing can be compared; `why` says so. */
  main: ImputedDifference | null;
  why: string | null;
}

/** The same effect by every other comparison; null where there is no panel for it. */
export interface Comparisons {
  /** Against reps never coached alone, and against those coached later alone. */
  never: ImputedDifference | null;
  later: ImputedDifference | null;
  /** Callaway & Sant'Anna's own estimator, over reps with an outcome in every quarter. */
  complete: (Judged & { units: number }) | null;
  lagged: LaggedOutcome | null;
  naive: BeforeAfter | null;
  /** A start that never was. */
  pretended: Judged | null;
}

/** The answer, or nothing where there is no panel for it. */
function orNothing<Answer>(work: () => Answer): Answer | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NoPanel)) throw error;
    return null;
  }
}

const rowsOf = (quarters: readonly RepQuarter[], outcome: 'raw' | 'adjusted'): UnevenRow[] =>
  quarters.map(({ rep, manager, quarter, firstCoached, weight, [outcome]: value }) => ({
    ...{ unit: rep, cluster: manager, time: quarter, firstTreated: firstCoached, outcome: value, weight },
  }));

/** The interval that the page leads with, alone: what its coverage is tried on. */
export function mainEffect(quarters: readonly RepQuarter[], settings: EffectSettings): ImputedDifference {
  return imputedDifference(rowsOf(quarters, 'adjusted'), settings);
}

/** Why nothing can be compared, in a sentence. */
function whyNot(quarters: readonly RepQuarter[], { anticipation, about }: EffectSettings): string {
  const times = new Set(quarters.map(({ quarter }) => quarter));
  if (times.size === 0) return 'No quarter that is over has deals to tell it by.';
  if (times.size === 1)
    return 'There is one quarter of history, and nothing before coaching to compare with.';
  const asked = quarters.filter(({ rep, firstCoached }) => firstCoached !== null && (!about || about(rep)));
  if (asked.length === 0) return 'Nobody who is asked about was coached more than once within 60 days.';
  const last = Math.max(...times);
  if (asked.every(({ firstCoached }) => firstCoached! > last))
    return 'Coaching began after the last quarter that is over.';
  return `No coached rep has deals both since coaching began and more than ${anticipation === 1 ? 'a quarter' : `${anticipation} quarters`} before, with others not coached beside them.`;
}

/** The same, or why it can't be had. */
export function effectOrWhy(quarters: readonly RepQuarter[], settings: EffectSettings): MainEffect {
  const main = orNothing(() => mainEffect(quarters, settings));
  return { main, why: main ? null : whyNot(quarters, settings) };
}

/** What coaching did to an outcome by every comparison that the page sets beside its own. */
export function comparisonsOf(quarters: readonly RepQuarter[], settings: EffectSettings): Comparisons {
  const adjusted = rowsOf(quarters, 'adjusted');
  const against = (controls: 'never' | 'later') =>
    orNothing(() => imputedDifference(adjusted, { ...settings, controls, leads: 0 }));
  const complete = settings.about
    ? null
    : orNothing(() => staggeredDifference(adjusted, { ...settings, control: 'not-yet', base: 'universal' }));
  return {
    never: against('never'),
    later: against('later'),
    complete: complete && { ...complete.overall, units: complete.units },
    lagged: orNothing(() => laggedOutcome(adjusted, settings)),
    naive: orNothing(() => beforeAfter(rowsOf(quarters, 'raw'), settings)),
    pretended: orNothing(() => placeboDate(adjusted, settings))?.overall ?? null,
  };
}
