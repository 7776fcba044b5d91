import { describe, expect, it } from 'vitest';
import type { Difference } from '../questions/differences.ts';
import { differenceInWords, discountsHeadline, leftOutInWords, overviewHeadline } from './discounts.ts';
import { spendInWords, trendInWords } from './discountSections.ts';
import { spendMoved } from './spendMoved.ts';

const periods = { now: 'FY27 Q3', before: 'Q2' };
const totals = {
  discount: 4_213_907,
  list: 23_031_440,
  rate: 0.183,
  before: 3_602_867,
  rateBefore: 0.17,
  coverage: 0.96,
  deals: 412,
};

const west: Difference = {
  dimension: 'region',
  name: 'West',
  list: 7_518_672,
  discount: 1_812_000,
  error: 0.01,
  deals: 131,
  effective: 90,
  rate: 0.241,
  rest: 0.155,
  gap: 0.086,
  low: 0.066,
  high: 0.106,
  p: 1e-6,
  stands: true,
  dollars: 646_606,
};

describe('the overview', () => {
  it('says what discounts cost and how much more that is', () => {
    expect(overviewHeadline(totals, periods, 'USD').replaceAll('\u00a0', ' ')).toBe(
      'Discounts cost $4.2 million in FY27 Q3, 18.3% of list; $611,000 more than in Q2.',
    );
  });

  it('says nothing of a comparison that is not there', () => {
    expect(
      overviewHeadline({ ...totals, before: null }, { ...periods, before: null }, 'USD').replaceAll(
        '\u00a0',
        ' ',
      ),
    ).toBe('Discounts cost $4.2 million in FY27 Q3, 18.3% of list.');
  });

  it('says what is left out where most prices are not known, and nothing where they are', () => {
    expect(leftOutInWords(totals)).toBeUndefined();
    expect(leftOutInWords({ ...totals, list: null, coverage: 0 })).toBeUndefined();
    expect(leftOutInWords({ ...totals, coverage: 0.15 })).toBe(
      'List price is known for 15% of net alone; what was given away on the rest is not counted.',
    );
  });

  it('says that nothing was won, or that no list price is known', () => {
    expect(overviewHeadline({ ...totals, deals: 0 }, periods, 'USD').replaceAll('\u00a0', ' ')).toBe(
      'Nothing was won in FY27 Q3.',
    );
    expect(
      overviewHeadline({ ...totals, list: null, discount: null, rate: null }, periods, 'USD').replaceAll(
        '\u00a0',
        ' ',
      ),
    ).toBe('What discounts cost in FY27 Q3 is not known: no list price is.');
  });
});

describe('the discount page', () => {
  it('leads with the group that differs', () => {
    expect(discountsHeadline(totals, periods, [west])).toBe(
      'West gives away 24.1% of list; the rest of the company 15.5%.',
    );
    expect(differenceInWords([west, { ...west, stands: false }], totals, 'USD')).toContain(
      'the only one of 2 comparisons',
    );
  });

  it('states no difference that chance explains', () => {
    const headline = discountsHeadline(totals, periods, [{ ...west, stands: false }]);
    expect(headline).toContain('none gives away more than chance explains');
    expect(headline).not.toContain('West');
  });
});

describe('what moved spend', () => {
  const bridge = {
    before: 100_000,
    now: 160_000,
    volume: 40_000,
    mix: -15_000,
    rate: 35_000,
    added: 0,
    gone: 0,
    currency: 0,
    restatement: 0,
    byGroup: [],
  };

  it('names what pushed and what held against it, largest first', () => {
    expect(spendMoved(bridge, 'USD', 'regions')).toBe(
      'Spend is up $60,000, by selling more ($40,000) and a higher rate within regions ($35,000); a mix of regions with smaller discounts ($15,000) held against it.',
    );
  });

  it('leaves small parts out', () => {
    expect(spendMoved({ ...bridge, mix: -1_000, now: 174_000 }, 'USD', 'regions')).not.toContain('mix');
  });
});

describe('the trend', () => {
  const quarter = (more: object) => ({
    ...{ period: '2027-Q3', ends_on: '2026-11-01', discount: 20, discount_rate: 0.2, rate_before: 0.15 },
    ...{ deals: 12, deals_before: 11, is_open: false },
    ...more,
  });

  it('compares a quarter with the year before from ten deals on, on both sides', () => {
    expect(trendInWords([quarter({})])).toMatch(
      /^20\.0% of list in FY27 Q3, 5\.0.pts more than a year before\.$/,
    );
    expect(trendInWords([quarter({ deals_before: 1, rate_before: null })])).toBe(
      '20.0% of list in FY27 Q3; the same quarter a year before had 1 deal, too few to compare.',
    );
    expect(trendInWords([quarter({ deals: 4 })])).toBe(
      '20.0% of list in FY27 Q3; the quarter had 4 deals, too few to compare.',
    );
    expect(trendInWords([quarter({ deals_before: 0, rate_before: null })])).toContain('no year before');
  });
});

describe('where discounts are spent', () => {
  const spend = (known: boolean) =>
    ({
      groups: 1,
      split: { one: 'region', several: 'regions' },
      largest: { name: known ? 'West' : 'no region known', known, discount: 10, share: 1 },
    }) as unknown as Parameters<typeof spendInWords>[0];

  it('names the only group, and says where nothing tells groups apart', () => {
    expect(spendInWords(spend(true), totals, 'USD')).toBe('West is the only region in what is asked for.');
    expect(spendInWords(spend(false), totals, 'USD')).toBe('These deals say nothing of their region.');
  });
});
