import { describe, expect, it } from 'vitest';
import { modelled, type Row } from './modelled.fixture.ts';

const deal = (deal_id: string, more: Row = {}): Row => ({
  deal_id,
  owner_id: 'ann',
  created_on: '2026-03-01',
  closed_on: '2026-05-04',
  is_closed: true,
  is_won: true,
  ...more,
});
const line = (deal_id: string, percent: number, more: Row = {}): Row => ({
  deal_line_id: `${deal_id} ${Object.values(more).join(' ')}`,
  deal_id,
  list_amount: 1000,
  net_amount: 1000 - 10 * percent,
  ...more,
});
const asked = (deal_id: string, decided_on: string | null, decision = 'approved', more: Row = {}): Row => ({
  exception_id: `for ${deal_id} ${decided_on}`,
  deal_id,
  requested_by: 'ann',
  requested_on: '2026-04-20',
  decided_on,
  decision,
  ...more,
});
const over = `select deal_id, approval, answer, excess_base::double as excess from marts.fact_over_limit order by deal_id`;
const limit = (max_rate: number, more: Row = {}): Row => ({ role: 'ae', max_rate, binds: 'line', ...more });
const ann = { person_id: 'ann', role: 'ae' };

describe('deals over the limit of their seller', () => {
  it('are approved by the day of the close, only after it, or never', async () => {
    const { rows } = await modelled({
      person_assignment: [ann],
      discount_policy: [limit(20)],
      deal: [
        'at the limit',
        'before',
        'after',
        'never asked',
        'on the day',
        'pending',
        'programme',
        'rejected',
        'some day',
      ].map((id) => deal(id)),
      deal_line: [
        line('at the limit', 20),
        line('before', 25),
        line('after', 22),
        line('never asked', 21),
        line('on the day', 30),
        line('pending', 30),
        line('programme', 50, { discount_kind: 'volume' }),
        line('rejected', 40),
        line('some day', 30),
      ],
      price_exception: [
        asked('before', '2026-05-01'),
        asked('before', '2026-05-09'),
        asked('after', '2026-05-05'),
        asked('on the day', '2026-05-04'),
        asked('pending', null, 'pending'),
        asked('rejected', '2026-05-01', 'rejected'),
        asked('some day', null),
      ],
    });
    expect(await rows(over)).toEqual([
      { deal_id: 'after', approval: 'after', answer: 'approved', excess: 20 },
      { deal_id: 'before', approval: 'before', answer: 'approved', excess: 50 },
      { deal_id: 'never asked', approval: 'none', answer: 'not asked', excess: 10 },
      { deal_id: 'on the day', approval: 'before', answer: 'approved', excess: 100 },
      { deal_id: 'pending', approval: 'none', answer: 'pending', excess: 100 },
      { deal_id: 'rejected', approval: 'none', answer: 'rejected', excess: 200 },
      // Approved, and nobody knows on which side of the close.
      { deal_id: 'some day', approval: null, answer: 'approved', excess: 100 },
    ]);
  });

  it('are held to the policy of the day of the request, line by line or as a whole', async () => {
    const { rows } = await modelled({
      person_assignment: [ann],
      discount_policy: [
        limit(30, { valid_to: '2026-05-01' }),
        limit(20, { valid_from: '2026-05-01' }),
        limit(50, { product_family: 'Old' }),
        { role: 'ae', max_amount: 350, binds: 'deal' },
      ],
      product: [{ product_id: 'p', family: 'Old' }],
      deal: ['asked in time', 'not asked', 'of the family', 'two lines', 'lost'].map((id) =>
        deal(id, { is_won: id !== 'lost' }),
      ),
      deal_line: [
        line('asked in time', 25),
        line('not asked', 25),
        line('of the family', 33, { product_id: 'p' }),
        line('two lines', 18, { list_amount: 1000 }),
        line('two lines', 18, { list_amount: 1000, product_id: 'p' }),
        line('lost', 25),
      ],
      price_exception: [asked('asked in time', '2026-04-30')],
    });
    // Under the policy of the request 25% was within the limit; two lines give 360 together.
    expect(await rows(over)).toEqual([
      { deal_id: 'lost', approval: 'none', answer: 'not asked', excess: 50 },
      { deal_id: 'not asked', approval: 'none', answer: 'not asked', excess: 50 },
      { deal_id: 'two lines', approval: 'none', answer: 'not asked', excess: 10 },
    ]);
  });

  it('are told with the limit of the part that is furthest over its own', async () => {
    const { rows } = await modelled({
      person_assignment: [ann],
      discount_policy: [
        limit(10, { product_family: 'Old' }),
        limit(20, { max_amount: 900 }),
        { role: 'ae', max_amount: 2000, binds: 'deal' },
      ],
      product: [{ product_id: 'p', family: 'Old' }],
      deal: [deal('rates'), deal('money'), deal('whole')],
      deal_line: [
        line('rates', 12, { product_id: 'p' }),
        line('rates', 25),
        line('money', 19, { list_amount: 5000, net_amount: 4000 }),
        line('money', 1),
        line('whole', 5, { list_amount: 20_000, net_amount: 17_500, product_id: 'p' }),
        line('whole', 5, { list_amount: 20_000, net_amount: 19_200 }),
      ],
    });
    expect(
      await rows(
        `select deal_id, rate, max_rate, max_amount, binds, discount, highest_rate, excess_base::double as excess
         from core.over_limit order by deal_id`,
      ),
    ).toEqual([
      {
        ...{ deal_id: 'money', rate: 20, max_rate: 20, max_amount: 900, binds: 'line', discount: 1000 },
        // A limit in money was passed, and none in percent.
        ...{ highest_rate: null, excess: 100 },
      },
      {
        ...{ deal_id: 'rates', rate: 25, max_rate: 20, max_amount: 900, binds: 'line', discount: 250 },
        ...{ highest_rate: 25, excess: 70 },
      },
      {
        ...{ deal_id: 'whole', rate: 8.25, max_rate: null, max_amount: 2000, binds: 'deal', discount: 3300 },
        ...{ highest_rate: 12.5, excess: 1300 },
      },
    ]);
  });

  it('are approved by what grants at least what is given, won or open alike', async () => {
    const ids = ['less', 'in dollars', 'later enough', 'one line', 'no rate told', 'half a point'];
    const { rows } = await modelled({
      person_assignment: [ann],
      discount_policy: [limit(20), { role: 'ae', max_amount: 450, binds: 'deal' }],
      deal: ids.flatMap((id) => [
        deal(id),
        deal(`open: ${id}`, { is_closed: false, is_won: false, closed_on: '2026-12-01' }),
      ]),
      deal_line: ids.flatMap((id) =>
        [id, `open: ${id}`].flatMap((one) =>
          id === 'in dollars'
            ? [line(one, 15, { list_amount: 4000, net_amount: 3400 })]
            : [
                line(one, 30),
                ...(id === 'one line' ? [line(one, 5, { product_id: 'p', discount_kind: 'volume' })] : []),
              ],
        ),
      ),
      price_exception: ids.flatMap((id) =>
        [id, `open: ${id}`].flatMap((one) => [
          asked(one, '2026-04-27', 'Approved ', {
            approved_rate:
              id === 'no rate told' ? null : ({ 'half a point': 29.5, 'in dollars': 0 }[id] ?? 25),
            criterion: id === 'later enough' ? 'subjective' : null,
            approver_id: 'vera',
          }),
          ...(id === 'later enough'
            ? [asked(one, '2026-05-10', 'approved', { approved_rate: 30, approver_id: 'bob' })]
            : []),
        ]),
      ),
    });
    const told = await rows(
      `select deal_id, approval, answer, approver_id, criterion from marts.fact_over_limit order by deal_id`,
    );
    const approved = (approval: string) => ({
      approval,
      answer: 'approved',
      approver_id: 'vera',
      criterion: null,
    });
    const expected = {
      'half a point': approved('before'),
      'in dollars': approved('before'),
      'later enough': { ...approved('after'), approver_id: 'bob' },
      less: { approval: 'none', answer: 'approved for less', approver_id: null, criterion: null },
      'no rate told': approved('before'),
      // 30% on a line are less than 25% of the deal: nobody says which of them was asked for.
      'one line': approved('before'),
    };
    expect(told.filter(({ deal_id }) => !String(deal_id).startsWith('open'))).toEqual(
      Object.entries(expected).map(([deal_id, one]) => ({ deal_id, ...one })),
    );
    // An open deal is approved by the same approvals; none of them is late, as it has not closed.
    expect(told.filter(({ deal_id }) => String(deal_id).startsWith('open'))).toEqual(
      Object.entries(expected).map(([id, one]) => ({
        ...{ deal_id: `open: ${id}`, ...one },
        approval: one.approval === 'after' ? 'before' : one.approval,
      })),
    );
    expect(await rows('select deal_id from core.finding_unapproved_open')).toEqual([
      { deal_id: 'open: less' },
    ]);
  });

  it('begin at the limit itself where it may not be granted, and say nothing of approvals that nobody records', async () => {
    const given = {
      deal: [deal('at the limit'), deal('below')],
      deal_line: [line('at the limit', 20), line('below', 19.9)],
    };
    const limits = 'approval_limits: [{ rate: 20, binds: line }]';
    const allowed = await modelled(given, limits);
    expect(await allowed.rows(over)).toEqual([]);
    const not = await modelled(given, `${limits}\nlimit_inclusive: false`);
    expect(await not.rows(over)).toEqual([
      { deal_id: 'at the limit', approval: null, answer: null, excess: 0 },
    ]);
  });
});

it('tells of a request how long it took, and on which side of the close it was decided', async () => {
  const { rows } = await modelled({
    person: [{ person_id: 'vera', name: 'Vera' }],
    deal: [deal('won'), deal('open', { is_closed: false, is_won: false })],
    price_exception: [
      asked('won', '2026-04-27', 'Approved', {
        approver_id: 'vera',
        approved_rate: 25,
        criterion: 'Objective ',
      }),
      asked('won', '2026-05-10', 'rejected', { approved_rate: 25 }),
      asked('open', null, 'pending'),
      asked('open', '2026-04-19', 'approved'),
    ],
  });
  expect(
    await rows(
      `select deal_id, decision, decided, criterion, approver_name, approved_rate, decision_days::integer as days, fiscal_quarter
       from marts.fact_exception order by deal_id desc, decided_on`,
    ),
  ).toMatchObject([
    {
      decision: 'approved',
      decided: 'before the close',
      criterion: 'objective',
      approver_name: 'Vera',
      approved_rate: 25,
      days: 7,
    },
    { decision: 'rejected', decided: 'after the close', approver_name: null, approved_rate: null, days: 20 },
    // Decided before it was asked: one of the dates is wrong, so no time is told.
    { decision: 'approved', decided: null, days: null, fiscal_quarter: '2026-Q2' },
    { decision: 'pending', decided: null, days: null },
  ]);
});
