import { describe, expect, it } from 'vitest';
import { statedMonths } from './statedMonths.ts';

const calendar = Array.from({ length: 24 }, (_, at) => `M${at}`);
const year = calendar.slice(12);
const every = (step: number) => calendar.filter((_, at) => at % step === 0);
const ofYear = (months: string[]) => months.filter((month) => year.includes(month));

describe('the months of an income statement', () => {
  it.each([
    ['months', 1, 12],
    ['quarters', 3, 4],
    ['years', 12, 1],
  ])('are a whole year of %s', (_, step, periods) => {
    const began = every(step);
    const found = statedMonths({ calendar, year, began, known: ofYear(began) });
    expect(found.periods).toHaveLength(periods);
    expect(found).toMatchObject({ months: year, isYear: true });
  });

  it('leave out a period that is not known, and one that ends beyond them', () => {
    const began = every(3);
    const known = ['M12', 'M21'];
    expect(statedMonths({ calendar, year, began, known })).toEqual({
      periods: known,
      months: ['M12', 'M13', 'M14', 'M21', 'M22', 'M23'],
      isYear: false,
    });
    const years = ['M3', 'M15'];
    expect(statedMonths({ calendar, year, began: years, known: ['M15'] })).toEqual({
      ...{ periods: [], months: [], isYear: false },
    });
  });

  it('are none of a single period, of which nobody says how long it is', () => {
    expect(statedMonths({ calendar, year, began: ['M12'], known: ['M12'] }).periods).toEqual([]);
    expect(statedMonths({ calendar, year, began: [], known: [] }).periods).toEqual([]);
  });
});
