import type { Random } from './random.ts';
import type { CompanySettings, PlantedSettings } from './settings.ts';

/** The points of discount that one cause adds to a deal's discretionary lines. */
export interface Effects {
  leakingRep: number;
  leakingRegion: number;
  quarterEnd: number;
  unearned: number;
  coaching: number;
  badSpell: number;
  weakRep: number;
  value: number;
}

export type Effect = keyof Effects;
export const EFFECTS: Effect[] = [
  'leakingRep',
  'leakingRegion',
  'quarterEnd',
  'unearned',
  'coaching',
  'badSpell',
  'weakRep',
  'value',
];

export function noEffects(): Effects {
  return {
    leakingRep: 0,
    leakingRegion: 0,
    quarterEnd: 0,
    unearned: 0,
    coaching: 0,
    badSpell: 0,
    weakRep: 0,
    value: 0,
  };
}

/** What chance decides about one discretionary rate, drawn once, so that a rate can be asked for again without an effect. */
export interface RateDraws {
  noise: number;
  pull: number;
  depth: number;
  heap: number;
}

export function drawRate(random: Random, spread: number): RateDraws {
  return { noise: random.normal() * spread, pull: random.next(), depth: random.next(), heap: random.next() };
}

export interface Rate {
  /** Tenths of a percent, so that rates are whole numbers too. */
  permille: number;
  /** Wanted above the approval limit and ended at or just below it. */
  pulled: boolean;
}

/**
 * The rate that a rep writes for a wanted discount in points: rounded as people round, and drawn
 * back to the approval limit where it was wanted a little above.
 */
export function writtenRate(wanted: number, draws: RateDraws, planted: PlantedSettings): Rate {
  const { limit, heaping } = planted;
  const points = Math.min(60, Math.max(0.5, wanted + draws.noise));
  if (points > limit.rate && points <= limit.rate + limit.reach && draws.pull < limit.pulled) {
    const below = draws.depth < 0.6 ? 0 : Math.floor((draws.depth - 0.6) * 20);
    return { permille: limit.rate * 10 - below, pulled: true };
  }
  const { fives, tens, whole } = heaping;
  let step = 1;
  if (draws.heap < tens) step = 100;
  else if (draws.heap < tens + fives) step = 50;
  else if (draws.heap < tens + fives + whole) step = 10;
  return {
    permille: Math.max(step === 1 ? 5 : step, Math.round((points * 10) / step) * step),
    pulled: false,
  };
}

/** Points that deal type, segment and size ask for, before anything planted. */
export function usualPoints(
  company: CompanySettings,
  base: number,
  segment: number,
  listInUsd: number,
): number {
  const { size_slope, usual_list } = company.discounts;
  const doublings = Math.log2(Math.max(listInUsd, 500) / usual_list);
  return base + segment + size_slope * Math.min(5, Math.max(-4, doublings));
}
