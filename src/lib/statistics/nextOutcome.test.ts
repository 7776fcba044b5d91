import { describe, expect, it } from 'vitest';
import { madePaths } from './nextOutcome.fixture.ts';
import { FEWEST_UNITS, nextOutcome } from './nextOutcome.ts';
import { randomFrom } from './random.ts';

const SMALLEST = 0.1;

describe('whether one outcome goes with the next', () => {
  it('tells what is carried over from what a unit always has', () => {
    const random = randomFrom(5);
    const runs = Array.from({ length: 40 }, () => {
      const paths = madePaths({ units: 600, outcomes: [2, 6], carried: 0.4, always: 1 }, random);
      return nextOutcome(paths, SMALLEST);
    });
    const mean = runs.reduce((sum, { within }) => sum + within.estimate, 0) / runs.length;
    expect(mean).toBeCloseTo(0.4, 1);
    expect(runs.filter(({ within }) => within.low! > 0).length).toBeGreaterThan(36);
  });

  it('is not fooled by customers who always get more, as a plain regression is', () => {
    const random = randomFrom(6);
    const paths = madePaths({ units: 800, outcomes: [3, 5], carried: 0, always: 1 }, random);
    const { within, together } = nextOutcome(paths, SMALLEST);
    expect(within.low).toBeLessThan(0);
    expect(within.high).toBeGreaterThan(0);
    expect(Math.abs(within.estimate)).toBeLessThan(0.15);
    // Half of the scatter is the unit's own, which the plain regression takes for carried over.
    expect(together.estimate).toBeCloseTo(0.5, 1);
  });

  it('is by hand the ratio of two sums', () => {
    const path = { unit: 'a', outcomes: [1, 3, -4] };
    const { within, together, runs, pairs } = nextOutcome([path], SMALLEST);
    // The instrument is 1, the change before 2, the change −7; pairs 1→3 and 3→−4.
    expect(within.estimate).toBeCloseTo(-7 / 2, 12);
    expect(together.estimate).toBeCloseTo((1 * 3 + 3 * -4) / (1 + 9), 12);
    expect({ runs, pairs, verdict: within.verdict }).toEqual({ runs: 1, pairs: 2, verdict: 'cannot tell' });
  });

  it('cannot tell from too few, or where the instrument says nothing', () => {
    const random = randomFrom(8);
    const few = madePaths({ units: FEWEST_UNITS - 1, outcomes: [3, 3], carried: 0, always: 0 }, random);
    expect(nextOutcome(few, SMALLEST).within.error).toBeNull();
    // Steps that are drawn anew from the level before: the level says nothing of the next step.
    const walks = Array.from({ length: 60 }, (_, at) => {
      const [a, b, c] = [random() - 0.5, random() - 0.5, random() - 0.5];
      return { unit: `${at}`, outcomes: [a, a + b, a + b + c] };
    });
    expect(nextOutcome(walks, SMALLEST).within.verdict).toBe('cannot tell');
    expect(nextOutcome([], SMALLEST)).toMatchObject({ runs: 0, pairs: 0 });
  });
});
