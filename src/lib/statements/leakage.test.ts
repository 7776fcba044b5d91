import { describe, expect, it } from 'vitest';
import type { CauseSum, TieOut } from '../questions/leakage/tieOut.ts';
import {
  causeInWords,
  confidenceInWords,
  leakageHeadline,
  leakageStandfirst,
  listInWords,
  tieOutInWords,
  tiesInWords,
  whereInWords,
} from './leakage.ts';

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');
const cause = (of: Partial<CauseSum>): CauseSum => ({
  ...{ cause: 'price', lines: 3, parts: 5, sold: 100, billed: 90, less: 10, more: 0, confidence: 1 },
  ...of,
});
const found = (of: Partial<TieOut> = {}): TieOut => ({
  ...{ due: 10_000, billed: 9_000, matched: 8_500, matchedBilled: 8_500, share: 0.85 },
  ...{ less: 1_000, more: 0, unmatchedSold: 0, unmatchedBilled: 0 },
  ...{ notDue: 0, notDueParts: 0, n: 40, parts: 90, matchedParts: 80, confidence: 1 },
  causes: [
    cause({ less: 300 }),
    cause({ cause: 'not_billed', less: 700, lines: 1 }),
    cause({ cause: 'unmatched_sold', less: 0, sold: 500 }),
  ],
  answered: undefined as never,
  ...of,
});
const asked = { now: null, filtered: false };

describe('the headline', () => {
  const say = (of: TieOut | null, when = asked) => plain(leakageHeadline(of, when, 'USD'));

  it('says what was not billed as agreed, of what came due', () => {
    expect(say(found())).toBe('$1,000 of the $10,000 that came due was not billed as agreed.');
    expect(say(found(), { now: 'FY27 Q3', filtered: true } as never)).toBe(
      'Of what is asked for, $1,000 of the $10,000 that came due in FY27 Q3 was not billed as agreed.',
    );
  });

  it('claims no loss where nothing is known to be lost, and no tie-out where bills are not found', () => {
    expect(say(found({ less: 0 }))).toBe('No dollar of the $10,000 that came due was billed short.');
    expect(say(found({ less: 0, unmatchedSold: 6_000 }))).toBe(
      'For 60% of the $10,000 that came due no bill could be found.',
    );
  });

  it('says what can’t be said', () => {
    expect(say(null)).toContain('is not known');
    expect(say(found({ due: 0, billed: 50 }))).toBe(
      '$50 was billed, and nothing sold is known to have come due.',
    );
    expect(say(found({ due: 0, billed: 0 }))).toBe('Nothing that was sold came due.');
    expect(leakageStandfirst(null, 'USD')).toBeUndefined();
  });
});

describe('what stands under it', () => {
  it('names matched dollars first, then the two largest causes that cost money', () => {
    expect(plain(leakageStandfirst(found(), 'USD'))).toBe(
      '$8,500, 85.0% of it, was billed as sold. The largest cause is $700 on 1 line (not billed), then $300 on 3 lines (another price).',
    );
  });

  it('keeps what found no bill apart from what is lost', () => {
    const words = plain(leakageStandfirst(found({ unmatchedSold: 500, more: 40 }), 'USD'));
    expect(words).toContain('$40 was billed beyond what was sold.');
    expect(words).toContain('For $500 sold no bill could be found, which is not to say that there was none.');
  });
});

it('tells matched beside unmatched, and what is not due or without a sale', () => {
  expect(plain(tieOutInWords(found({ notDue: 2_000, unmatchedBilled: 70 }), 'USD'))).toBe(
    'Of $10,000 that came due on 40 lines $8,500 was billed as sold (85.0%); $1,000 was billed short. ' +
      'Another $2,000 was sold and is not due yet. $70 was billed for which no sale could be found.',
  );
  expect(plain(tieOutInWords(found({ share: null }), 'USD'))).toBe('Nothing that was sold came due.');
});

it('keeps credits apart from what bills lack', () => {
  const credit = cause({ cause: 'unauthorised_credit', less: 60, lines: 2 });
  const one = found({ less: 1_060, causes: [...found().causes, credit] });
  expect(plain(tieOutInWords(one, 'USD'))).toContain(
    '$1,000 was billed short, and $60 credited that nobody approved.',
  );
  expect(plain(leakageHeadline(one, asked, 'USD'))).toContain('not billed as agreed or was credited without');
});

it('says that totals tie only where they do', () => {
  expect(tiesInWords(found(), { sold: 10_000, billed: 9_000 })).toContain('to the cent');
  expect(tiesInWords(found(), { sold: 10_000.02, billed: 9_000 })).toContain('not those of all');
  expect(tiesInWords(found(), { sold: null, billed: 9_000 })).toContain('not those of all');
  expect(tiesInWords(found(), null)).toMatch(/^By the day of the bill/);
  expect(tiesInWords(found(), null)).toContain('credits at that of their own day');
});

it('says how sure matching is', () => {
  expect(confidenceInWords(1)).toBe('Every bill that was matched was matched by ids.');
  expect(confidenceInWords(1 - 1e-12)).toBe('Every bill that was matched was matched by ids.');
  expect(confidenceInWords(0.9997)).toContain('nearly 100%; 100% where ids say it');
  expect(confidenceInWords(0.87)).toContain('87.0%');
  expect(confidenceInWords(null)).toBe('');
});

it('says of a cause what it means and what it comes to, more and less apart', () => {
  expect(plain(causeInWords(cause({ less: 300, more: 20 }), 'USD'))).toBe(
    'The price billed is not the price agreed. 3 lines: $300 less than sold, $20 more.',
  );
});

it('counts credits and bills by their own names', () => {
  const one = cause({ cause: 'unauthorised_credit', less: 60, lines: 2 });
  expect(plain(causeInWords(one, 'USD'))).toContain('2 credits: $60.');
  expect(plain(causeInWords(cause({ cause: 'unmatched_billed', lines: 1, billed: 70 }), 'USD'))).toContain(
    '1 bill line: $70.',
  );
  expect(plain(leakageStandfirst(found({ causes: [one] }), 'USD'))).toContain('$60 on 2 credits');
});

it('names the group with most of it, of all groups and not of those shown', () => {
  const group = (name: string, less: number) => ({ name, less });
  const say = (groups: { name: string; less: number }[], all: number, less: number) =>
    plain(whereInWords({ groups, all }, { less }, 'regions', 'USD'));
  expect(say([group('West', 60), group('East', 40)], 2, 100)).toBe(
    'West has most of 2 regions: $60, 60% of what was billed short.',
  );
  expect(say([group('West', 60), group('East', 30)], 59, 100)).toContain('most of 59 regions');
  expect(say([group('West', 60)], 1, 60)).toBe('All of it is in West.');
  expect(say([group('West', 0)], 1, 0)).toBe('Nothing was billed short.');
});

it('says what the list holds', () => {
  expect(plain(listInWords({ count: 2, less: 70, more: 5 }, 'price', 'USD'))).toContain(
    '2 differences (another price): $70 less than sold, $5 more. Differences are in USD, both sides in their own currency.',
  );
  expect(listInWords({ count: 0, less: 0, more: 0 }, null, 'USD')).toBe(
    'Nothing is left to be worked through.',
  );
});
