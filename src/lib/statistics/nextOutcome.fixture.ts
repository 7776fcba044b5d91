import type { Path } from './nextOutcome.ts';
import { normalFrom } from './random.ts';

export interface MadePaths {
  units: number;
  /** From so few to so many outcomes a unit. */
  outcomes: [number, number];
  /** How much of an outcome's departure the next one takes over. */
  carried: number;
  /** Standard deviation of what a unit always has, in standard deviations of one outcome's own. */
  always: number;
}

/** Discounts beyond what such deals get, in shares of list: each customer's own, and what one takes from the last. */
export function madePaths({ units, outcomes, carried, always }: MadePaths, random: () => number): Path[] {
  const normal = normalFrom(random);
  const [fewest, most] = outcomes;
  const OWN = 0.05;
  return Array.from({ length: units }, (_, at): Path => {
    const usual = always * OWN * normal();
    const count = fewest + Math.floor(random() * (most - fewest + 1));
    const made: number[] = [];
    let departure = 0;
    for (let k = 0; k < count; k += 1) {
      departure = carried * departure + OWN * normal();
      made.push(usual + departure);
    }
    return { unit: `customer ${at}`, outcomes: made };
  });
}
