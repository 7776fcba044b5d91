import { describe, expect, it } from 'vitest';
import { modelled, type Row } from './modelled.fixture.ts';

const deal = (deal_id: string, more: Row = {}): Row => ({
  deal_id,
  owner_id: 'ann',
  created_on: '2026-08-10',
  closed_on: '2026-08-30',
  is_closed: true,
  is_won: true,
  ...more,
});
const owns = (deal_id: string, influence: string, person_id: string, role: string, more: Row = {}): Row => ({
  deal_id,
  influence,
  person_id,
  role,
  ...more,
});
const stages = `
roles: { "Presales Guru": technology_manager }
organisation_stage: [{ stage: 2, from: 2026-01-01 }, { stage: 3, from: 2026-08-20 }, { stage: 4, from: 2026-10-01 }]`;
const cells = (of: string) => `
  select influence, span_from::varchar as "from", days::integer as days, owned_by, stage, required_role, owner_roles
  from marts.fact_influence_span where deal_id = '${of}' order by influence, span_from`;

describe('who owns an influence', () => {
  it('is judged by the stage of each day, with the role as this house calls it', async () => {
    const { rows } = await modelled(
      {
        deal: [deal('led', { is_partner_led: true })],
        deal_influence: [
          owns('led', 'tco', 'tom', 'Presales Guru', { valid_to: '2026-08-25' }),
          owns('led', 'tco', 'pam', 'partner_manager', { valid_from: '2026-08-24' }),
        ],
      },
      stages,
    );
    const cell = (
      influence: string,
      from: string,
      days: number,
      owned_by: string,
      stage: number,
      role: string | null,
      roles: string[],
    ) => ({
      influence,
      from,
      days,
      owned_by,
      stage,
      required_role: role,
      owner_roles: roles,
    });
    const presales = ['technology_manager'];
    expect(await rows(cells('led'))).toEqual([
      cell('tco', '2026-08-10', 10, 'one', 2, 'technology_manager', presales),
      cell('tco', '2026-08-20', 4, 'wrong role', 3, 'partner_manager', presales),
      cell('tco', '2026-08-24', 1, 'several', 3, 'partner_manager', [
        'partner_manager',
        'technology_manager',
      ]),
      cell('tco', '2026-08-25', 5, 'one', 3, 'partner_manager', ['partner_manager']),
      cell('tco_post_sale', '2026-08-10', 10, 'none', 2, null, []),
      cell('tco_post_sale', '2026-08-20', 10, 'none', 3, null, []),
      cell('value_proposition', '2026-08-10', 10, 'none', 2, 'account_manager', []),
      cell('value_proposition', '2026-08-20', 10, 'none', 3, 'account_manager', []),
    ]);
  });

  it('carves out what follows the sale at stage 4, for whoever delivers', async () => {
    const late = { created_on: '2026-11-02', closed_on: '2026-12-24', is_closed: false, is_won: null };
    const { rows } = await modelled(
      {
        person: [{ person_id: 'dan', name: 'Dan', active_to: '2026-11-12' }],
        deal: [deal('open', late), deal('not recorded', late)],
        deal_influence: [
          owns('open', 'tco_post_sale', 'cleo', 'Customer Success Manager', { valid_to: '2026-11-10' }),
          owns('open', 'tco_post_sale', 'dan', 'Project Manager', { valid_from: '2026-11-10' }),
        ],
      },
      stages,
    );
    const found = await rows(
      `select span_from::varchar as "from", days::integer as days, owned_by, required_role from marts.fact_influence_span
       where influence = 'tco_post_sale' order by all`,
    );
    expect(found).toEqual([
      { from: '2026-11-02', days: 8, owned_by: 'one', required_role: 'delivery_manager' },
      { from: '2026-11-10', days: 2, owned_by: 'one', required_role: 'delivery_manager' },
      // Dan has left; the deal is open through the day of the newest export.
      { from: '2026-11-12', days: 5, owned_by: 'none', required_role: 'delivery_manager' },
    ]);
    expect(await rows('select distinct deal_id from marts.fact_influence_span')).toEqual([
      { deal_id: 'open' },
    ]);
  });

  it('says how many own it and judges no role where the stage is not configured', async () => {
    const { rows } = await modelled({
      deal: [deal('d', { created_on: '2026-08-30' })],
      deal_influence: [owns('d', 'tco', 'tom', 'founder'), owns('d', 'Champion', 'ann', 'founder')],
    });
    const found = await rows(
      'select influence, days::integer as days, owned_by, is_required from marts.fact_influence_span order by influence',
    );
    expect(found).toEqual([
      { influence: 'champion', days: 1, owned_by: 'one', is_required: false },
      { influence: 'tco', days: 1, owned_by: 'one', is_required: false },
      { influence: 'tco_post_sale', days: 1, owned_by: 'none', is_required: false },
      { influence: 'value_proposition', days: 1, owned_by: 'none', is_required: false },
    ]);
  });
});
