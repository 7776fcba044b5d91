import type { SideSums, SplitUnit } from './persistentExcess.ts';

/** Deals of one unit on one side of a split of time, with what is expected of each of them. */
export interface SplitPart {
  unit: string;
  side: 0 | 1;
  deals: number;
  /** Σ (rate − expected), every deal counted once, and the variance of its noise. */
  excess: number;
  variance: number;
  list: number;
  squares: number;
  /** Σ list × (rate − expected). */
  dollars: number;
}

const none = (): SideSums => ({ deals: 0, excess: 0, variance: 0, list: 0, squares: 0, dollars: 0 });

/** Sums parts by unit and side. Units that are not on both sides say nothing of what lasts: they come apart. */
export function splitUnits(parts: Iterable<SplitPart>): { units: SplitUnit[]; once: SplitUnit[] } {
  const byUnit = new Map<string, [SideSums, SideSums]>();
  for (const part of parts) {
    let sides = byUnit.get(part.unit);
    if (!sides) byUnit.set(part.unit, (sides = [none(), none()]));
    const sums = sides[part.side];
    sums.deals += part.deals;
    sums.excess += part.excess;
    sums.variance += part.variance;
    sums.list += part.list;
    sums.squares += part.squares;
    sums.dollars += part.dollars;
  }
  const units: SplitUnit[] = [];
  const once: SplitUnit[] = [];
  for (const [unit, sides] of byUnit) {
    const lasts = sides.every(({ deals, variance }) => deals > 0 && variance > 0);
    (lasts ? units : once).push({ unit, sides });
  }
  return { units, once };
}
