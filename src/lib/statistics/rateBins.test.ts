import { describe, expect, it } from 'vitest';
import { binOf, binsAround, meanAround, roundNumberIn, upperEdge } from './rateBins.ts';

describe('bins around a limit', () => {
  it('hold the limit where it is allowed, and only then', () => {
    const allowed = binsAround(20, true, 50);
    expect([19.9, 20, 20.0004, 20.1].map((rate) => binOf(allowed, rate) - allowed.last)).toEqual([
      0, 0, 0, 1,
    ]);
    const not = binsAround(20, false, 50);
    expect([19.9, 19.9999, 20].map((rate) => binOf(not, rate) - not.last)).toEqual([0, 1, 1]);
  });

  it('leave out no discount, uplifts and what is far away', () => {
    const bins = binsAround(15, true, 90);
    expect([0, -3, 35.2, 90].map((rate) => binOf(bins, rate))).toEqual([-1, -1, -1, -1]);
    expect(binOf(bins, 35)).toBe(bins.bins - 1);
    expect(binOf(bins, 0.5)).toBe(0);
  });

  it('know their round numbers', () => {
    const steps = [10, 5, 2.5];
    const bins = binsAround(20, true, 50);
    const found = Array.from({ length: bins.bins }, (_, bin) => roundNumberIn(bins, bin, steps));
    const told = found.flatMap((number) => (number ? [[number.value, number.kind]] : []));
    expect(told.slice(0, 8)).toEqual([
      [2.5, 2],
      [5, 1],
      [7.5, 2],
      [10, 0],
      [12.5, 2],
      [15, 1],
      [17.5, 2],
      [20, 0],
    ]);
    const half = binsAround(12.5, false, 50);
    expect(roundNumberIn(half, half.last, steps)).toBeNull();
    expect(roundNumberIn(half, half.last + 1, steps)).toEqual({ kind: 2, value: 12.5 });
    expect(upperEdge(half, half.last)).toBe(12.5);
  });
});

it('a mean around a number takes parts of bins, and as much of either side', () => {
  const bins = binsAround(20, true, 50);
  const values = Float64Array.from({ length: bins.bins }, (_, bin) => bin);
  // On a straight line the mean is the value at the number: bin b is b + 1/2 wide from 0.
  expect(meanAround(bins, values, 20, 2.5)).toBeCloseTo(19.5, 12);
  expect(meanAround(bins, values, 2, 5)).toBeCloseTo(1.5, 12);
});
