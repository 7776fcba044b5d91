import { existsSync } from 'node:fs';
import { randomFrom } from '../../src/lib/statistics/random.ts';
import type { Cell, Tally } from './cell.ts';

/** Files of this folder that hold cells, in the order of the table. */
const files = [
  'coachingEffect.ts',
  'funnelLimits.ts',
  'bunching.ts',
  'discipline.ts',
  'lastingExcess.ts',
  'winsWithinStrata.ts',
  'concentrationBeyondMix.ts',
  'nextDiscount.ts',
];

/** Every cell there is. */
export async function allCells(): Promise<Cell[]> {
  const there = files.map((file) => new URL(file, import.meta.url)).filter((file) => existsSync(file));
  const loaded = await Promise.all(there.map((file) => import(file.href) as Promise<{ cells: Cell[] }>));
  return loaded.flatMap(({ cells }) => cells);
}

/** A cell's own seed, so that another cell beside it changes nothing (FNV-1a of its words). */
function seedOf({ method, facts, counted }: Cell): number {
  let hash = 0x811c9dc5;
  for (const letter of `${method}|${facts}|${counted}`)
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

/** Tries a cell in the runs from `first` to (not including) `last`; each run has a seed of its own. */
export function tried(cell: Cell, first: number, last: number): Tally {
  const seed = seedOf(cell);
  const tally: Tally = { happened: 0, tried: 0 };
  for (let run = first; run < last; run += 1) {
    const found = cell.run(randomFrom((seed + Math.imul(run, 0x9e3779b1)) | 0));
    tally.happened += found.filter(Boolean).length;
    tally.tried += found.length;
  }
  return tally;
}
