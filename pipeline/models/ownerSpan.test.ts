import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelled, type Row } from './modelled.fixture.ts';

const role = (account_id: string, person_id: string, from?: string, to?: string, more: Row = {}): Row => ({
  account_id,
  person_id,
  role: 'owner',
  valid_from: from ?? null,
  valid_to: to ?? null,
  ...more,
});
const won = (deal_id: string, account_id: string, closed_on: string, more: Row = {}): Row => ({
  deal_id,
  account_id,
  closed_on,
  owner_id: 'ann',
  is_closed: true,
  is_won: true,
  ...more,
});
/** Spans without the cuts at quarters, which change nothing of who owns. */
const stretches = `
  select account_id, owned_by, owner_ids, why_none, owned_since::varchar as since, sum(days)::integer as days, sum(changes)::integer as changes
  from marts.fact_account_owner_span group by all order by account_id, since`;

describe('who owns a customer', () => {
  it('is one, none or several, half-open, through the day of the newest export', async () => {
    const { rows } = await modelled({
      person: [
        { person_id: 'ann', name: 'Ann' },
        { person_id: 'bea', name: 'Bea', active_to: '2026-10-17' },
      ],
      account_role: [
        role('a', 'ann', '2026-10-01', '2026-10-11'),
        role('a', 'bea', '2026-10-09'),
        role('a', 'ann', '2026-11-01'),
        role('a', 'cleo', '2026-09-01', '2026-09-02', { role: 'csm' }),
      ],
    });
    expect(await rows(stretches)).toEqual([
      {
        account_id: 'a',
        owned_by: 'none',
        owner_ids: [],
        why_none: 'never had one',
        since: '2026-09-01',
        days: 30,
        changes: 0,
      },
      {
        account_id: 'a',
        owned_by: 'one',
        owner_ids: ['ann'],
        why_none: null,
        since: '2026-10-01',
        days: 8,
        changes: 0,
      },
      {
        account_id: 'a',
        owned_by: 'several',
        owner_ids: ['ann', 'bea'],
        why_none: null,
        since: '2026-10-09',
        days: 2,
        changes: 1,
      },
      {
        account_id: 'a',
        owned_by: 'one',
        owner_ids: ['bea'],
        why_none: null,
        since: '2026-10-11',
        days: 6,
        changes: 0,
      },
      {
        account_id: 'a',
        owned_by: 'none',
        owner_ids: [],
        why_none: 'owner left',
        since: '2026-10-17',
        days: 15,
        changes: 0,
      },
      {
        account_id: 'a',
        owned_by: 'one',
        owner_ids: ['ann'],
        why_none: null,
        since: '2026-11-01',
        days: 16,
        changes: 1,
      },
    ]);
  });

  it('begins a life with the first role or won deal, and an undated role is always held', async () => {
    const { rows } = await modelled({
      account_role: [role('undated', 'ann'), role('reassigned', 'ann', '2026-11-01', '2026-11-10')],
      account: [{ account_id: 'stranger', name: 'Never seen' }],
      deal: [
        won('d', 'undated', '2026-11-10'),
        won('e', 'nobody', '2026-11-15'),
        won('f', 'reassigned', '2026-11-05'),
      ],
    });
    const found = await rows(
      `select account_id, owned_by, why_none, is_customer, span_from::varchar as "from", days from marts.fact_account_owner_span order by all`,
    );
    expect(found).toEqual([
      {
        account_id: 'nobody',
        owned_by: 'none',
        why_none: 'never had one',
        is_customer: true,
        from: '2026-11-15',
        days: '2',
      },
      {
        account_id: 'reassigned',
        owned_by: 'none',
        why_none: 'owner was reassigned',
        is_customer: true,
        from: '2026-11-10',
        days: '7',
      },
      {
        account_id: 'reassigned',
        owned_by: 'one',
        why_none: null,
        is_customer: false,
        from: '2026-11-01',
        days: '4',
      },
      {
        account_id: 'reassigned',
        owned_by: 'one',
        why_none: null,
        is_customer: true,
        from: '2026-11-05',
        days: '5',
      },
      {
        account_id: 'undated',
        owned_by: 'one',
        why_none: null,
        is_customer: true,
        from: '2026-11-10',
        days: '7',
      },
    ]);
  });

  it('has nothing to say where no export tells who owns customers', async () => {
    const { rows } = await modelled({ deal: [won('d', 'a', '2026-11-10')] });
    expect(await rows('select * from marts.fact_account_owner_span')).toEqual([]);
  });

  it('weighs spans by what the contracts earn in them, all of it by their end', async () => {
    const { rows } = await modelled({
      account_role: [role('a', 'ann', '2024-01-01', '2025-05-01'), role('a', 'bea', '2025-07-01')],
      deal: [won('d', 'a', '2025-01-01')],
      deal_line: [
        { deal_line_id: 'l', deal_id: 'd', net_amount: 365, term_months: 12, service_from: '2025-01-01' },
      ],
    });
    const found = await rows(
      `select owned_by, sum(revenue_base)::double as earned from marts.fact_account_owner_span group by all order by owned_by`,
    );
    expect(found).toEqual([
      { owned_by: 'none', earned: 61 },
      { owned_by: 'one', earned: 304 },
    ]);
  });

  it('is told for every day of every life exactly once', async () => {
    const dayOf = (n: number) => new Date(Date.UTC(2024, 5, 1) + n * 86_400_000).toISOString().slice(0, 10);
    const ends = fc.option(fc.integer({ min: 0, max: 950 }).map(dayOf), { nil: null });
    const one = fc.record({ person: fc.constantFrom('ann', 'bea', 'cleo'), from: ends, to: ends });
    const life = fc.record({ roles: fc.array(one, { maxLength: 6 }), won: ends });
    // A hundred customers in one build, from a fixed seed.
    const lives = fc.sample(life, { seed: 20261116, numRuns: 100 });
    const { rows } = await modelled({
      person: [{ person_id: 'ann', name: 'Ann', active_to: '2026-02-03' }],
      account_role: lives.flatMap(({ roles }, id) =>
        roles.map(({ person, from, to }) => ({ ...role(`${id}`, person), valid_from: from, valid_to: to })),
      ),
      deal: lives.flatMap(({ won: day }, id) => (day === null ? [] : [won(`${id}`, `${id}`, day)])),
    });
    const told = await rows(
      `select account_id, span_from::varchar as "from", span_to::varchar as "to", owner_ids from marts.fact_account_owner_span order by 1, 2`,
    );
    const held = await rows(
      `select account_id, person_id, valid_from::varchar as "from", valid_to::varchar as "to" from core.account_role`,
    );
    for (const [id, { won: bought }] of lives.entries()) {
      const spans = told.filter(({ account_id }) => account_id === `${id}`);
      const roles = held.filter(({ account_id }) => account_id === `${id}`);
      const starts = [bought, ...roles.map(({ from }) => from as string | null)].filter(
        (day): day is string => day !== null && day <= '2026-11-16',
      );
      const expected: { day: string; owners: unknown[] }[] = [];
      for (let day = starts.sort()[0] ?? '9'; day <= '2026-11-16'; day = addDay(day)) {
        const owners = roles.filter(
          ({ person_id, from, to }) =>
            (from === null || String(from) <= day) &&
            (to === null || String(to) > day) &&
            (person_id !== 'ann' || day < '2026-02-03'),
        );
        expected.push({ day, owners: [...new Set(owners.map(({ person_id }) => person_id))].sort() });
      }
      const found: typeof expected = [];
      for (const { from, to, owner_ids } of spans)
        for (let day = String(from); day < String(to); day = addDay(day))
          found.push({ day, owners: owner_ids as unknown[] });
      expect(found).toEqual(expected);
    }
  });
});

const addDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
