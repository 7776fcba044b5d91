import { describe, expect, it } from 'vitest';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

const day = (from: string, days: number) =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);

/** A deal with one line of a list of 1,000 and a discount in percent. */
function sold(id: string, rate: number, more: Row = {}, line: Row = {}): { deal: Row; line: Row } {
  return {
    deal: {
      ...{ deal_id: id, name: id, account_id: 'acme', owner_id: 'ann', stage: 'Proposal' },
      ...{ is_closed: false, is_won: false, created_on: '2026-10-01', closed_on: '2026-12-01', ...more },
    },
    line: {
      ...{ deal_line_id: `${id}-1`, deal_id: id, product_id: 'p', deal_type: 'new', quantity: 1 },
      ...{ unit_list: 1000, net_amount: 1000 - 10 * rate, discount_kind: 'discretionary', ...line },
    },
  };
}

const people: Given = {
  person_assignment: [
    { person_id: 'ann', role: 'account_executive', manager_id: 'max', region: 'East' },
    { person_id: 'bea', role: 'account_executive', manager_id: 'max', region: 'East' },
    { person_id: 'max', role: 'sales_manager', region: 'East' },
  ],
  account: [{ account_id: 'acme', name: 'Acme', segment: 'SMB' }],
  discount_policy: [{ role: 'account_executive', max_rate: 20, binds: 'line' }],
};

const given = (parts: ReturnType<typeof sold>[], more: Given = {}): Given => ({
  ...people,
  deal: parts.map(({ deal }) => deal),
  deal_line: parts.map(({ line }) => line),
  ...more,
});

const won = { is_closed: true, is_won: true, stage: 'Won' };

describe('deals over a limit', () => {
  const told = (deals: ReturnType<typeof sold>[], exceptions: Row[]) =>
    modelled(given(deals, { price_exception: exceptions }));
  const other = { exception_id: 'x', deal_id: 'elsewhere', decision: 'approved', decided_on: '2026-10-02' };

  it('are found while they are open and nobody decided or is asked to', async () => {
    const { rows } = await told(
      [
        sold('over', 30),
        sold('at the limit', 20),
        sold('programme', 30, {}, { discount_kind: 'channel' }),
        sold('far', 30, { closed_on: '2027-09-01' }),
        sold('approved', 30),
        sold('for less', 30),
        sold('waiting', 30),
        sold('rejected', 30),
      ],
      [
        other,
        { exception_id: 'a', deal_id: 'approved', decision: 'approved', approved_rate: 30 },
        { exception_id: 'l', deal_id: 'for less', decision: 'Approved', approved_rate: 25 },
        { exception_id: 'w', deal_id: 'waiting', decision: 'pending', requested_rate: 30 },
        { exception_id: 'r', deal_id: 'rejected', decision: 'rejected', decided_on: '2026-11-01' },
      ],
    );
    expect(
      await rows(
        `select deal_id, amount_base::double as amount, person_id::varchar as person_id, act_by::varchar as act_by
         from core.finding_unapproved_open order by deal_id`,
      ),
    ).toEqual(
      ['for less', 'over', 'rejected'].map((deal_id) => ({
        ...{ deal_id, amount: 100, person_id: 'ann', act_by: '2026-12-01' },
      })),
    );
    expect(await rows('select finding_id from core.finding_approval_pending')).toEqual([
      { finding_id: 'approval_pending:w' },
    ]);
  });

  it('are not found where no export tells of approvals', async () => {
    const { rows } = await told([sold('over', 30)], []);
    expect(await rows('from core.finding_unapproved_open')).toEqual([]);
    expect(await rows('select deal_id from core.over_limit')).toEqual([{ deal_id: 'over' }]);
  });

  it('are found once won without an approval by the day of the close, in the quarter that runs', async () => {
    const { rows } = await told(
      [
        sold('none', 40, { ...won, closed_on: '2026-11-02' }),
        sold('after', 40, { ...won, closed_on: '2026-11-02' }),
        sold('on the day', 40, { ...won, closed_on: '2026-11-02' }),
        sold('some day', 40, { ...won, closed_on: '2026-11-02' }),
        sold('for less', 40, { ...won, closed_on: '2026-11-02' }),
        sold('quarter before', 40, { ...won, closed_on: '2026-08-02' }),
        sold('lost', 40, { is_closed: true, closed_on: '2026-11-02', stage: 'Lost' }),
      ],
      [
        other,
        { exception_id: 'a', deal_id: 'after', decision: 'approved', decided_on: '2026-11-03' },
        { exception_id: 'o', deal_id: 'on the day', decision: 'approved', decided_on: '2026-11-02' },
        { exception_id: 's', deal_id: 'some day', decision: 'approved' },
        {
          ...{ exception_id: 'l', deal_id: 'for less', decision: 'approved' },
          ...{ approved_rate: 25, decided_on: '2026-10-20' },
        },
      ],
    );
    expect(
      await rows(
        `select deal_id, amount_base::double as amount, act_by::varchar as act_by, facts ->> '$.approved_later' as later,
           facts ->> '$.approved' as approved
         from core.finding_closed_unapproved order by deal_id`,
      ),
    ).toEqual([
      { deal_id: 'after', amount: 200, act_by: '2026-12-31', later: '2026-11-03', approved: null },
      { deal_id: 'for less', amount: 200, act_by: '2026-12-31', later: null, approved: '25.0' },
      { deal_id: 'none', amount: 200, act_by: '2026-12-31', later: null, approved: null },
    ]);
  });
});

describe('deals beyond comparable ones', () => {
  const history = (owner: string, rate: (at: number) => number) =>
    Array.from({ length: 24 }, (_, at) =>
      sold(`${owner}${at}`, rate(at), { ...won, owner_id: owner, closed_on: day('2026-03-01', 7 * at) }),
    );
  const open = (owner: string) => sold(`open of ${owner}`, 35, { owner_id: owner });

  it('are told of sellers who keep being above others, and of nobody else', async () => {
    const { rows } = await modelled(
      given([
        ...history('ann', (at) => 10 + (at % 5)),
        ...history('bea', (at) => 20 + (at % 5)),
        open('ann'),
        open('bea'),
      ]),
    );
    // Three in four of the 48 stay below the fifth of bea's five rates: quantile by hand over 10…14 and 20…24.
    const rates = [...Array(24).keys()].flatMap((at) => [10 + (at % 5), 20 + (at % 5)]).sort((a, b) => a - b);
    const at = 0.75 * (rates.length - 1);
    const upper = rates[Math.floor(at)]! + (at % 1) * (rates[Math.ceil(at)]! - rates[Math.floor(at)]!);
    expect(
      await rows(
        'select deal_id, round(amount_base, 2)::double as amount from core.finding_beyond_comparable',
      ),
    ).toEqual([{ deal_id: 'open of bea', amount: Math.round(1000 * (35 - upper)) / 100 }]);
  });

  it('are nobody’s where sellers differ by chance alone', async () => {
    const noise = (at: number) => 10 + ((at * 7) % 11);
    const { rows } = await modelled(
      given([...history('ann', noise), ...history('bea', (at) => noise(at + 3)), open('ann'), open('bea')]),
    );
    expect(await rows('from core.finding_beyond_comparable')).toEqual([]);
  });
});

describe('what comes due', () => {
  it('names contracts sold at a promotion before they are renewed with it', async () => {
    const first = (id: string, kind: string) =>
      sold(id, 20, { ...won, closed_on: '2026-01-05' }, { discount_kind: kind, term_months: 24 });
    const contract = (id: string, due: string, more: Row = {}): Row => ({
      ...{ subscription_id: id, account_id: 'cus', deal_line_id: `${id}-1`, started_on: '2026-01-05' },
      ...{ renewal_due_on: due, monthly_net: 10, ...more },
    });
    const { rows } = await modelled(
      given(
        [
          first('soon', 'promotion'),
          first('later', 'promotion'),
          first('own', 'discretionary'),
          first('renewed', 'promotion'),
          sold('renewal', 10, { type: 'renewal' }, { deal_type: 'renewal' }),
        ],
        {
          subscription: [
            contract('soon', '2027-01-05'),
            contract('later', '2027-06-05'),
            contract('own', '2027-01-05'),
            contract('renewed', '2027-01-05'),
            {
              subscription_id: 'next',
              account_id: 'cus',
              renews_subscription_id: 'renewed',
              started_on: '2027-01-05',
            },
          ],
        },
      ),
    );
    // A discount of 200 over 24 months is 100 a year.
    expect(
      await rows(
        `select finding_id, deal_id, account_id::varchar as account_id, amount_base::double as amount from core.finding_renewal_promotion`,
      ),
    ).toEqual([
      { finding_id: 'renewal_promotion:soon', deal_id: 'renewal', account_id: 'acme', amount: 100 },
    ]);
  });

  it('names discounts on bills whose last day is near, once each', async () => {
    const bill = (id: string, issued: string, ends: string, more: Row = {}, line: Row = {}): Given => ({
      invoice: [{ invoice_id: id, account_id: 'acme', issued_on: issued, currency: 'USD', ...more }],
      invoice_line: [
        {
          ...{ invoice_line_id: `${id}-1`, invoice_id: id, subscription_id: 's', product_id: 'p' },
          ...{ period_start: issued, period_end: day(issued, 29), list_amount: 100, discount_amount: 20 },
          ...{ net_amount: 80, discount_code: 'FIRST', discount_ends_on: ends, currency: 'USD' },
          ...line,
        },
      ],
    });
    const bills = [
      bill('i1', '2026-09-01', '2026-12-31'),
      bill('i2', '2026-11-01', '2026-12-31'),
      bill('i3', '2026-11-01', '2027-12-31'),
      bill('draft', '2026-11-10', '2026-12-31', { status: 'draft' }),
      bill('voided', '2026-11-10', '2026-12-31', { status: 'Void' }),
      // A month from the last day of one to the last of the next is one month.
      bill('i4', '2026-10-31', '2026-12-31', {}, { subscription_id: 't', period_end: '2026-11-30' }),
    ];
    const { rows } = await modelled({
      account: people.account!,
      invoice: bills.flatMap(({ invoice }) => invoice!),
      invoice_line: bills.flatMap(({ invoice_line }) => invoice_line!),
    });
    expect(
      await rows(
        `select invoice_id, amount_base::double as amount, act_by::varchar as act_by from core.finding_discount_ending order by invoice_id`,
      ),
    ).toEqual(['i2', 'i4'].map((invoice_id) => ({ invoice_id, amount: 240, act_by: '2026-12-31' })));
  });

  it('names renewals that somebody of another role holds than most', async () => {
    const renewal = (id: string, owner: string, more: Row) =>
      sold(id, 10, { owner_id: owner, ...more }, { deal_type: 'renewal' });
    const closed = Array.from({ length: 12 }, (_, at) =>
      renewal(`r${at}`, at < 9 ? 'cam' : 'ann', { ...won, closed_on: day('2026-06-01', at) }),
    );
    const { rows } = await modelled(
      given([...closed, renewal('wrong', 'ann', {}), renewal('right', 'cam', {})], {
        person_assignment: [
          ...people.person_assignment!,
          { person_id: 'cam', role: 'account_manager', manager_id: 'max', region: 'East' },
        ],
      }),
    );
    expect(
      await rows('select deal_id, amount_base::double as amount from core.finding_renewal_role'),
    ).toEqual([{ deal_id: 'wrong', amount: 100 }]);
  });
});

it('tells a finding that is gone as it was last, since the first look without it', async () => {
  const { connection, rows } = await modelled(given([sold('within', 10)]));
  const days = ['2026-10-26', '2026-11-02', '2026-11-09'];
  await connection.run(`insert into raw.finding_day values ${days.map((on) => `('${on}', 'files')`).join()}`);
  const seen = (id: string, on: string, invoice: string) =>
    `('${on}', '${id}', 'unapproved_open', 'within', null, 'acme', ${invoice}, 'ann', 100, '${on}', null, '{}')`;
  await connection.run(
    `insert into raw.finding_seen values
       ${days.map((on) => seen('to the last', on, on < '2026-11-09' ? `'i1'` : 'null')).join()},
       ${seen('for a week', '2026-10-26', 'null')}`,
  );
  expect(
    await rows(
      `select finding_id, invoice_id, first_seen_on::varchar as first, last_seen_on::varchar as last, gone_on::varchar as gone
       from core.finding_gone order by finding_id`,
    ),
  ).toEqual([
    {
      ...{ finding_id: 'for a week', invoice_id: null },
      ...{ first: '2026-10-26', last: '2026-10-26', gone: '2026-11-02' },
    },
    {
      ...{ finding_id: 'to the last', invoice_id: null },
      ...{ first: '2026-10-26', last: '2026-11-09', gone: '2026-11-16' },
    },
  ]);
});

it('recovers nothing by an approval that came after the close', async () => {
  const closed = { ...won, closed_on: '2026-08-20' };
  const { connection, rows } = await modelled(
    given([sold('late', 40, closed), sold('in time', 40, closed), sold('taken', 40, closed)], {
      price_exception: [
        { exception_id: 'l', deal_id: 'late', decision: 'approved', decided_on: '2026-08-25' },
        { exception_id: 'i', deal_id: 'in time', decision: 'approved', decided_on: '2026-08-18' },
        { exception_id: 't', deal_id: 'taken', decision: 'approved', decided_on: '2026-08-25' },
      ],
    }),
  );
  await connection.run(`insert into raw.finding_day values ('2026-09-28', 'files')`);
  const seen = (deal: string, kind: string) =>
    `('2026-09-28', '${kind}:${deal}', '${kind}', '${deal}', null, 'acme', null, 'ann', 200, '2026-08-20', '2026-09-30', '{}')`;
  await connection.run(
    `insert into raw.finding_seen values ${[
      ...[seen('late', 'closed_unapproved'), seen('in time', 'closed_unapproved')],
      seen('taken', 'unapproved_open'),
    ].join()}`,
  );
  expect(await rows('select finding_id, outcome from core.finding_ended_deal order by 1')).toEqual([
    { finding_id: 'closed_unapproved:in time', outcome: 'recovered: approved' },
    { finding_id: 'closed_unapproved:late', outcome: 'lapsed: date passed' },
    { finding_id: 'unapproved_open:taken', outcome: 'lapsed: closed at that price' },
  ]);
});

it('keeps of several decisions the last one whole', async () => {
  const decided = (status: string, decided_at: string, more: Row = {}): Row => ({
    ...{ finding_id: 'unapproved_open:over', status, decided_at, ...more },
  });
  const { rows } = await modelled(
    given([sold('over', 30)], {
      price_exception: [{ exception_id: 'x', deal_id: 'elsewhere', decision: 'approved' }],
      finding_status: [
        decided('not a problem', '2026-11-17 10:00:00', { decided_by: 'max', note: 'bundled' }),
        decided('open', '2026-11-18 10:00:00'),
      ],
    }),
  );
  expect(await rows('select status, decided_by, note from marts.fact_finding')).toEqual([
    { status: 'open', decided_by: null, note: null },
  ]);
});

it('has each finding once, with who owns it and what was decided last', async () => {
  const { rows } = await modelled(
    given([sold('over', 30)], {
      price_exception: [{ exception_id: 'x', deal_id: 'elsewhere', decision: 'approved' }],
      finding_status: [
        {
          finding_id: 'unapproved_open:over',
          status: 'accepted',
          decided_by: 'max',
          decided_at: '2026-11-17 10:00:00',
        },
        {
          finding_id: 'unapproved_open:over',
          status: 'Not a problem',
          decided_by: 'eve',
          decided_at: '2026-11-18 10:00:00',
          note: 'bundled',
        },
      ],
    }),
  );
  expect(
    await rows(
      `select finding_id, state, status, decided_by, note, manager_id, account_name, region from marts.fact_finding`,
    ),
  ).toEqual([
    {
      ...{
        finding_id: 'unapproved_open:over',
        state: 'first week',
        status: 'not_a_problem',
        decided_by: 'eve',
      },
      ...{ note: 'bundled', manager_id: 'max', account_name: 'Acme', region: 'East' },
    },
  ]);
});
