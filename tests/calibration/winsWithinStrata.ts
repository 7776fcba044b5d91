import { slopeWithin, type Outcome } from '../../src/lib/statistics/withinStrata.ts';
import { judge } from '../../src/lib/statistics/verdict.ts';
import { normalFrom } from '../../src/lib/statistics/random.ts';
import type { Cell } from './cell.ts';

/** What is true of made deals. */
interface MadeOutcomes {
  deals: number;
  /** Change of the chance to win for one point of discount. */
  slope: number;
  /** How much less the hardest kind of deal is won, and how many points more it is discounted. */
  harder: number;
}

const STRATA = 24;

/** Deals of two dozen kinds; the harder a kind, the more discount and the fewer wins, whatever a discount does. */
function madeOutcomes({ deals, slope, harder }: MadeOutcomes, random: () => number): Outcome[] {
  const normal = normalFrom(random);
  return Array.from({ length: deals }, () => {
    const kind = Math.floor(STRATA * random() ** 2);
    const hard = kind / (STRATA - 1);
    const x = Math.max(0, Math.round(15 + 10 * harder * hard + 6 * normal()));
    const chance = 0.5 - 0.3 * harder * hard + slope * (x - 20);
    return { stratum: `${kind}`, x, deals: 1, won: Number(random() < chance) };
  });
}

const cell = (
  facts: string,
  counted: string,
  aim: Cell['aim'],
  made: MadeOutcomes,
  hit: (told: Told) => boolean,
): Cell => ({
  ...{ method: 'win rate against discount', facts, counted, aim },
  run(random) {
    const found = slopeWithin(madeOutcomes(made, random));
    if (!found) return [false];
    const { slope: estimate, error, df, p } = found;
    return [hit({ ...judge({ estimate, error, df }), p })];
  },
});

type Told = ReturnType<typeof judge> & { p: number };
const raised = ({ p }: Told) => p < 0.05;
const nothing = { slope: 0, harder: 1 };

/** How often a trend within kinds of deals is stated, and how often its interval holds the truth. */
export const cells: Cell[] = [
  cell(
    'no effect, hard kinds discounted, 300 deals',
    'trend with p < 5%',
    { is: 0.05 },
    { ...nothing, deals: 300 },
    raised,
  ),
  cell(
    'no effect, hard kinds discounted, 2,000 deals',
    'trend with p < 5%',
    { is: 0.05 },
    { ...nothing, deals: 2000 },
    raised,
  ),
  cell(
    ...([
      'no effect, hard kinds discounted, 2,000 deals',
      'the 95% interval holds the true effect',
      { atLeast: 0.93 },
    ] as const),
    { ...nothing, deals: 2000 },
    ({ low, high }) => low! <= 0 && high! >= 0,
  ),
  cell(
    ...([
      '5 points more win 4 in a hundred more, 2,000 deals',
      'the 95% interval holds the true effect',
      { atLeast: 0.93 },
    ] as const),
    { slope: 0.008, harder: 1, deals: 2000 },
    ({ low, high }) => low! <= 0.008 && high! >= 0.008,
  ),
  cell(
    '5 points more win 4 in a hundred more, 2,000 deals',
    'trend with p < 5%',
    { atLeast: 0.9 },
    { slope: 0.008, harder: 1, deals: 2000 },
    raised,
  ),
];
