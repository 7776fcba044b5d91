import { describe, expect, it } from 'vitest';
import { modelled, type Row } from './modelled.fixture.ts';

const rate = (currency: string, on_date: string | null, rate_to_base: number, more: Row = {}): Row => ({
  currency,
  on_date,
  rate_to_base,
  ...more,
});
const sold = (deal_id: string, currency: string, closed_on: string): Row => ({
  deal_id,
  currency,
  closed_on,
  is_closed: true,
  is_won: true,
  amount: 1000,
});

/** Each case is a currency of its own, so that one company holds them all; AAA is the reporting currency. */
const company = {
  fx_rate: [
    rate('DIR', '2026-01-01', 2),
    rate('DIR', '2026-07-01', 3, { rate_set: 'Plan' }),
    // Told the other way round, as many units as one AAA buys.
    rate('AAA', '2026-01-01', 4, { to_currency: 'INV' }),
    rate('AAA', '2026-06-01', 5, { to_currency: 'INV' }),
    // Told in DIR, which is told in AAA; both steps move.
    rate('CRO', '2026-02-01', 10, { to_currency: 'DIR' }),
    rate('DIR', '2026-03-01', 2.5),
    rate('CRO', '2026-04-01', 20, { to_currency: 'DIR' }),
    // As central banks tell them: how many of each one DIR is.
    rate('DIR', '2026-01-01', 8, { to_currency: 'ECB' }),
    // Told as it is and across: the first counts.
    rate('TWO', '2026-01-01', 7),
    rate('TWO', '2026-02-01', 100, { to_currency: 'DIR' }),
    // Two that are only told in each other.
    rate('LO1', '2026-01-01', 1.5, { to_currency: 'LO2' }),
    rate('NUL', '2026-01-01', 0),
  ],
  deal: [
    sold('direct', 'DIR', '2026-02-01'),
    sold('planned', 'DIR', '2026-08-01'),
    sold('inverse', 'INV', '2026-05-31'),
    sold('inverse, later', 'INV', '2026-06-01'),
    sold('across', 'CRO', '2026-02-28'),
    sold('across, second step moved', 'CRO', '2026-03-01'),
    sold('across, first step moved', 'CRO', '2026-04-01'),
    sold('before both steps', 'CRO', '2026-01-31'),
    sold('the other way round', 'ECB', '2026-01-15'),
    sold('told twice', 'TWO', '2026-03-01'),
    sold('nowhere', 'LO1', '2026-03-01'),
    sold('zero', 'NUL', '2026-03-01'),
    sold('unknown', 'UNK', '2026-03-01'),
    sold('home', 'AAA', '2026-03-01'),
  ],
  invoice: [{ invoice_id: 'i', issued_on: '2026-03-01', currency: 'CRO' }],
  invoice_line: [{ invoice_line_id: 'il', invoice_id: 'i', net_amount: 100 }],
  credit_note_line: [{ credit_note_id: 'c', issued_on: '2026-05-01', amount: 8, currency: 'INV' }],
};

describe('exchange rates', () => {
  it('are taken as told, turned round and put together only where the source says of what they are', async () => {
    const { rows } = await modelled(company, 'currency: AAA');
    const found = await rows(
      `select deal_id, base_rate::double as base, actual_rate::double as actual, net_amount::double as own,
         net_amount_base::double as net from marts.fact_deal_line`,
    );
    const by = Object.fromEntries(found.map(({ deal_id, base, actual }) => [deal_id, [base, actual]]));
    expect(by).toEqual({
      direct: [2, 2],
      // Plan where it exists; actual is that of the day.
      planned: [3, 2.5],
      inverse: [0.25, 0.25],
      'inverse, later': [0.2, 0.2],
      across: [20, 20],
      'across, second step moved': [25, 25],
      'across, first step moved': [50, 50],
      'before both steps': [null, null],
      'the other way round': [0.25, 0.25],
      'told twice': [7, 7],
      nowhere: [null, null],
      zero: [null, null],
      unknown: [null, null],
      home: [1, 1],
    });
    // Without a rate the row stays, in its own money.
    const unrated = found.filter(({ base }) => base === null);
    expect(unrated.map(({ own, net }) => [own, net])).toEqual(unrated.map(() => [1000, null]));
    expect(
      await rows('select currency, rate_set, told_as from core.rate_to_base group by all order by all'),
    ).toEqual([
      { currency: 'CRO', rate_set: 'actual', told_as: 'across DIR' },
      { currency: 'DIR', rate_set: 'actual', told_as: 'direct' },
      { currency: 'DIR', rate_set: 'plan', told_as: 'direct' },
      { currency: 'ECB', rate_set: 'actual', told_as: 'across DIR' },
      { currency: 'INV', rate_set: 'actual', told_as: 'inverse' },
      { currency: 'TWO', rate_set: 'actual', told_as: 'direct' },
    ]);
    expect(await rows('select net_amount_base from marts.fact_invoice_line')).toEqual([
      { net_amount_base: '2500.0000' },
    ]);
    expect(await rows('select amount_base, amount_actual from marts.fact_concession')).toEqual([
      { amount_base: '2.0000', amount_actual: '2.0000' },
    ]);
  });
});
