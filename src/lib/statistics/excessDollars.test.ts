import { describe, expect, it } from 'vitest';
import { dollarRange, excessDollars } from './excessDollars.ts';
import type { SideSums, SplitUnit } from './persistentExcess.ts';
import { normalFrom, randomFrom } from './random.ts';
import { splitUnits } from './splitUnits.ts';

const DEALS = 20;
const SPREAD = 0.06;

/** A unit of forty deals of 1,000 that gives `first` and `second` more on either side, exactly. */
function side(excess: number): SideSums {
  return {
    ...{ deals: DEALS, excess: DEALS * excess, variance: DEALS * SPREAD ** 2 },
    ...{ list: 1000 * DEALS, squares: DEALS * 1000 ** 2, dollars: 1000 * DEALS * excess },
  };
}
const unit = (name: string, first: number, second = first): SplitUnit => ({
  unit: name,
  sides: [side(first), side(second)],
});

const normal = normalFrom(randomFrom(3));
const noise = () => (normal() * SPREAD) / Math.sqrt(DEALS);
const others = Array.from({ length: 40 }, (_, at) => unit(`other ${at}`, noise(), noise()));
const line = { percentile: null, least: 0.01 };

describe('dollars of what lasts', () => {
  it('are the excess that both sides show, on the unit’s list', () => {
    const found = excessDollars([unit('leaking', 0.09), ...others], line, 99);
    const [leaking] = found.units;
    expect(leaking!.beyond).toBeGreaterThan(0.85 * 0.09 * 40_000);
    expect(leaking!.beyond).toBeLessThanOrEqual(0.09 * 40_000);
    const { low, estimate, high, p } = dollarRange([found]);
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(estimate);
    expect(estimate).toBeLessThan(high);
    expect(p).toBe(1 / 100);
  });

  it('are next to nothing for an excess of one side alone', () => {
    const found = excessDollars([unit('a good spell', 0.18, 0), ...others], line, 99);
    // The mean is as far from nothing as that of who leaks for good.
    expect(found.units[0]!.beyond).toBeLessThan(0.2 * 0.09 * 40_000);
  });

  it('are never more than was seen in dollars', () => {
    const small = unit('on small deals', 0.09);
    const seen = small.sides.map((one) => ({ ...one, dollars: 100 })) as unknown as SplitUnit['sides'];
    const found = excessDollars([{ ...small, sides: seen }, ...others], line, 9);
    expect(found.units[0]!.beyond).toBe(200);
  });

  it('begin at the percentile of others that was chosen', () => {
    const leaking = Array.from({ length: 20 }, (_, at) => unit(`leaking ${at}`, 0.09));
    const sum = (percentile: number) =>
      excessDollars([...leaking, ...others], { percentile, least: 0.01 }, 9).sum;
    expect(sum(50)).toBeGreaterThan(10 * sum(95));
    expect(sum(50)).toBeGreaterThan(0);
  });

  it('of two kinds add up with their chances', () => {
    const found = excessDollars([unit('leaking', 0.09), ...others], line, 99);
    const [once, twice] = [dollarRange([found]), dollarRange([found, found])];
    expect(twice.estimate).toBeCloseTo(2 * once.estimate, 6);
    expect(twice.low).toBeCloseTo(2 * once.low, 6);
  });

  it('come out the same again', () => {
    const again = () => dollarRange([excessDollars(others, line, 50)]);
    expect(again()).toEqual(again());
  });
});

it('units with deals on one side only are kept apart', () => {
  const part = (name: string, at: 0 | 1) => ({ unit: name, side: at, ...side(0.01) });
  const { units, once } = splitUnits([part('both', 0), part('both', 1), part('both', 1), part('one', 1)]);
  expect(units.map((one) => one.unit)).toEqual(['both']);
  expect(units[0]!.sides.map(({ deals }) => deals)).toEqual([DEALS, 2 * DEALS]);
  expect(once.map((one) => one.unit)).toEqual(['one']);
});
