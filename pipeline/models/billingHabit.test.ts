import { expect, it } from 'vitest';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

/** Contracts of a year from the start of 2026, each billed once, as many days after its start as said; null: undated. */
function billedAfter(lags: readonly (number | null)[]): Given {
  const each = (row: (id: string, lag: number | null) => Row) => lags.map((lag, at) => row(`c${at}`, lag));
  const day = (days: number) =>
    new Date(Date.parse('2026-01-01') + days * 86_400_000).toISOString().slice(0, 10);
  return {
    account: each((id) => ({ account_id: id, name: id })),
    product: [{ product_id: 'p' }],
    deal: each((id) => ({
      ...{ deal_id: id, account_id: id, closed_on: '2025-12-20', is_closed: true, is_won: true },
    })),
    deal_line: each((id) => ({
      ...{ deal_line_id: id, deal_id: id, product_id: 'p', net_amount: 1200, subscription_id: `sub ${id}` },
      ...{ price_period: 'month', term_months: 12, service_from: '2026-01-01' },
    })),
    subscription: each((id) => ({
      ...{ subscription_id: `sub ${id}`, account_id: id, started_on: '2026-01-01', deal_line_id: id },
    })),
    invoice: each((id, lag) => ({
      ...{ invoice_id: id, account_id: id, issued_on: lag === null ? null : day(lag), status: 'paid' },
    })),
    invoice_line: each((id) => ({
      ...{
        invoice_line_id: id,
        invoice_id: id,
        product_id: 'p',
        subscription_id: `sub ${id}`,
        net_amount: 1200,
      },
      ...{ period_start: '2026-01-01', period_end: '2027-01-01' },
    })),
  };
}

const times = (many: number, lag: number | null): (number | null)[] => Array<number | null>(many).fill(lag);

it.each([
  ['a week beyond the latest of twelve bills', [...times(11, 10), 60], 67],
  ['leaves out what nobody dated', [...times(11, 10), 60, ...times(10, null)], 67],
  ['is a month of ours while fewer than ten are dated', [...times(9, 10), ...times(9, null)], 31],
  ['is learnt from ten', times(10, 10), 17],
])('how late bills come: %s', async (_, lags, expected) => {
  const { rows } = await modelled(billedAfter(lags));
  expect(await rows('select lag_days, usual_months from passing.billing_habit where is_term')).toEqual([
    { lag_days: expected, usual_months: 12 },
  ]);
});
