import { benchmark } from '../../src/lib/statistics/benchmark.ts';
import { bunchingCompared } from '../../src/lib/statistics/bunchingCompared.ts';
import { madeRates, type MadeRates } from '../../src/lib/statistics/bunching.fixture.ts';
import { againstRest } from '../../src/lib/statistics/leaveOut.ts';
import { gapAtEnd, shareAtEnd } from '../../src/lib/statistics/quarterEnd.ts';
import { madeQuarters, type MadeQuarters } from '../../src/lib/statistics/quarterEnd.fixture.ts';
import { splitDeals } from '../../src/lib/statistics/splitDeals.ts';
import { madeSplits, type MadeSplits } from '../../src/lib/statistics/splitDeals.fixture.ts';
import { madeRequests, type MadeRequests } from './madeRequests.ts';
import type { Cell } from './cell.ts';

const atMost5 = { noMoreThan: 0.05 };
const found = { atLeast: 0.9 };

const usual: MadeQuarters = { reps: 40, deals: 30, moved: 0, extra: 0 };

const share = (facts: string, made: MadeQuarters, aim: Cell['aim']): Cell => ({
  ...{ method: 'quarter-end effect', facts, aim },
  counted: 'a share of bookings unlike that of the days stated (p < 5%)',
  run: (random) => [shareAtEnd(madeQuarters(made, random).booked, 0.1)!.p < 0.05],
});

const gap = (facts: string, made: MadeQuarters, aim: Cell['aim']): Cell => ({
  ...{ method: 'quarter-end effect', facts, aim },
  counted: 'a gap of discounts stated (p < 5%)',
  run: (random) => [
    gapAtEnd(madeQuarters(made, random).mixed, { ownLevels: true, worthActing: 0.01 }).p < 0.05,
  ],
});

const customers: MadeSplits = { reps: 20, customers: 120, deals: 500, split: 0 };

const splits = (facts: string, made: MadeSplits, aim: Cell['aim']): Cell => ({
  ...{ method: 'split deals', facts, aim },
  counted: 'splitting stated (p < 5%)',
  run: (random) => [splitDeals(madeSplits(made, random)).p < 0.05],
});

const approver = (facts: string, made: MadeRequests, aim: Cell['aim'], first: boolean): Cell => ({
  ...{ method: 'approver grant rates', facts, aim },
  counted: first ? 'that approver outside the 95% limits' : 'an approver outside the 95% limits',
  run: (random) => {
    const { cells, factors } = madeRequests(made, random);
    const { units } = benchmark(againstRest(cells, factors), 'ratio');
    return units
      .filter(({ unit }) => !first || unit === 'approver 0')
      .flatMap(({ compared }) => (compared ? [compared.outside !== 'no'] : []));
  },
});

const compared = (facts: string, made: MadeRates, others: MadeRates, aim: Cell['aim']): Cell => ({
  ...{ method: 'bunching compared', facts, aim },
  counted: 'more at the limit than where it is none stated (p < 5%)',
  run: (random) => {
    const options = { inclusive: true, draws: 60 };
    const result = bunchingCompared(madeRates(made, random), madeRates(others, random), made.limit, options);
    return [result !== null && result.p < 0.05 && result.difference.estimate > 0];
  },
});

const line = { n: 1000, limit: 20, pull: 0 };

export const cells: Cell[] = [
  share('40 reps, sizes very skewed, deals close on any day', usual, atMost5),
  share('12 reps, sizes very skewed, deals close on any day', { ...usual, reps: 12 }, atMost5),
  share('40 reps, 22% of deals moved into the last ten days', { ...usual, moved: 0.22 }, found),
  gap('40 reps, mixes unlike, no gap', { ...usual, moved: 0.1 }, atMost5),
  gap('12 reps, mixes unlike, no gap', { ...usual, reps: 12 }, atMost5),
  gap('40 reps, 2 points more in the last ten days', { ...usual, moved: 0.1, extra: 0.02 }, found),
  splits('500 deals of 120 customers in a quarter-end rush, nobody splits', customers, atMost5),
  splits(
    '2,000 deals of 500 customers, nobody splits',
    { ...customers, customers: 500, deals: 2000 },
    atMost5,
  ),
  splits('500 deals of 120 customers, 25 more cut in two', { ...customers, split: 25 }, found),
  approver(
    '12 approvers, 85% granted, none differ',
    { approvers: 12, granted: 0.85, effect: 0 },
    atMost5,
    false,
  ),
  approver(
    '12 approvers, 97% granted, none differ',
    { approvers: 12, granted: 0.97, effect: 0 },
    atMost5,
    false,
  ),
  approver(
    '12 approvers, 70% granted, one of 120 requests 25 points more often',
    { approvers: 12, granted: 0.7, effect: 0.25 },
    found,
    true,
  ),
  compared('1,000 discounts each, heaping, nobody drawn to the limit', line, line, atMost5),
  compared(
    '1,500 each, 50% of those up to 5 points above end at it',
    { ...line, n: 1500, pull: 0.5 },
    { ...line, n: 1500 },
    found,
  ),
];
