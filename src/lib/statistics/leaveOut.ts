import { MINIMUM_DEALS } from './standOut.ts';
import {
  addCell,
  emptySums,
  fitMix,
  scatterPrior,
  solverOf,
  valueAt,
  type EncodedCell,
  type Factor,
  type MixCell,
  type MixModel,
} from './mixModel.ts';

/** A unit beside what deals like its own come to elsewhere. */
export interface AgainstRest {
  unit: string;
  deals: number;
  /** Σ weight of its deals, and how many equal ones would say as much: Kish 1965, section 11.7. */
  weight: number;
  effective: number;
  observed: number;
  /** By the model fitted to everyone else's deals. */
  expected: number;
  /** Standard error of observed − expected where the unit does not differ. */
  error: number;
  /** Degrees of freedom of that error, where it rests on the unit's own deals alone. */
  freedom?: number;
  /** The same difference with every deal counted once, over its own error: the sharper test of "no difference". */
  z: number;
}

function against({ all, prior, leastVariance }: MixModel, unit: string, own: EncodedCell[]): AgainstRest {
  const sums = emptySums(all.size);
  // Σ weight x: what the unit's expected outcome takes of each coefficient.
  const taken = new Float64Array(all.size);
  for (const cell of own) {
    addCell(sums, cell);
    for (const column of cell.columns) taken[column]! += cell.weight;
  }
  const rest = solverOf(all, sums, prior);
  const rates = rest.fit('rates');
  const variances = solverOf(all, sums, scatterPrior(prior)).fit('scatter');
  /** Variance of what the rest's model expects of deals that take so much of each coefficient. */
  const ofExpected = (part: Float64Array) => {
    const reach = rest.solve(part);
    let sum = 0;
    for (let i = 0; i < all.size; i += 1)
      for (let j = 0; j < all.size; j += 1)
        sum += reach[i]! * reach[j]! * (all.noise[i * all.size + j]! - sums.noise[i * all.size + j]!);
    return Math.max(0, sum);
  };
  const at = (part: Float64Array) => part.reduce((sum, weight, column) => sum + weight * rates[column]!, 0);
  const total = (of: (cell: EncodedCell) => number) => own.reduce((sum, cell) => sum + of(cell), 0);
  const variance = ({ columns }: EncodedCell) => Math.max(leastVariance, valueAt(variances, columns));
  // Row 0 is the mean's: each deal as it counts in the model.
  const once = sums.design.slice(0, all.size);
  const gap = total((cell) => cell.rates) - at(once);
  const ofGap = total((cell) => cell.countedSquares * variance(cell)) + ofExpected(once);
  const weight = total((cell) => cell.weight);
  return {
    unit,
    deals: total((cell) => cell.deals),
    weight,
    effective: weight ** 2 / total((cell) => cell.squares),
    observed: total((cell) => cell.outcome),
    expected: at(taken),
    error: Math.sqrt(total((cell) => cell.squares * variance(cell)) + ofExpected(taken)),
    z: gap / Math.sqrt(ofGap),
  };
}

/**
 * Each unit's outcome beside what a model of the mix expects that is fitted to everyone else's deals: indirect
 * standardisation (Breslow & Day 1987, "Statistical Methods in Cancer Research" II, section 2.3) with the
 * model of `fitMix` for the strata. Leaving a unit out subtracts its own sums from the normal equations, which is
 * the refit itself. The error is that of residuals drawn anew for every deal from those of deals of its mix, the
 * residual bootstrap (Efron 1979, Ann. Statist. 7, section 7), whose variance needs no drawing; what the model
 * itself does not know is in it. Units that nobody else can be compared with are left out.
 */
export function againstRest(cells: readonly MixCell[], factors: readonly Factor[]): AgainstRest[] {
  const model = fitMix(cells, factors);
  if (!model) return [];
  const byUnit = new Map<string, EncodedCell[]>();
  for (const cell of model.cells) {
    const own = byUnit.get(cell.unit);
    if (own) own.push(cell);
    else byUnit.set(cell.unit, [cell]);
  }
  const deals = model.cells.reduce((sum, cell) => sum + cell.deals, 0);
  return [...byUnit]
    .map(([unit, own]) => against(model, unit, own))
    .filter((unit) => unit.error > 0 && deals - unit.deals >= MINIMUM_DEALS);
}
