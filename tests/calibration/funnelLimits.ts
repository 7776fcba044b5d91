import { benchmark, judgedTogether } from '../../src/lib/statistics/benchmark.ts';
import { againstRest } from '../../src/lib/statistics/leaveOut.ts';
import {
  cellsOf,
  madeDeals,
  madeFactors,
  type MadeCompany,
} from '../../src/lib/statistics/mixDeals.fixture.ts';
import type { Cell } from './cell.ts';

const scaleOf = ({ outcome }: MadeCompany) => (outcome === 'cycle' ? 'log' : 'ratio');

/** From deals to limits, as the pages do it. */
function benchmarked(company: MadeCompany, random: () => number) {
  const cells = cellsOf(madeDeals(company, random));
  return judgedTogether([benchmark(againstRest(cells, madeFactors), scaleOf(company)).units])[0]!;
}

/**
 * One rep of each company, drawn by chance: those of a company share its limits, and an exact test counts what is
 * independent.
 */
const nobodyDiffers = (facts: string, company: MadeCompany, aim: Cell['aim'] = { is: 0.05 }): Cell => ({
  method: 'funnel limits',
  facts,
  counted: 'a rep outside the 95% limits',
  aim,
  run: (random) => {
    const compared = benchmarked(company, random).flatMap((unit) => unit.compared ?? []);
    const drawn = compared[Math.floor(random() * compared.length)];
    return drawn ? [drawn.outside !== 'no'] : [];
  },
});

const oneDiffers = (facts: string, company: MadeCompany): Cell => ({
  method: 'funnel limits',
  facts,
  counted: 'that rep stated',
  aim: { atLeast: 0.9 },
  run: (random) =>
    benchmarked(company, random)
      .filter(({ unit }) => unit === 'unit 0')
      .map(({ compared }) => compared?.stands ?? false),
});

const reps = { units: 24, deals: [12, 90] as [number, number] };

export const cells: Cell[] = [
  nobodyDiffers('discount rate, none differ, sizes 30-fold', { ...reps, outcome: 'discount', sizes: 1.0 }),
  nobodyDiffers('discount rate, none differ, sizes very skewed', {
    ...reps,
    outcome: 'discount',
    sizes: 1.6,
  }),
  nobodyDiffers('discount rate, none differ, 10 to 20 deals each', {
    units: 24,
    deals: [10, 20],
    outcome: 'discount',
  }),
  nobodyDiffers('win rate, none differ', { ...reps, outcome: 'win' }),
  nobodyDiffers('win rate, none differ, 10 to 20 deals each', { units: 24, deals: [10, 20], outcome: 'win' }),
  nobodyDiffers('cycle length, none differ', { ...reps, outcome: 'cycle' }),
  // Six tell little of how much units differ by themselves; limits that are too wide are the safe side.
  nobodyDiffers(
    'discount rate, none differ, six managers',
    { units: 6, deals: [150, 400], outcome: 'discount' },
    { atMost: 0.05 },
  ),
  oneDiffers('discount rate, one of 24 gives 14 points more on 100 deals, sizes 30-fold', {
    units: 24,
    deals: [100, 100],
    outcome: 'discount',
    sizes: 1.0,
    effect: 0.14,
  }),
];
