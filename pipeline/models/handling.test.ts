import { describe, expect, it } from 'vitest';
import { modelled, type Row } from './modelled.fixture.ts';

const won = (deal_id: string, owner_id: string, type: string, more: Row = {}): Row => ({
  deal_id,
  owner_id,
  type,
  account_id: 'acme',
  closed_on: '2026-05-04',
  is_closed: true,
  is_won: true,
  amount: 100,
  ...more,
});
const member = (deal_id: string, person_id: string, role: string): Row => ({ deal_id, person_id, role });
const handled = `select deal_id, activity, original_seller, seller_id, is_seller_told, owner_role from marts.fact_handling order by deal_id, activity`;

describe('who handles a renewal, an upsell or a cross-sell', () => {
  it('is told by the owner and the commercial team, as of the close', async () => {
    const { rows } = await modelled({
      person_assignment: [{ person_id: 'bea', role: 'Customer Success Manager' }],
      deal: [
        won('first', 'ann', 'new', { closed_on: '2025-05-04' }),
        won('1 alone', 'ann', 'renewal'),
        won('2 presales helps', 'ann', 'upsell'),
        won('3 with the manager', 'ann', 'upsell'),
        won('4 seller helps', 'bea', 'cross_sell'),
        won('5 without', 'bea', 'renewal'),
        won('6 told', 'bea', 'renewal', { original_seller_id: 'bea' }),
        won('7 older customer', 'bea', 'renewal', { account_id: 'older' }),
      ],
      deal_team: [
        member('2 presales helps', 'tom', 'Presales'),
        member('3 with the manager', 'mo', 'account_manager'),
        member('4 seller helps', 'ann', 'Account Executive'),
      ],
    });
    const row = (
      deal_id: string,
      activity: string,
      original_seller: string | null,
      owner_role: string | null = null,
      seller_id: string | null = 'ann',
      is_seller_told = false,
    ) => ({ deal_id, activity, original_seller, seller_id, is_seller_told, owner_role });
    expect(await rows(handled)).toEqual([
      row('1 alone', 'renewal', 'alone'),
      row('2 presales helps', 'upsell', 'alone'),
      row('3 with the manager', 'upsell', 'with others'),
      row('4 seller helps', 'cross_sell', 'with others', 'csm'),
      row('5 without', 'renewal', 'not involved', 'csm'),
      row('6 told', 'renewal', 'alone', 'csm', 'bea', true),
      row('7 older customer', 'renewal', null, 'csm', null),
    ]);
  });

  it('splits a deal by its lines, and expansion by what drives it', async () => {
    const line = (
      deal_line_id: string,
      deal_type: string,
      net_amount: number,
      upsell_driver: string | null = null,
    ): Row => ({
      deal_line_id,
      deal_id: 'd',
      deal_type,
      net_amount,
      upsell_driver,
    });
    const { rows } = await modelled({
      deal: [won('d', 'ann', 'renewal')],
      deal_line: [
        line('r', 'renewal', 50),
        line('price', 'upsell', 1, 'price'),
        line('users', 'upsell', 2, 'users'),
        line('feature', 'upsell', 4, 'feature'),
        line('division', 'upsell', 8, 'division'),
        line('upsell of no known driver', 'upsell', 16),
        line('cross-sell of no known driver', 'cross_sell', 32),
      ],
    });
    const found = await rows(
      `select activity, net_amount_base::double as net, contract_base::double as contract, same_base::double as same, new_base::double as new, feature_base::double as feature, told_base::double as told
       from marts.fact_handling order by activity`,
    );
    expect(found).toEqual([
      { activity: 'cross_sell', net: 32, contract: 113, same: null, new: 32, feature: null, told: null },
      { activity: 'renewal', net: 50, contract: 113, same: null, new: null, feature: null, told: null },
      { activity: 'upsell', net: 31, contract: 113, same: 19, new: 8, feature: 4, told: 15 },
    ]);
  });
});
