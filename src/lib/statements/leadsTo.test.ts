import { describe, expect, it } from 'vitest';
import type { Lost } from '../questions/leadsTo/lost.ts';
import type { DiscountPath } from '../questions/leadsTo/path.ts';
import type { Band, BandOutcome } from '../questions/leadsTo/yearAfter.ts';
import { judge } from '../statistics/verdict.ts';
import { lostBasis, lostInWords, pathInWords, pathNote, yearInWords } from './leadsTo.ts';

const slope = (estimate: number, error: number | null) => judge({ estimate, error, df: 200 }, 0.1);
const path = (within: [number, number | null], together: [number, number | null]): DiscountPath => ({
  ...{ points: [], deals: 900, everySoMany: 1 },
  next: {
    ...{ within: slope(...within), runs: 300, units: 150 },
    ...{ together: slope(...together), pairs: 500, pairUnits: 350 },
  },
});

describe('whether one discount begets the next', () => {
  it('tells what the customer always gets from what the deal carries over', () => {
    const said = pathInWords(path([0.4, 0.08], [0.5, 0.05]));
    expect(said).toContain('ten points more than such deals get is given 5.0 points more on the next');
    expect(said).toContain('one discount begets the next.');
    expect(pathInWords(path([-0.05, 0.09], [0.12, 0.05]))).toContain('cannot be told');
    expect(pathInWords(path([0.01, 0.02], [0.12, 0.05]))).toContain('no more than 0.5 points');
    expect(pathInWords(path([-0.4, 0.08], [0.5, 0.05]))).toContain('followed by a lesser one');
    expect(pathInWords(path([0.4, null], [0.5, 0.05]))).toContain('Too few customers bought three times');
    expect(pathInWords(path([0.4, null], [0.5, null]))).toMatch(/^Only 350 customers bought more than once/);
    expect(pathNote({ ...path([0.4, 0.08], [0.5, 0.05]), everySoMany: 7 })).toContain('every 7th customer');
  });
});

describe('what customers did a year after', () => {
  const outcome = (observed: number, expected: number, error: number, stands: boolean): BandOutcome => ({
    ...{ observed, expected, stands, p: stands ? 0.001 : 0.5 },
    difference: judge({ estimate: observed - expected, error, df: 100 }, 0.03),
  });
  const band = (name: string, stayed: BandOutcome | null): Band => ({
    ...{ band: name, customers: 100, outcomes: { stayed, recurring: null, service: null } },
  });

  it('names a band only where its difference survives', () => {
    const [shallow, deep] = [outcome(0.9, 0.89, 0.03, false), outcome(0.7, 0.88, 0.04, true)];
    expect(yearInWords([band('up to 10%', shallow), band('30% and more', deep)])).toBe(
      'Customers whose first discount was 30% and more stayed for a year or longer 70.0%; such customers with other discounts 88.0% (a difference of −25.9 to −10.1). Association: they may have differed before.',
    );
    expect(yearInWords([band('a', shallow), band('b', shallow)])).toContain('could have gone unseen');
    const sure = outcome(0.9, 0.9, 0.005, false);
    expect(yearInWords([band('a', sure), band('b', sure)])).toContain('much the same');
    expect(yearInWords([band('a', sure), band('b', null)])).toContain('too few to compare');
  });

  it('says what was spent on those who left, and of how much it is known', () => {
    const lost: Lost = {
      ...{ settled: 400_000, deals: 90, customers: 60, lost: 100_000, lostCustomers: 7, old: 500_000 },
      named: [],
    };
    expect(lostInWords(lost, 'USD')).toContain('$100,000 (25.0%) bought nothing: 7 customers of 60');
    expect(lostInWords({ ...lost, customers: 1200 }, 'USD')).toContain('7 customers of 1,200 had left');
    expect(lostInWords({ ...lost, lost: 0 }, 'USD')).toContain('nothing went to a customer who had left');
    expect(lostInWords({ ...lost, settled: 0 }, 'USD')).toBe('');
    expect(lostBasis(lost)).toBe('90 deals · a year after known for 80% of the discount that old');
  });
});
