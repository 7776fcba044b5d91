import { incompleteBeta } from '../../src/lib/statistics/gamma.ts';
import type { Cell, Tally } from './cell.ts';

/** P(X ≤ k) of n tries with chance p: Abramowitz & Stegun 1964, 26.5.24. */
const atMost = (k: number, n: number, p: number): number =>
  k < 0 ? 0 : k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1);

/** Two-sided exact binomial test, twice the smaller tail: Clopper & Pearson 1934, Biometrika 26, 404–413. */
export function exactP({ happened, tried }: Tally, chance: number): number {
  const tails = [atMost(happened, tried, chance), 1 - atMost(happened - 1, tried, chance)];
  return Math.min(1, 2 * Math.min(...tails));
}

/** One-sided exact binomial test that it happens no more often than `chance`, at p < 0.001. */
const isNoMore = (chance: number, { happened, tried }: Tally) =>
  1 - atMost(happened - 1, tried, chance) >= 0.001;

/** Whether what was measured is what was aimed at. */
export function isMet(aim: Cell['aim'], tally: Tally): boolean {
  const share = tally.happened / tally.tried;
  if ('atLeast' in aim) return share >= aim.atLeast;
  if ('atMost' in aim) return share <= aim.atMost;
  if ('noMoreThan' in aim) return isNoMore(aim.noMoreThan, tally);
  return exactP(tally, aim.is) >= 0.001;
}

/** Whether so few runs as these could be of a method that meets its aim: only a gross miss is not. */
export function mayBeMet(aim: Cell['aim'], tally: Tally): boolean {
  const { happened, tried } = tally;
  if ('atLeast' in aim) return atMost(happened, tried, aim.atLeast) >= 0.001;
  if ('atMost' in aim) return 1 - atMost(happened - 1, tried, aim.atMost) >= 0.001;
  if ('noMoreThan' in aim) return isNoMore(aim.noMoreThan, tally);
  return exactP(tally, aim.is) >= 0.001;
}
