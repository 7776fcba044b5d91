import { describe, expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { madeSplits } from './splitDeals.fixture.ts';
import { splitDeals, type DealUnderLimit } from './splitDeals.ts';

const deal = (
  id: string,
  day: number,
  amount: number,
  more: Partial<DealUnderLimit> = {},
): DealUnderLimit => ({
  ...{ id, customer: 'acme', rep: 'ann', day, amount, limit: 100 },
  ...more,
});
const setsOf = (deals: DealUnderLimit[]) =>
  splitDeals(deals).sets.map((set) => set.deals.map(({ id }) => id).join());

describe('sets of deals that are over a limit only together', () => {
  it('are of one customer and rep, within 30 days, and over it', () => {
    expect(setsOf([deal('a', 0, 60), deal('b', 30, 60)])).toEqual(['a,b']);
    expect(setsOf([deal('a', 0, 60), deal('b', 31, 60)])).toEqual([]);
    expect(setsOf([deal('a', 0, 60), deal('b', 3, 40)])).toEqual([]);
    expect(setsOf([deal('a', 0, 60), deal('b', 3, 60, { rep: 'bea' })])).toEqual([]);
    expect(setsOf([deal('a', 0, 60), deal('b', 3, 60, { customer: 'other' })])).toEqual([]);
    expect(setsOf([deal('a', 0, 60), deal('b', 3, 60, { limit: 150 })])).toEqual([]);
  });

  it('begin where the first is over, whichever deals come before, and share no deal', () => {
    const days = [0, 5, 40, 45, 60, 120].map((day, at) => deal(`${at}`, day, at === 0 ? 10 : 51));
    expect(setsOf(days)).toEqual(['2,3,4']);
    expect(setsOf([deal('a', 0, 5), deal('b', 28, 60), deal('c', 40, 60)])).toEqual(['b,c']);
    expect(setsOf([deal('a', 0, 60), deal('b', 20, 60), deal('c', 40, 60)])).toEqual(['a,b']);
  });
});

describe('how many there would be by chance', () => {
  const company = { reps: 20, customers: 120, deals: 500, split: 0 };

  it('is about as many as there are where nobody splits', () => {
    const found = Array.from({ length: 20 }, (_, run) =>
      splitDeals(madeSplits(company, randomFrom(run + 1))),
    );
    const mean = (of: (one: (typeof found)[number]) => number) =>
      found.reduce((sum, one) => sum + of(one), 0) / 20;
    const sets = mean((one) => one.sets.length);
    expect(sets).toBeGreaterThan(3);
    expect(mean((one) => one.byChance.mean) / sets).toBeGreaterThan(0.8);
    expect(mean((one) => one.byChance.mean) / sets).toBeLessThan(1.25);
    expect(found.filter(({ p }) => p < 0.05).length).toBeLessThanOrEqual(3);
  });

  it('is far fewer where deals are split, and p counts the data themselves', () => {
    const found = splitDeals(madeSplits({ ...company, split: 20 }, randomFrom(4)));
    expect(found.byChance.high).toBeLessThan(found.sets.length);
    expect(found.p).toBe(1 / 500);
    expect(splitDeals([]).p).toBe(1);
  });
});
