import { imputedDifference, type ImputedDifference, type ImputedOptions } from './imputedDifference.ts';
import { phaseOf, type UnevenRow } from './unevenPanel.ts';

/** Ours: how many times before the selection window the pretended start lies. */
export const PRETENDED = 2;

/**
 * The effect of a start that never was: treatment pretended some times before the window opened, judged on outcomes
 * from before the window alone. It should be nothing. Throws `NoPanel` where nobody has so long a past.
 */
export function placeboDate(rows: readonly UnevenRow[], options: ImputedOptions): ImputedDifference {
  const { anticipation = 0 } = options;
  const before = rows.filter(
    ({ time, firstTreated }) => phaseOf(time, firstTreated, anticipation) === 'clean',
  );
  const earlier = before.map((row) => ({
    ...row,
    firstTreated: row.firstTreated === null ? null : row.firstTreated - anticipation - PRETENDED,
  }));
  return imputedDifference(earlier, { ...options, anticipation: 0, leads: 0 });
}
