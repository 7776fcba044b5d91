import { describe, expect, it } from 'vitest';
import { gapAtEnd, shareAtEnd, type MixedCell } from './quarterEnd.ts';
import { madeQuarters, type MadeQuarters } from './quarterEnd.fixture.ts';
import { randomFrom } from './random.ts';

const company: MadeQuarters = { reps: 40, deals: 30, moved: 0, extra: 0 };
const settings = { ownLevels: true, worthActing: 0.01 };

describe('the share of bookings at the end of quarters', () => {
  it('is late dollars over all, against the days’ own part', () => {
    const cell = (cluster: string, isLate: boolean, amount: number, expected: number) => ({
      ...{ cluster, isLate, amount, expected, squares: amount * amount },
    });
    const found = shareAtEnd(
      [
        cell('a', true, 30, 0.1),
        cell('a', false, 70, 0.1),
        cell('b', true, 50, 0.2),
        cell('c', false, 50, 0.2),
      ],
      0.1,
    )!;
    expect(found.share).toBeCloseTo(0.4, 12);
    expect(found.expected).toBeCloseTo(0.15, 12);
    expect(found.above.estimate).toBeCloseTo(0.25, 12);
    // By hand: scores 30(1−.1−.25)+70(0−.1−.25)=−5, 50(1−.2−.25)=27.5, 50(0−.2−.25)=−22.5, over 200.
    expect(found.above.error).toBeCloseTo(Math.sqrt((3 / 2) * (25 + 27.5 ** 2 + 22.5 ** 2)) / 200, 12);
  });

  it('is as often raised as it says where deals close on any day, and found where they are moved', () => {
    const raised = (made: MadeQuarters) =>
      Array.from({ length: 60 }, (_, run) => {
        const { booked } = madeQuarters(made, randomFrom(run + 1));
        return shareAtEnd(booked, 0.1)!.p < 0.05;
      }).filter(Boolean).length;
    expect(raised(company)).toBeLessThanOrEqual(8);
    expect(raised({ ...company, moved: 0.22 })).toBeGreaterThanOrEqual(57);
  });

  it('says nothing of nothing, and can’t tell from two reps', () => {
    expect(shareAtEnd([], 0.1)).toBeNull();
    const one = { cluster: 'a', expected: 0.1, isLate: true, amount: 1, squares: 1 };
    const found = shareAtEnd([one, { ...one, cluster: 'b', isLate: false }], 0.1)!;
    expect(found.above.verdict).toBe('cannot tell');
    expect(found.p).toBe(1);
  });
});

describe('the discount gap at the end of quarters', () => {
  it('is the gap within the mix, not what late deals are made of', () => {
    const { closes } = madeQuarters(company, randomFrom(5));
    // Large deals carry 4 points more by themselves, and all of them close late here.
    const mixed = closes.map(({ rep, segment, quarter, rate }, at): MixedCell => ({
      ...{ cluster: rep, levels: [segment, `${quarter}`], deals: 1, rates: rate },
      isLate: segment === 'Enterprise' || at % 4 === 0,
    }));
    const mean = (isLate: boolean) => {
      const of = mixed.filter((cell) => cell.isLate === isLate);
      return of.reduce((sum, { rates }) => sum + rates, 0) / of.length;
    };
    const found = gapAtEnd(mixed, settings);
    expect(mean(true) - mean(false)).toBeGreaterThan(0.005);
    expect(found.low! <= 0 && found.high! >= 0).toBe(true);
  });

  it('is least squares: the same from a normal equation solved by hand', () => {
    const cells: MixedCell[] = [
      { cluster: 'a', levels: ['x'], isLate: false, deals: 2, rates: 0.2 },
      { cluster: 'a', levels: ['x'], isLate: true, deals: 1, rates: 0.16 },
      { cluster: 'b', levels: ['x'], isLate: false, deals: 1, rates: 0.2 },
      { cluster: 'b', levels: ['x'], isLate: true, deals: 2, rates: 0.5 },
      { cluster: 'c', levels: ['x'], isLate: false, deals: 3, rates: 0.3 },
    ];
    // Within reps: a has a gap of .06 and weight 2/3, b of .05 and weight 2/3; c says nothing.
    expect(gapAtEnd(cells, settings).estimate).toBeCloseTo(0.055, 12);
  });

  it('finds what was planted, within its interval', () => {
    const { mixed } = madeQuarters({ ...company, moved: 0.2, extra: 0.03 }, randomFrom(2));
    const found = gapAtEnd(mixed, settings);
    expect(found.verdict).toBe('effect');
    expect(found.low!).toBeLessThan(0.03);
    expect(found.high!).toBeGreaterThan(0.03);
  });

  it('says nothing where nothing is late', () => {
    const { mixed } = madeQuarters(company, randomFrom(2));
    expect(
      gapAtEnd(
        mixed.map((cell) => ({ ...cell, isLate: false })),
        settings,
      ),
    ).toMatchObject({
      verdict: 'cannot tell',
      p: 1,
    });
  });
});
