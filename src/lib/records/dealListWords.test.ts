import { describe, expect, it } from 'vitest';
import type { Asking } from '../asking/asking.ts';
import { parseFilters } from '../metrics/request.ts';
import type { DealList } from './dealList.ts';
import { findingOf, populationOf, standfirstOf } from './dealListWords.ts';

const asking = (query: string, period: string | null = '2026-Q3') =>
  ({ filters: parseFilters(new URLSearchParams(query)), period }) as unknown as Asking;

const list = (count: number, totals: DealList['totals'], coverage: number | null = 1): DealList => ({
  deals: [],
  totals,
  count,
  page: 1,
  pages: 1,
  coverage,
});

describe('words on a list of deals', () => {
  it.each([
    ['', 'won'],
    ['is_won=true', 'won'],
    ['is_won!=false', 'won'],
    ['is_won=false', 'open or lost'],
    ['is_won=false&is_closed=true', 'lost'],
    ['is_closed=false', 'open'],
    ['is_closed=true', 'closed'],
    ['stage=Negotiation', ''],
    ['is_closed=true,false', ''],
    ['region=West', 'won'],
  ])('says of %s that they are %s deals', (query, words) => {
    expect(populationOf(asking(query))).toBe(words);
  });

  it('states how many and how much', () => {
    const sums = { discount: 4213907.1, discount_rate: 0.1829, list_amount: 23031440, net_amount: 1 };
    expect(findingOf(list(412, sums), asking(''), 'USD')).toBe(
      '412 won deals, $4.2\u00a0million of discount.',
    );
    expect(standfirstOf(list(412, sums, 0.961), asking('product_name=x'), 'USD')).toBe(
      'Won deals closed in FY26 Q3. The discount is 18.3% of $23.0\u00a0million of list. List price is known for ' +
        '96% of net; the rest is left out of discount. Sums are over the lines that fit; the rest of each deal ' +
        'is left out.',
    );
  });

  it('does not take an unknown list price for no discount', () => {
    const sums = { discount: null, discount_rate: null, list_amount: null, net_amount: 900 };
    expect(findingOf(list(1, sums), asking('is_closed=false'), 'USD')).toBe(
      '1 open deal, $900; their list price is not known.',
    );
  });

  it('has nothing to say of no deal but that', () => {
    expect(findingOf(list(0, {}), asking(''), 'USD')).toBe('No won deal fits.');
    expect(findingOf(list(0, {}), asking('stage=x'), 'USD')).toBe('No deal fits.');
    expect(standfirstOf(list(0, {}), asking(''), 'USD')).toBe('');
  });
});
