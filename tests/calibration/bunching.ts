import { bunching } from '../../src/lib/statistics/bunching.ts';
import { madeRates, type MadeRates } from '../../src/lib/statistics/bunching.fixture.ts';
import type { Cell } from './cell.ts';

const raised = (made: MadeRates, random: () => number): boolean[] => {
  const { bunching: found } = bunching(madeRates(made, random), made.limit, { inclusive: true });
  return [found !== null && found.share.low !== null && found.share.low > 0];
};

const method = 'bunching at limits';

const nothingDone = (facts: string, made: Omit<MadeRates, 'pull'>): Cell => ({
  method,
  facts: `${facts}, heaping at round numbers, nobody drawn to the limit`,
  counted: 'bunching stated',
  aim: { atMost: 0.05 },
  run: (random) => raised({ ...made, pull: 0 }, random),
});

const drawnDown = (facts: string, made: Omit<MadeRates, 'pull'>): Cell => ({
  method,
  facts: `${facts}, 40% of those up to 5 points above end at the limit`,
  counted: 'bunching stated',
  aim: { atLeast: 0.9 },
  run: (random) => raised({ ...made, pull: 0.4 }, random),
});

/** Half of the lines lie within five points of a limit of 15 or 20. */
export const cells: Cell[] = [
  nothingDone('limit 20, 220 near', { n: 500, limit: 20 }),
  nothingDone('limit 20, 440 near', { n: 1000, limit: 20 }),
  nothingDone('limit 20, 440 near, half of all at fives and tens', {
    ...{ n: 1000, limit: 20 },
    heaping: { tens: 0.15, fives: 0.35, whole: 0.3 },
  }),
  nothingDone('limit 15, 450 near', { n: 1000, limit: 15 }),
  nothingDone('limit 10, 340 near', { n: 1000, limit: 10 }),
  nothingDone('limit 18, 470 near', { n: 1000, limit: 18 }),
  drawnDown('limit 20, 440 near', { n: 1000, limit: 20 }),
  drawnDown('limit 15, 450 near', { n: 1000, limit: 15 }),
  drawnDown('limit 18, 470 near', { n: 1000, limit: 18 }),
];
