import {
  addCell,
  emptySums,
  fitMix,
  scatterPrior,
  solverOf,
  valueAt,
  type Factor,
  type MixCell,
} from './mixModel.ts';
import { atOnce, type Steps } from './steps.ts';

/** What deals of a cell are expected to give by everyone else's, and how far one deal is usually off. */
export interface Expected {
  value: number;
  variance: number;
}

/** Ours: so many groups of units are left out one after the other; fewer units are left out one by one. */
const MOST_FOLDS = 60;

/**
 * For every cell, what the mix model expects of its deals when it is fitted without the deals of its unit, and of
 * those left out with it: cross-fitting (Stone 1974, "Cross-validatory choice and assessment of statistical
 * predictions", J. R. Statist. Soc. B 36, 111–147). `unitOf` says what is left out together; several divisions of the
 * same cells share one fit. Null with too few deals. A step is a group left out.
 */
export function* crossFittedSteps<Cell extends MixCell>(
  cells: readonly Cell[],
  factors: readonly Factor[],
  divisions: readonly ((cell: Cell) => string)[],
): Steps<Expected[][] | null> {
  const model = fitMix(cells, factors);
  if (!model) return null;
  const { all, prior, leastVariance } = model;
  const found: Expected[][] = [];
  for (const unitOf of divisions) {
    const numbers = new Map<string, number>();
    const foldOf = cells.map((cell) => {
      const unit = unitOf(cell);
      if (!numbers.has(unit)) numbers.set(unit, numbers.size);
      return numbers.get(unit)! % MOST_FOLDS;
    });
    const folds = Array.from({ length: Math.min(MOST_FOLDS, numbers.size) }, () => [] as number[]);
    foldOf.forEach((fold, at) => folds[fold]!.push(at));
    const expected = new Array<Expected>(cells.length);
    for (const own of folds) {
      const sums = emptySums(all.size);
      for (const at of own) addCell(sums, model.cells[at]!);
      const rates = solverOf(all, sums, prior).fit('rates');
      const variances = solverOf(all, sums, scatterPrior(prior)).fit('scatter');
      for (const at of own) {
        const { columns } = model.cells[at]!;
        expected[at] = {
          value: valueAt(rates, columns),
          variance: Math.max(leastVariance, valueAt(variances, columns)),
        };
      }
      yield;
    }
    found.push(expected);
  }
  return found;
}

/** The same, all at once. */
export const crossFitted = <Cell extends MixCell>(
  ...asked: Parameters<typeof crossFittedSteps<Cell>>
): Expected[][] | null => atOnce(crossFittedSteps<Cell>(...asked));
