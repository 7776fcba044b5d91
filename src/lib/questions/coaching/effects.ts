import type { Asking } from '../../asking/asking.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Scope } from '../../metrics/request.ts';
import { survivors } from '../../statistics/falseDiscovery.ts';
import { twoSidedT } from '../../statistics/studentT.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { doseOf, type Dose } from './dose.ts';
import {
  comparisonsOf,
  effectOrWhy,
  mainEffect,
  type Comparisons,
  type EffectSettings,
  type MainEffect,
} from './effectOf.ts';
import {
  discountRate,
  forecastBias,
  forecastsKnown,
  programmeRate,
  quartersOf,
  winRate,
  type Outcome,
} from './outcomes.ts';
import { repQuarterRows, type RepQuarterRow } from './repQuarterRows.ts';
import { repsAsked } from './repsAsked.ts';

/** Ours: quarters before the start that selection may show in; `anticipation` in the address. */
export const ANTICIPATION = 1;
const MOST_ANTICIPATION = 3;

/** How many fewer comparisons that are false may be among those stated. */
const FALSE_DISCOVERIES = 0.1;

export interface OutcomeEffect extends MainEffect {
  outcome: Outcome;
  minimumEffect: number;
  /** An effect that survives the false-discovery rate over all outcomes looked at. */
  stands: boolean;
}

export interface Effects {
  anticipation: number;
  /** The outcomes that there is data for. */
  outcomes: OutcomeEffect[];
  chosen: OutcomeEffect & Comparisons;
  /** The effect on what coaching can't move; null where there is none. */
  placebo: OutcomeEffect | null;
  dose: Dose;
  /** Managers aren't known: noise is taken rep by rep. */
  byRep: boolean;
}

/** The anticipation window asked for, in quarters. Throws BadRequest for one that is none. */
export function readAnticipation(search: URLSearchParams): number {
  const text = search.get('anticipation') ?? String(ANTICIPATION);
  const choices = Array.from({ length: MOST_ANTICIPATION + 1 }, (_, quarters) => String(quarters));
  if (!choices.includes(text))
    throw new BadRequest('anticipation', `"${text}" is not a number of quarters.`, choices);
  return Number(text);
}

const named: readonly string[] = ['discount_rate', 'win_rate', 'forecast_bias'] satisfies Outcome['id'][];

/** The outcome asked for; null where none is named. Throws BadRequest for one that is none. */
export function readOutcome(search: URLSearchParams): string | null {
  const name = search.get('outcome');
  if (name !== null && !named.includes(name))
    throw new BadRequest('outcome', `"${name}" is not an outcome of coaching.`, named);
  return name;
}

/** The smallest effect worth acting on, as a fraction, from the configuration that the build was made with. */
export function minimumEffectOf(warehouse: Warehouse, id: Outcome['id']): number {
  const { minimumEffect } = JSON.parse(warehouse.build.configuration) as {
    minimumEffect: Record<string, number>;
  };
  return (minimumEffect[id === 'programme_rate' ? 'discount_rate' : id] ?? 0) / 100;
}

const chance = ({ main }: MainEffect) =>
  main?.overall.error ? twoSidedT(main.overall.estimate / main.overall.error, main.overall.df) : 1;

function judged(warehouse: Warehouse, rows: readonly RepQuarterRow[], outcome: Outcome, settings: object) {
  const minimumEffect = minimumEffectOf(warehouse, outcome.id);
  const quarters = quartersOf(rows, outcome);
  const all = { anticipation: ANTICIPATION, minimumEffect, ...settings } satisfies EffectSettings;
  return { outcome, minimumEffect, ...effectOrWhy(quarters, all) };
}

/** What coaching did to each outcome, for the reps asked about, against all who were not coached at the time. */
export async function effects(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Effects> {
  const anticipation = readAnticipation(asking.search);
  const [rows, asked] = await Promise.all([
    repQuarterRows(warehouse, asking, scope),
    repsAsked(warehouse, asking, scope),
  ]);
  const settings = { anticipation, ...(asked ? { about: (rep: string) => asked.has(rep) } : {}) };
  const known = [discountRate(rows), winRate, ...(forecastsKnown(rows) ? [forecastBias] : [])];
  const looked = known.map((outcome) => judged(warehouse, rows, outcome, settings));
  const kept = survivors(looked.map(chance), FALSE_DISCOVERIES);
  const outcomes = looked.map((each, at) => ({
    ...each,
    stands: kept[at]! && each.main?.overall.verdict === 'effect' && !each.main.leads.flag,
  }));
  const name = readOutcome(asking.search) ?? outcomes[0]!.outcome.id;
  const chosen = outcomes.find(({ outcome }) => outcome.id === name);
  if (!chosen)
    throw new BadRequest(
      'outcome',
      `Nothing is known of "${name}".`,
      outcomes.map(({ outcome }) => outcome.id),
    );
  const placebo = judged(warehouse, rows, programmeRate, settings);
  const quarters = quartersOf(rows, chosen.outcome);
  const all = { ...settings, minimumEffect: chosen.minimumEffect };
  const dose = await doseOf(warehouse, asking, scope, asked, (about) => {
    return mainEffect(quarters, { ...all, about }).overall;
  });
  return {
    anticipation,
    outcomes,
    chosen: { ...chosen, ...comparisonsOf(quarters, all) },
    placebo: placebo.main ? { ...placebo, stands: false } : null,
    dose,
    byRep: rows.length > 0 && rows.every(({ manager }) => manager === null),
  };
}
