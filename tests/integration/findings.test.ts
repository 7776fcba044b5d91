import { afterEach, describe, expect, it } from 'vitest';
import { company, type Company } from './company.ts';

const weeks = ['2026-08-03', '2026-08-10', '2026-08-17'] as const;

interface Deal {
  id: string;
  /** By week: the discount in percent of a list of 100,000, and whether it is open, won or lost; null is not exported. */
  course: ([rate: number, state: 'open' | 'won' | 'lost'] | null)[];
  due?: string;
}

const deals: Deal[] = [
  { id: 'repriced', course: [[30, 'open'], [15, 'open'], [15, 'won']] }, // prettier-ignore
  { id: 'taken', course: [[30, 'open'], [30, 'open'], [30, 'won']] }, // prettier-ignore
  { id: 'approved', course: [[28, 'open'], [28, 'open'], [28, 'open']] }, // prettier-ignore
  { id: 'lasting', course: [[26, 'open'], [26, 'open'], [26, 'open']] }, // prettier-ignore
  { id: 'late', course: [null, [25, 'open'], [25, 'open']] },
  { id: 'lost', course: [[35, 'open'], [35, 'lost'], [35, 'lost']] }, // prettier-ignore
  { id: 'missing', course: [[40, 'open'], [40, 'open'], null] },
  { id: 'within', course: [[20, 'open'], [20, 'open'], [20, 'open']] }, // prettier-ignore
];

/** The exports of one week of a company whose sellers may grant 20% alone. */
function exportsOf(week: number): Record<string, string> {
  const day = weeks[week]!;
  const told = deals.flatMap(({ id, course }) => (course[week] ? [{ id, at: course[week] }] : []));
  const files = {
    deal: [
      'deal_id,name,account_id,owner_id,stage,is_closed,is_won,created_on,closed_on',
      ...told.map(
        ({ id, at: [, state] }) =>
          `${id},Deal ${id},a1,ann,${state === 'open' ? 'Proposal' : state},${state !== 'open'},${state === 'won'},2026-06-01,${state === 'open' ? '2026-08-28' : day}`,
      ),
    ],
    deal_line: [
      'deal_line_id,deal_id,product_id,deal_type,quantity,unit_list,net_amount,discount_kind',
      ...told.map(
        ({ id, at: [rate] }) => `${id}-1,${id},p,new,1,100000,${100_000 - rate * 1000},discretionary`,
      ),
    ],
    price_exception: [
      'exception_id,deal_id,requested_by,requested_on,requested_rate,approved_rate,decided_on,decision',
      `e1,approved,ann,2026-07-30,28,${week === 0 ? ',,pending' : '28,2026-08-07,approved'}`,
    ],
    discount_policy: ['role,max_rate,binds', 'account_executive,20,line'],
    person_assignment: [
      'person_id,role,manager_id,team,region',
      'ann,account_executive,max,T,R',
      'max,sales_manager,,T,R',
    ],
    account: ['account_id,name,segment', 'a1,Acme,SMB'],
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, lines]) => [`${name}_${day}.csv`, `${lines.join('\n')}\n`]),
  );
}

const found = async (here: Company) =>
  Object.fromEntries(
    (
      await here.rows(
        `select finding_id, concat_ws(' ', state || coalesce(': ' || outcome, ''), first_seen_on, amount_base::integer) as said
         from marts.fact_finding order by finding_id`,
      )
    ).map(({ finding_id, said }) => [finding_id, said]),
  );

const afterThree = {
  'approval_pending:e1': 'recovered: approved 2026-08-03 8000',
  'closed_unapproved:taken': 'new 2026-08-17 10000',
  'unapproved_open:lasting': 'still open 2026-08-03 6000',
  'unapproved_open:late': 'still open 2026-08-10 5000',
  'unapproved_open:lost': 'lapsed: deal lost 2026-08-03 15000',
  'unapproved_open:missing': 'gone: not exported 2026-08-03 20000',
  'unapproved_open:repriced': 'recovered: repriced 2026-08-03 10000',
  'unapproved_open:taken': 'lapsed: closed at that price 2026-08-03 10000',
};

let here: Company;
afterEach(() => here?.remove());

const load = async (...files: Record<string, string>[]) => {
  for (const one of files) here.write(one);
  const { problems } = await here.load();
  expect(problems).toEqual([]);
};

describe('what is found from week to week', () => {
  it('is new, then still open, then recovered or lapsed', async () => {
    here = company(exportsOf(0));
    await load();
    expect(await found(here)).toEqual({
      'approval_pending:e1': 'first week 2026-08-03 8000',
      'unapproved_open:lasting': 'first week 2026-08-03 6000',
      'unapproved_open:lost': 'first week 2026-08-03 15000',
      'unapproved_open:missing': 'first week 2026-08-03 20000',
      'unapproved_open:repriced': 'first week 2026-08-03 10000',
      'unapproved_open:taken': 'first week 2026-08-03 10000',
    });
    await load(exportsOf(1));
    const second = {
      'approval_pending:e1': 'recovered: approved 2026-08-03 8000',
      'unapproved_open:lasting': 'still open 2026-08-03 6000',
      'unapproved_open:late': 'new 2026-08-10 5000',
      'unapproved_open:lost': 'lapsed: deal lost 2026-08-03 15000',
      'unapproved_open:missing': 'still open 2026-08-03 20000',
      'unapproved_open:repriced': 'recovered: repriced 2026-08-03 10000',
      'unapproved_open:taken': 'still open 2026-08-03 10000',
    };
    expect(await found(here)).toEqual(second);
    // The same files once more: nothing becomes old by being loaded again.
    await load();
    expect(await found(here)).toEqual(second);
    await load(exportsOf(2));
    expect(await found(here)).toEqual(afterThree);
  });

  it.each([
    ['at once', [[0, 1, 2]]],
    ['the newest first', [[2], [1], [0]]],
    ['the middle one last', [[0], [2], [1]]],
  ])('is the same where the exports come %s', async (_, order) => {
    here = company({});
    for (const together of order) await load(...together.map(exportsOf));
    expect(await found(here)).toEqual(afterThree);
  });
});
