import { madePaths, type MadePaths } from '../../src/lib/statistics/nextOutcome.fixture.ts';
import { nextOutcome } from '../../src/lib/statistics/nextOutcome.ts';
import type { Cell } from './cell.ts';

const method = 'one discount begets the next';
/** Ten points more on one deal with one more on the next. */
const SMALLEST = 0.1;

const stated = (made: MadePaths, random: () => number) => [
  (nextOutcome(madePaths(made, random), SMALLEST).within.low ?? -1) > 0,
];

const nothing = (facts: string, made: Omit<MadePaths, 'carried'>): Cell => ({
  ...{ method, facts: `${facts}, nothing carried over`, counted: 'one begets the next stated' },
  aim: { atMost: 0.05 },
  run: (random) => stated({ ...made, carried: 0 }, random),
});

const carried = (facts: string, made: Omit<MadePaths, 'carried'>): Cell => ({
  ...{ method, facts: `${facts}, half of a deal's own discount carried over` },
  ...{ counted: 'one begets the next stated', aim: { atLeast: 0.9 } },
  run: (random) => stated({ ...made, carried: 0.5 }, random),
});

export const cells: Cell[] = [
  nothing('150 customers of 3 to 5 deals, all alike', { units: 150, outcomes: [3, 5], always: 0 }),
  nothing('150 customers of 3 to 5 deals, some always get more', {
    ...{ units: 150, outcomes: [3, 5], always: 1 },
  }),
  nothing('600 customers of 2 to 5 deals, some always get much more', {
    ...{ units: 600, outcomes: [2, 5], always: 2 },
  }),
  carried('250 customers of 3 to 5 deals, some always get more', {
    ...{ units: 250, outcomes: [3, 5], always: 0.5 },
  }),
];
