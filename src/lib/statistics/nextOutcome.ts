import { judge, type Judged } from './verdict.ts';

/** A unit's outcomes one after another, such as a customer's discounts beyond what such deals usually get. */
export interface Path {
  unit: string;
  outcomes: readonly number[];
}

export interface NextOutcome {
  /** How much more the next outcome is for 1 more of this one, within the unit. */
  within: Judged;
  /** Runs of three that it rests on, and the units they are of. */
  runs: number;
  units: number;
  /** The same between units and within them together: also what a unit always has. */
  together: Judged;
  pairs: number;
  pairUnits: number;
}

/** Below this F the instrument says too little: Staiger & Stock 1997, Econometrica 65, 557–586. */
const WEAK = 10;

/** Ours: an error that rests on fewer units is no error. */
export const FEWEST_UNITS = 20;

interface Moment {
  /** Σ instrument × cause, and Σ instrument × effect, of one unit. */
  cause: number;
  effect: number;
}

/** Σ effect ÷ Σ cause, with an error that lets everything within a unit hang together (Arellano 1987). */
function ratioOf(units: readonly Moment[], smallest: number, weakest: number): Judged {
  const cause = units.reduce((sum, unit) => sum + unit.cause, 0);
  const effect = units.reduce((sum, unit) => sum + unit.effect, 0);
  const count = units.length;
  const estimate = cause === 0 ? 0 : effect / cause;
  const scatter = units.reduce((sum, unit) => sum + (unit.effect - estimate * unit.cause) ** 2, 0);
  const mean = cause / Math.max(1, count);
  const firstStage = units.reduce((sum, unit) => sum + (unit.cause - mean) ** 2, 0);
  const told = count >= FEWEST_UNITS && cause !== 0 && cause ** 2 / firstStage >= weakest;
  const error = told ? Math.sqrt((scatter * count) / (count - 1)) / Math.abs(cause) : null;
  return judge({ estimate, error, df: count - 1 }, smallest);
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Whether one outcome goes with the next. Within a unit: changes of one outcome to the next against the changes before,
 * with the outcome before these for the instrument, so that what a unit always has falls out and short paths do no harm
 * (Anderson & Hsiao 1981, "Estimation of dynamic models with error components", JASA 76, 598–606; a regression on the
 * unit's own mean would be too low by Nickell 1981, Econometrica 49, 1417–1426). Errors are clustered by unit. It takes
 * paths of three or more. `smallest`: the smallest slope worth acting on. Association: what the next outcome was
 * decided by is not known.
 */
export function nextOutcome(paths: readonly Path[], smallest: number): NextOutcome {
  const all = paths.flatMap(({ outcomes }) => outcomes);
  const middle = all.length > 0 ? meanOf(all) : 0;
  let [runs, pairs] = [0, 0];
  const within: Moment[] = [];
  const together: Moment[] = [];
  for (const { outcomes } of paths) {
    const centred = outcomes.map((value) => value - middle);
    const changes: Moment = { cause: 0, effect: 0 };
    const levels: Moment = { cause: 0, effect: 0 };
    for (let at = 1; at < centred.length; at += 1) {
      const [before, now] = [centred[at - 1]!, centred[at]!];
      levels.cause += before * before;
      levels.effect += before * now;
      pairs += 1;
      if (at < 2) continue;
      const instrument = centred[at - 2]!;
      changes.cause += instrument * (before - instrument);
      changes.effect += instrument * (now - before);
      runs += 1;
    }
    if (outcomes.length > 1) together.push(levels);
    if (outcomes.length > 2) within.push(changes);
  }
  return {
    ...{ within: ratioOf(within, smallest, WEAK), runs, units: within.length },
    ...{ together: ratioOf(together, smallest, 0), pairs, pairUnits: together.length },
  };
}
