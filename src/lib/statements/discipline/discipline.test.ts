import { describe, expect, it } from 'vitest';
import type { Approvals } from '../../questions/discipline/approvals.ts';
import type { AtLimit, AtLimits } from '../../questions/discipline/bunchingAtLimits.ts';
import type { QuarterEnd } from '../../questions/discipline/quarterEnd.ts';
import type { NeedsApproval } from '../../questions/discipline/whatIf.ts';
import { judge } from '../../statistics/verdict.ts';
import { approvalsInWords, approvalsNote, approvalsSaid, requestsInWords } from './approvals.ts';
import { atLimitInWords, bunchingSaid } from './bunching.ts';
import { disciplineHeadline, disciplineStandfirst } from './headline.ts';
import { loads, whatIfInWords } from './policy.ts';
import { quarterEndInWords, quarterEndLooked, quarterEndNote, quarterEndSaid } from './quarterEnd.ts';
import { splitsInWords, splitsSaid } from './splits.ts';
import { standing } from './together.ts';

const all = () => true;
const none = () => false;

describe('what survives together', () => {
  it('is decided over all sections of the page, and two of one name are refused', () => {
    const sections = [
      { looked: [{ id: 'a', p: 0.001 }] },
      { looked: Array.from({ length: 9 }, (_, at) => ({ id: `noise ${at}`, p: 0.09 + at / 10 })) },
    ];
    const stands = standing(sections);
    // Alone, a p of 0.09 would survive at 10%; beside nine others it does not.
    expect([stands('a'), stands('noise 0'), stands('unknown')]).toEqual([true, false, false]);
    expect(standing([{ looked: [{ id: 'noise 0', p: 0.09 }] }])('noise 0')).toBe(true);
    expect(() => standing([sections[0]!, sections[0]!])).toThrow('same name');
  });
});

describe('the headline', () => {
  const one = { headline: 'One thing', sentence: 'One sentence.', section: 'one', dollars: 10 };
  const two = { headline: 'Another', sentence: 'Two.', section: 'two', dollars: null };

  it('leaves names as they are written', () => {
    const named = { ...two, headline: 'Corvane gets more', isNamed: true };
    expect(disciplineHeadline([one, two], 5)).toBe('One thing; another');
    expect(disciplineHeadline([one, named], 5)).toBe('One thing; Corvane gets more');
  });
  it('says what costs most first, and that there is nothing where there is nothing', () => {
    expect(disciplineHeadline([two, one], 5)).toBe('One thing; another');
    expect(disciplineHeadline([two], 5)).toBe('Another');
    expect(disciplineHeadline([], 5)).toBe('Nothing shows that the process is gamed');
    expect(disciplineHeadline([], 0)).toContain('too little to tell');
    expect(disciplineStandfirst([two, one], [{ id: 'a', p: 0 }], all)).toBe(
      'One sentence. Two. 1 of 1 comparison on this page is more than chance explains, at a false-discovery rate of 10%.',
    );
  });
});

describe('quarter end', () => {
  const gap = (estimate: number, error: number) => ({
    ...judge({ estimate, error, df: 40 }, 0.01),
    p: 0.001,
  });
  const found: QuarterEnd = {
    ...{ days: [], quarters: 8, deals: 1000, lateDeals: 250, clusteredBy: 'rep', lateListAYear: 1e6 },
    booked: {
      share: 0.24,
      expected: 0.15,
      above: judge({ estimate: 0.09, error: 0.02, df: 30 }, 0.1),
      p: 0.001,
    },
    bookedDeals: { share: 0.25, expected: 0.15, above: judge({ estimate: 0.1, error: 0.01, df: 30 }), p: 0 },
    ...{ own: gap(0.03, 0.005), programme: gap(0, 0.004) },
  };
  it('is told with intervals where it survives, and as not to be told where it does not', () => {
    expect(quarterEndInWords(found, all)).toBe(
      'The last ten business days of the quarter brought 24.0% of bookings; even days would bring 15.0% (difference +4.9 to +13.1 points). Deals like them carry 3.0 points more discretionary discount there (95% interval +2.0 to +4.0).',
    );
    const weak = { ...found, own: gap(0.01, 0.02) };
    expect(quarterEndInWords(weak, none)).toContain('can’t be told');
    expect(quarterEndInWords({ ...found, own: gap(0.001, 0.002) }, none)).toContain('no differently there');
    expect(quarterEndSaid(found, none, 'USD')).toEqual([]);
    expect(quarterEndSaid(found, all, 'USD')[0]!.sentence).toContain('$30,000 a year');
    expect(quarterEndNote(found, all, 'USD')).toContain('Larkin 2014');
    expect(quarterEndLooked(found).map(({ id }) => id)).toHaveLength(3);
    // A quarter of deals by number, where dollars hang on a few.
    const byDeals = (id: string) => id.endsWith('/deals');
    expect(quarterEndInWords(found, byDeals)).toContain('25.0% of deals');
  });
  it('states nothing whose own interval holds zero, though it survives beside clear ones', () => {
    const wide = judge({ estimate: 0.02, error: 0.011, df: 40 }, 0.01);
    const above = judge({ estimate: 0.03, error: 0.017, df: 30 }, 0.01);
    const edge: QuarterEnd = {
      ...found,
      own: { ...wide, p: 0.077 },
      booked: { ...found.booked!, above, p: 0.09 },
      bookedDeals: { ...found.bookedDeals!, above, p: 0.09 },
    };
    expect(wide.verdict).toBe('cannot tell');
    expect(quarterEndInWords(edge, all)).toMatch(/can't tell from chance\. Whether .* can’t be told/);
    expect(quarterEndNote(edge, all, 'USD')).not.toContain('a year on what closes then');
    expect(quarterEndSaid(edge, all, 'USD')).toEqual([]);
  });
});

describe('limits', () => {
  const at = (estimate: number, error: number) =>
    ({
      ...{ limit: 10, p: 0.08, compared: null },
      result: {
        why: null,
        bunching: {
          ...{ excess: 40, excessInterval: { low: 1, high: 79 }, missing: 3, warnings: [] },
          share: judge({ estimate, error, df: 40 }, 0.01),
        },
      },
    }) as unknown as AtLimit;
  it('are a finding only where the share near them is clear of zero', () => {
    const [clear, edge] = [at(0.2, 0.02), at(0.02, 0.011)];
    expect(atLimitInWords(clear, all)).toContain('end at the limit of 10%');
    expect(atLimitInWords(edge, all)).toContain('can’t be told');
    expect(bunchingSaid({ limits: [clear, edge] } as AtLimits, all)).toHaveLength(1);
    expect(bunchingSaid({ limits: [clear] } as AtLimits, none)).toEqual([]);
  });
});

describe('approvals', () => {
  const found: Approvals = {
    ...{ anyPolicy: true, anyRequest: true, overLimit: 40, before: 30, after: 4, none: 6 },
    ...{ unapprovedAmount: 50_000, objectiveShare: 0.4, withCriterion: 50, ignored: [] },
    time: { n: 50, lower: 2, median: 4, upper: 6 },
  };
  it('are told by when they came, and not at all where nobody records them', () => {
    expect(approvalsInWords(found)).toBe(
      '40 deals were won over the limit of their sellers: 75% approved before the close, 4 only after it, 6 never. A decision takes 4 days (median; half take 2 to 6).',
    );
    expect(approvalsInWords({ ...found, anyRequest: false })).toContain('not recorded');
    expect(approvalsSaid(found, 'USD', 8)[0]!.headline).toBe(
      '25% of deals over the limit closed without approval',
    );
    expect(approvalsSaid({ ...found, overLimit: 9 }, 'USD', 8)).toEqual([]);
    expect(approvalsSaid({ ...found, anyRequest: false }, 'USD', 8)).toEqual([]);
    expect(approvalsSaid({ ...found, ignored: ['product family'] }, 'USD', 8)).toEqual([]);
  });
  it('counts a share of requests from those of which it is known', () => {
    expect(approvalsNote(found, 'USD')).toContain(
      'Of 50 decided requests whose criterion is known, 40% were decided by an objective one, the rest by a subjective one.',
    );
    expect(approvalsNote({ ...found, objectiveShare: null }, 'USD')).not.toContain('criterion');
  });
});

describe('split deals', () => {
  const set = { deals: [], amount: 30_000, limit: 25_000 };
  const found = {
    sets: [set, set],
    byChance: { mean: 1.4, low: 0, high: 4 },
    p: 0.4,
    deals: 300,
    names: new Map(),
  };
  it('are no finding where chance makes as many', () => {
    expect(splitsInWords(found, none)).toContain('as many as there may be if nobody splits');
    expect(splitsSaid(found, none)).toEqual([]);
    // A customer who buys in bursts looks the same: nobody is said to have meant it.
    expect(splitsSaid(found, all).map(({ headline }) => headline)).toEqual([
      'More deals than chance explains are over the dollar limit only together',
    ]);
    expect(splitsInWords({ ...found, sets: [] }, none)).toMatch(/^No deals/);
    expect(splitsInWords({ ...found, deals: 5 }, all)).toContain('too few');
  });
});

it('says what was decided, and where nothing was', () => {
  const found = { count: 64, approved: 63, depth: 0.345 };
  expect(requestsInWords('Ann', found)).toBe(
    'Ann granted 63 of 64 requests, 34.5% of the list they are about.',
  );
  expect(requestsInWords(null, { ...found, approved: 1, depth: null })).toBe('1 of 64 requests was granted.');
  expect(requestsInWords(null, { count: 0, approved: 0, depth: null })).toMatch(/^No decided request/);
});

describe('what if', () => {
  const deal = (deal_id: string, today: string | null, changed: string | null): NeedsApproval => ({
    ...{ deal_id, deal_name: deal_id, account_name: null, rep_id: 'ann', rep_name: 'Ann', role: 'ae' },
    ...{ closed_on: '2026-05-04', discount: 100, list: 400, today, changed },
  });
  const rows = [deal('a', 'manager', null), deal('b', 'manager', 'manager'), deal('c', 'vp', 'manager')];
  it('counts deals under both policies, in all and by who has to approve', () => {
    expect(whatIfInWords(rows, 2, true, 'USD')).toBe(
      'Under today’s limits 3 deals with $300 of discount would have needed approval; under the changed ones 2 deals with $200: 1 fewer.',
    );
    expect(whatIfInWords(rows, 2, false, 'USD')).toMatch(/3 deals .* 2 a quarter\.$/);
    const byRole = loads(rows, 2, (row, policy) => row[policy]);
    expect(
      byRole.map(({ name, today, changed }) => [name, today.deals, changed.deals, today.aQuarter]),
    ).toEqual([
      ['vp', 1, 0, 0.5],
      ['manager', 2, 2, 1],
    ]);
  });
});
