import { describe, expect, it } from 'vitest';
import { modelled } from './modelled.fixture.ts';

const deal = (deal_id: string, more = {}) => ({
  ...{ deal_id, account_id: 'acme', closed_on: '2026-05-04', is_closed: true, is_won: true, amount: 1000 },
  ...more,
});

describe('steps, meetings and commitments of deals', () => {
  it('carry the motion of the deal, mixed where its lines differ, and leave out what has no deal', async () => {
    const { rows } = await modelled({
      deal: [deal('one'), deal('two')],
      deal_line: [
        { deal_line_id: 'l1', deal_id: 'one', motion: 'Land', net_amount: 1 },
        { deal_line_id: 'l2', deal_id: 'two', motion: 'land', net_amount: 1 },
        { deal_line_id: 'l3', deal_id: 'two', motion: 'expand', net_amount: 1 },
      ],
      deal_touch: [
        { deal_id: 'one', step: 'Quote', touched: true },
        { deal_id: 'two', step: 'quote', touched: false },
        { deal_id: 'gone', step: 'quote', touched: true },
      ],
      meeting: [{ deal_id: 'two', held_on: '2026-04-01', our_people: 4, their_people: 2 }],
    });
    expect(
      await rows('select deal_id, step, motion, touched from marts.fact_deal_touch order by deal_id'),
    ).toEqual([
      { deal_id: 'one', step: 'quote', motion: 'land', touched: true },
      { deal_id: 'two', step: 'quote', motion: 'mixed', touched: false },
    ]);
    // A meeting is of the month in which it was held, not of the close.
    expect(await rows('select motion, fiscal_month, our_people from marts.fact_meeting')).toEqual([
      { motion: 'mixed', fiscal_month: '2026-M04', our_people: '4' },
    ]);
  });

  it('tell how much of what is only expected stands in the amount', async () => {
    const { rows } = await modelled({
      product: [
        { product_id: 'c', offer_model: 'Consumption' },
        { product_id: 's', offer_model: 'subscription' },
      ],
      deal: [
        // The consumption line holds what was committed; the rest of the amount is another line.
        deal('honest', { committed_amount: 400, pro_forma_amount: 900 }),
        deal('padded', { committed_amount: 400, pro_forma_amount: 900 }),
        deal('capped', { committed_amount: 100, pro_forma_amount: 50, currency: 'EUR' }),
        deal('neither'),
      ],
      deal_line: [
        { deal_line_id: 'l1', deal_id: 'honest', product_id: 'c', net_amount: 400 },
        { deal_line_id: 'l2', deal_id: 'honest', product_id: 's', net_amount: 600 },
        { deal_line_id: 'l3', deal_id: 'padded', product_id: 'c', net_amount: 1000 },
      ],
      fx_rate: [
        { currency: 'EUR', on_date: '2026-01-01', rate_set: 'actual', rate_to_base: 1.1 },
        { currency: 'EUR', on_date: '2026-01-01', rate_set: 'plan', rate_to_base: 1.2 },
      ],
    });
    expect(
      await rows(`select deal_id, committed_base::varchar as committed, pro_forma_base::varchar as pro_forma,
        claimed_base::varchar as claimed from marts.fact_consumption_deal order by deal_id`),
    ).toEqual([
      { deal_id: 'capped', committed: '120.0000', pro_forma: '60.0000', claimed: '60.0000' },
      { deal_id: 'honest', committed: '400.0000', pro_forma: '900.0000', claimed: '0.0000' },
      { deal_id: 'padded', committed: '400.0000', pro_forma: '900.0000', claimed: '600.0000' },
    ]);
  });

  it('place spend in the fiscal calendar', async () => {
    const { rows } = await modelled(
      { expense: [{ department: 'Sales', period_start: '2026-02-01', amount: 5 }], deal: [deal('one')] },
      'fiscal_year_start: 2',
    );
    expect(
      await rows('select department, fiscal_quarter, amount::varchar as amount from marts.fact_expense'),
    ).toEqual([{ department: 'Sales', fiscal_quarter: '2027-Q1', amount: '5.0000' }]);
  });
});
