import { concentrationBeyondMix } from '../../src/lib/statistics/concentrationBeyondMix.ts';
import { againstRest } from '../../src/lib/statistics/leaveOut.ts';
import {
  cellsOf,
  madeDeals,
  madeFactors,
  type MadeCompany,
} from '../../src/lib/statistics/mixDeals.fixture.ts';
import type { Cell } from './cell.ts';

const method = 'concentration beyond the mix';

interface Generous {
  /** So many of the units give so much more of list. */
  units: number;
  more: number;
}

/** From deals to what goes beyond their mix, as the page does it. */
function beyond(company: MadeCompany, { units, more }: Generous, random: () => number): boolean[] {
  const generous = new Set(Array.from({ length: units }, (_, at) => `unit ${at}`));
  const deals = madeDeals(company, random).map((deal) =>
    generous.has(deal.unit) ? { ...deal, outcome: deal.outcome + more * deal.weight } : deal,
  );
  const found = concentrationBeyondMix(againstRest(cellsOf(deals), madeFactors));
  return found ? [found.low > 0] : [];
}

const nobody = (facts: string, company: Omit<MadeCompany, 'outcome'>): Cell => ({
  ...{ method, facts: `${facts}, mixes differ, nobody gives more`, counted: 'concentration stated' },
  aim: { atMost: 0.05 },
  run: (random) => beyond({ ...company, outcome: 'discount' }, { units: 0, more: 0 }, random),
});

const some = (facts: string, company: Omit<MadeCompany, 'outcome'>, generous: Generous): Cell => ({
  ...{ method, facts, counted: 'concentration stated' },
  aim: { atLeast: 0.9 },
  run: (random) => beyond({ ...company, outcome: 'discount' }, generous, random),
});

export const cells: Cell[] = [
  nobody('24 reps, 12 to 90 deals each', { units: 24, deals: [12, 90], sizes: 1.0 }),
  nobody('24 reps, 12 to 90 deals each, sizes very skewed', { units: 24, deals: [12, 90], sizes: 1.6 }),
  nobody('five regions, 150 to 400 deals each', { units: 5, deals: [150, 400] }),
  some(
    '24 reps of 90 deals, six give 6 points more',
    { units: 24, deals: [90, 90], sizes: 1.0 },
    { units: 6, more: 0.06 },
  ),
  some(
    'five regions of 300 deals, one gives 6 points more',
    { units: 5, deals: [300, 300], sizes: 1.0 },
    { units: 1, more: 0.06 },
  ),
];
