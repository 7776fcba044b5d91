import { describe, expect, it } from 'vitest';
import { findingKinds, type Finding } from '../../questions/findings/finding.ts';
import type { Week } from '../../questions/findings/week.ts';
import { findingsHeadline } from './list.ts';
import { outcomeInWords, saidOf } from './sayings.ts';
import { settledTable, sinceInWords, weekAnswer, weekBasis, weekTable } from './tables.ts';

const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{
    finding_id: 'unapproved_open:d',
    kind: 'unapproved_open',
    state: 'new',
    outcome: null,
    status: 'open',
  },
  ...{ decided_by: null, decided_at: null, note: null, amount: 74_200, happened_on: '2026-10-01' },
  ...{ act_by: '2026-11-30', first_seen_on: '2026-11-16', last_seen_on: '2026-11-16', gone_on: null },
  ...{
    deal_id: 'd/1',
    deal_name: 'Meridian Foods',
    account_id: 'a',
    account_name: 'Meridian',
    invoice_id: null,
  },
  ...{ region: 'West', rep_id: 'r', rep_name: 'Okafor', manager_name: 'Quinn' },
  facts: { rate: 32, limit: 20, most: 25_000, discount: 90_000, approved: null, rejected: null },
  ...more,
});

const found: Week = {
  ...{ shown: [{ ...finding(), findings: 1, together: 74_200 }], findings: 34, things: 30, amount: 900_000 },
  ...{ settled: [], settledShown: [], before: null, ignored: [] },
};

describe('what is said of a finding', () => {
  it('names the figures, what to do and where it is proved', () => {
    expect(saidOf(finding(), 'USD')).toEqual({
      why: '32% on a limit of 20%, nobody asked for approval; due 30 Nov 2026',
      todo: 'Ask for approval with the value case, or hold at 20%',
      proof: '/deals/d%2F1',
    });
  });

  it('names the limit that was passed, where it is one in money', () => {
    const facts = { rate: 18, limit: null, most: 25_000, discount: 90_000, approved: null, rejected: null };
    expect(saidOf(finding({ facts }), 'USD').why).toMatch(
      /^\$90,000 of discount on a limit of \$25,000 a deal/,
    );
    expect(saidOf(finding({ facts: { ...facts, binds: 'line' } }), 'USD').why).toMatch(/\$25,000 a line/);
  });

  it('says of what was won without approval whether less was approved, or later', () => {
    const won = (more: object) =>
      saidOf(finding({ kind: 'closed_unapproved', facts: { rate: 32, limit: 20, ...more } }), 'USD').why;
    expect(won({ approved: 25 })).toBe('won at 32% on a limit of 20%, only 25% was approved');
    expect(won({ approved: null, approved_later: '2026-11-03' })).toMatch(/approved only on 3 Nov 2026$/);
    expect(won({})).toMatch(/no approval recorded$/);
  });

  it('needs no more than the figures that each kind always has', () => {
    const always = { rate: 30, limit: 20, upper: 21, n: 12, seller_excess: 4, seller_deals: 12, share: 76 };
    for (const kind of findingKinds) {
      const { why, todo } = saidOf(finding({ kind, facts: always, act_by: null }), 'USD');
      expect(`${why} ${todo}`).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('says new, since when, or, in the first week, when it happened', () => {
    expect(sinceInWords(finding())).toBe('new');
    expect(sinceInWords(finding({ state: 'still open', first_seen_on: '2026-11-02' }))).toBe('2 Nov 2026');
    expect(sinceInWords(finding({ state: 'first week' }))).toBe('1 Oct 2026');
  });

  it('does not make up what the data do not tell', () => {
    expect(outcomeInWords({ state: 'gone', outcome: 'cannot tell' })).toBe(
      'gone, and the data do not say why',
    );
    expect(outcomeInWords({ state: 'recovered', outcome: 'repriced' })).toBe('was repriced');
  });
});

describe('what is said of the week', () => {
  it('counts what is shown, and what became of the week before', () => {
    expect(weekAnswer(found, 'USD')).toBe(
      'The 1 thing to begin with, worth $74,200 that can still be changed.',
    );
    const settled: Week['settled'] = [
      { state: 'recovered', findings: 4, amount: 58_200 },
      { state: 'lapsed', findings: 1, amount: 9000 },
    ];
    expect(weekAnswer({ ...found, settled, before: '2026-11-09' }, 'USD')).toContain(
      'Of what was there on 9 Nov 2026: 4 recovered ($58,200), 1 lapsed ($9,000).',
    );
    expect(weekAnswer({ ...found, shown: [], things: 0 }, 'USD')).toBe(
      'Nothing is found that can still be changed.',
    );
  });

  it('leads each row to its deal and its reason to the proof', () => {
    const { rows, total } = weekTable(found, 'USD');
    expect(rows[0]).toMatchObject({
      href: '/deals/d%2F1',
      links: { why: '/deals/d%2F1' },
      notes: { owner: 'manager Quinn' },
      cells: { what: 'Meridian Foods', owner: 'Okafor', since: 'new', amount: 74_200 },
    });
    expect(total.cells).toEqual({ what: '1 of 30 things', amount: 74_200 });
  });

  it('says what became of the largest that are gone', () => {
    expect(settledTable(found, 'USD')).toBeNull();
    const gone = finding({ state: 'lapsed', outcome: 'closed at that price' });
    expect(settledTable({ ...found, settledShown: [gone] }, 'USD')!.rows[0]!.cells.became).toBe(
      'lapsed: closed at that price',
    );
  });
});

describe('the headline of all findings', () => {
  const count = (more: object) => ({
    ...{ kind: 'price', status: 'open' as const, state: 'new', findings: 2, amount: 1000 },
    ...more,
  });

  it('leaves out what is decided and what is gone', () => {
    const { finding: headline, standfirst } = findingsHeadline(
      [
        count({}),
        count({ state: 'still open', findings: 3 }),
        count({ status: 'done', findings: 1 }),
        count({ state: 'recovered', findings: 7 }),
      ],
      { findings: 5, things: 4, amount: 1500 },
      'USD',
    );
    expect(headline).toBe('5 findings about 4 things worth $1,500 can still be acted on.');
    expect(standfirst).toContain('2 of them are new this week. 1 more is decided as done or no problem.');
  });

  it('says so where nothing is found', () => {
    const one = { findings: 1, things: 1, amount: 1000 };
    expect(findingsHeadline([count({ findings: 1 })], one, 'USD').finding).toBe(
      '1 finding worth $1,000 can still be acted on.',
    );
    const none = { findings: 0, things: 0, amount: 0 };
    expect(findingsHeadline([], none, 'USD').finding).toBe('Nothing is found that can still be acted on.');
  });
});

it('says of how many things the findings are, where several are one', () => {
  expect(weekBasis({ findings: 440, things: 423 })).toBe('440 open findings about 423 things');
  expect(weekBasis({ findings: 5, things: 5 })).toBe('5 open findings');
});
