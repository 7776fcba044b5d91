import { NoPanel } from './panel.ts';
import { narrowed, unevenPanel, type UnevenRow } from './unevenPanel.ts';
import { judge, type Judged } from './verdict.ts';
import { clusteredErrorOf, formOfCoefficients, valueOf, weightedFit } from './weightedFit.ts';

export interface BeforeAfter extends Judged {
  /** Weighted means of the treated units' outcomes, before treatment and since. */
  before: number;
  after: number;
  units: number;
}

/**
 * The naive comparison: the treated units' outcomes since treatment against their own before it, each unit with
 * itself, and nobody else beside. Whatever else changed meanwhile is in it, and so is a bad spell that passed.
 */
export function beforeAfter(
  given: readonly UnevenRow[],
  { minimumEffect = 0, about }: { minimumEffect?: number; about?: (unit: string) => boolean } = {},
): BeforeAfter {
  const rows = given.filter(({ unit, firstTreated }) => firstTreated !== null && (!about || about(unit)));
  const all = unevenPanel(rows, 0);
  const sides = new Map<number, Set<boolean>>();
  all.phase.forEach((phase, row) => {
    const unit = all.unit[row]!;
    sides.set(unit, (sides.get(unit) ?? new Set()).add(phase === 'treated'));
  });
  const panel = narrowed(all, (row) => sides.get(all.unit[row]!)!.size === 2);
  if (panel.units === 0) throw new NoPanel('Nobody has outcomes both before and since.');
  const since = Float64Array.from(panel.phase, (phase) => (phase === 'treated' ? 1 : 0));
  const fit = weightedFit(panel, [since]);
  const form = formOfCoefficients(fit, [1])!;
  const mean = (side: number) => {
    let sum = 0;
    let weight = 0;
    panel.outcomes.forEach((outcome, row) => {
      if (since[row] !== side) return;
      sum += outcome * panel.weights[row]!;
      weight += panel.weights[row]!;
    });
    return sum / weight;
  };
  const found = clusteredErrorOf(fit, form, valueOf(form, panel));
  return { ...judge(found, minimumEffect), before: mean(0), after: mean(1), units: panel.units };
}
