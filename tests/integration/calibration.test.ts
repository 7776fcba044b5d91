import { describe, expect, it } from 'vitest';
import { exactP, isMet, mayBeMet } from '../calibration/met.ts';
import { allCells, tried } from '../calibration/tried.ts';

const cells = await allCells();
/** A small share of what `npm run calibrate` tries: enough to see a method that broke. */
const RUNS = 30;

describe('methods tried on made facts', () => {
  it.each(cells)('$method: $counted · $facts', (cell) => {
    const tally = tried(cell, 0, RUNS);
    expect(tally.tried).toBeGreaterThanOrEqual(RUNS);
    expect({ ...tally, mayBeMet: mayBeMet(cell.aim, tally) }).toMatchObject({ mayBeMet: true });
  });

  it('are tried the same way again', () => {
    const cell = cells[0]!;
    expect(tried(cell, 0, 3)).toEqual(tried(cell, 0, 3));
    const whole = tried(cell, 0, 6).happened;
    expect(tried(cell, 0, 3).happened + tried(cell, 3, 6).happened).toBe(whole);
  });
});

describe('an aim', () => {
  it('is met by the share measured, or by what an exact test cannot reject', () => {
    expect(isMet({ atLeast: 0.93 }, { happened: 93, tried: 100 })).toBe(true);
    expect(isMet({ atLeast: 0.93 }, { happened: 92, tried: 100 })).toBe(false);
    expect(isMet({ atMost: 0.05 }, { happened: 6, tried: 100 })).toBe(false);
    expect(isMet({ is: 0.05 }, { happened: 12, tried: 100 })).toBe(true);
    expect(isMet({ is: 0.05 }, { happened: 16, tried: 100 })).toBe(false);
  });

  it('is tested by the sum of chances of counts as far off', () => {
    const chance = (k: number) => (k === 0 ? 0.8 ** 3 : 3 * 0.2 * 0.8 ** 2);
    expect(exactP({ happened: 2, tried: 3 }, 0.2)).toBeCloseTo(2 * (1 - chance(0) - chance(1)), 12);
  });
});
