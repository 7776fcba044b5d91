import { describe, expect, it } from 'vitest';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

const won = (deal_id: string, account_id: string, closed_on: string, more: Row = {}): Row => ({
  ...{ deal_id, account_id, closed_on, is_closed: true, is_won: true, type: 'New Business' },
  ...more,
});
const line = (deal_id: string, net_amount: number, more: Row = {}): Row => ({
  ...{ deal_line_id: `${deal_id} ${net_amount}`, deal_id, quantity: 1, unit_list: 100, net_amount },
  ...more,
});
const paid = (account_id: string, from: string, to: string | null, monthly_net: number): Row => ({
  ...{ subscription_id: `${account_id} ${from}`, account_id, quantity: 1 },
  ...{ started_on: from, ended_on: to, monthly_net },
});

async function dealsOf(given: Given) {
  const { rows } = await modelled(given);
  const found = await rows(
    `select deal_id, number::integer as number, is_first, list_base::double as list, discount_base::double as discount,
       whole_discount_base::double as whole, paid_base::double as paid, year_base::double as year,
       service_base::double as service
     from marts.fact_customer_deal`,
  );
  return Object.fromEntries(found.map(({ deal_id, ...deal }) => [deal_id, deal]));
}

describe("a deal in its customer's path", () => {
  it('has its number, and is the first where it was sold as new', async () => {
    const found = await dealsOf({
      deal: [
        won('b', 'acme', '2025-06-01', { type: 'Renewal' }),
        won('a', 'acme', '2024-05-01'),
        won('lost', 'acme', '2024-04-01', { is_won: false }),
        won('c', 'here before', '2025-01-01', { type: 'Renewal' }),
        won('later', 'acme', '2027-01-01'),
        { ...won('nobody', '', '2025-01-01'), account_id: null },
      ],
      deal_line: [],
    });
    expect(found).toMatchObject({
      a: { number: 1, is_first: true },
      b: { number: 2, is_first: false },
      c: { number: 1, is_first: false },
    });
    expect(Object.keys(found).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('counts the discount that someone decided on, and lines that had none', async () => {
    const found = await dealsOf({
      deal: [won('a', 'acme', '2025-05-01')],
      deal_line: [
        line('a', 80, { discount_kind: 'discretionary' }),
        line('a', 100),
        line('a', 60, { discount_kind: 'channel' }),
      ],
    });
    expect(found.a).toMatchObject({ list: 200, discount: 20, whole: 60 });
  });

  it('counts all discount where no line says who decides', async () => {
    const found = await dealsOf({
      deal: [won('a', 'acme', '2025-05-01')],
      deal_line: [line('a', 80), line('a', 60)],
    });
    expect(found.a).toMatchObject({ list: 200, discount: 60, whole: 60, service: null });
  });

  it('knows what the customer pays a year after, if that year is over', async () => {
    const bought = (account: string, closed_on = '2025-01-10') => won(`of ${account}`, account, closed_on);
    const accounts = ['stays', 'leaves', 'comes late', 'pays nothing', 'left before'];
    const found = await dealsOf({
      deal: [...accounts.map((account) => bought(account)), bought('new one', '2025-09-10')],
      deal_line: [],
      subscription: [
        paid('stays', '2025-02-01', null, 100),
        paid('leaves', '2025-02-01', '2026-02-01', 100),
        paid('comes late', '2025-02-01', '2026-02-01', 100),
        paid('comes late', '2026-04-10', null, 70),
        paid('new one', '2025-10-01', null, 100),
        // An ending on record from the start on: who left is known not to be missing.
        paid('left before', '2024-01-01', '2024-03-01', 100),
      ],
    });
    expect(found).toMatchObject({
      'of stays': { paid: 100, year: 100 },
      'of leaves': { paid: 100, year: 0 },
      'of comes late': { paid: 100, year: 70 },
      'of pays nothing': { paid: null, year: null },
      'of left before': { paid: null, year: null },
      'of new one': { paid: null, year: null },
    });
  });

  it('is not told to have stayed before any ending was on record', async () => {
    const found = await dealsOf({
      deal: [won('a', 'stays', '2025-01-10')],
      deal_line: [],
      subscription: [paid('stays', '2025-02-01', null, 100)],
    });
    expect(found.a).toMatchObject({ paid: null, year: null });
  });

  it('sums the free services of the year after', async () => {
    const free = (day: string, amount: number): Row => ({
      ...{ account_id: 'acme', kind: 'free_service', period_start: day, amount },
    });
    const found = await dealsOf({
      deal: [won('a', 'acme', '2025-01-10'), won('b', 'other', '2025-01-10')],
      deal_line: [],
      rebate: [free('2025-01-01', 1), free('2025-03-01', 10), free('2026-01-10', 5), free('2026-02-01', 7)],
    });
    expect(found).toMatchObject({ a: { service: 15 }, b: { service: 0 } });
  });
});
