import { describe, expect, it } from 'vitest';
import { rawOf } from '../../load/rawOf.fixture.ts';
import { lines, rows } from './salesforce.fixture.ts';

describe('what Salesforce keeps of the past', () => {
  it('becomes events: followed fields alone, owners once, days without their time', async () => {
    const raw = await rawOf({
      'OpportunityFieldHistory.csv': lines(
        'Id,OpportunityId,CreatedById,CreatedDate,Field,OldValue,NewValue',
        '1,006A0000006Vm9u,u,2026-03-01T10:00:00.000Z,StageName,Proposal,Closed Won',
        '2,006A0000006Vm9u,u,2026-03-01T10:00:00.000Z,Amount,"USD 1,200.50",1300',
        '3,006A0000006Vm9u,u,2026-03-02T10:00:00.000+0000,CloseDate,2026-03-31 00:00:00,2026-04-30',
        '4,006A0000006Vm9u,u,2026-03-03T10:00:00.000Z,Owner,Ann Lee,Bo Ray',
        '5,006A0000006Vm9u,u,2026-03-03T10:00:00.000Z,Owner,0051G000005MumpQAC,0051G000005Mump',
        '6,006A0000006Vm9u,u,2026-03-04T10:00:00.000Z,created,,',
        '7,006A0000006Vm9u,u,2026-03-04T10:00:00.000Z,NextStep,a,b',
      ),
    });
    expect(
      await rows(
        raw,
        'deal_event',
        "deal_id, strftime(happened_at, '%d %H') as at, field, old_value, new_value",
      ),
    ).toEqual([
      {
        deal_id: '006A0000006Vm9uIAC',
        at: '01 10',
        field: 'stage',
        old_value: 'Proposal',
        new_value: 'Closed Won',
      },
      {
        deal_id: '006A0000006Vm9uIAC',
        at: '01 10',
        field: 'amount',
        old_value: '1200.50',
        new_value: '1300',
      },
      {
        deal_id: '006A0000006Vm9uIAC',
        at: '02 10',
        field: 'closed_on',
        old_value: '2026-03-31',
        new_value: '2026-04-30',
      },
      {
        deal_id: '006A0000006Vm9uIAC',
        at: '03 10',
        field: 'owner',
        old_value: '0051G000005MumpQAC',
        new_value: '0051G000005Mump',
      },
    ]);
    expect(raw.file('OpportunityFieldHistory.csv')).toMatchObject({
      rows_in: 7,
      rows_loaded: 4,
      rows_set_aside: 3,
    });
  });

  it('is in UTC where a connector wrote it, and each version a snapshot', async () => {
    const head =
      'id,owner_id,name,stage_name,close_date,amount,is_deleted,_fivetran_start,_fivetran_end,_fivetran_active,_fivetran_synced';
    const raw = await rawOf(
      {
        'opportunity_history.csv': lines(
          head,
          '1,u,A,Proposal,2026-03-31 00:00:00,50,false,2026-01-01 02:00:00,2026-02-01 02:00:00,false,2026-03-01 00:00:00',
          '1,u,A,Closed Won,2026-03-31 00:00:00,60,false,2026-02-01 02:00:00,9999-12-31 23:59:59,true,2026-03-01 00:00:00',
        ),
        'Opportunity.csv': lines(
          'Id,OwnerId,Name,StageName,CloseDate,CreatedDate',
          '2,u,B,Proposal,2026-03-31,2026-01-01T02:00:00.000Z',
        ),
      },
      'time_zone: America/New_York',
    );
    expect(raw.file('opportunity_history.csv').recognised_as).toBe('Salesforce Opportunity, every version');
    expect(
      await raw.rows('select deal_id, amount, is_won, closed_on, created_on from raw.deal_row order by 1'),
    ).toEqual([
      { deal_id: '1', amount: '60.0000', is_won: true, closed_on: '2026-03-31', created_on: null },
      { deal_id: '2', amount: null, is_won: false, closed_on: '2026-03-31', created_on: '2025-12-31' },
    ]);
    expect(
      await rows(raw, 'deal_snapshot', "strftime(happened_at, '%Y-%m-%d %H') as at, stage, owner_id"),
    ).toEqual([
      { at: '2026-01-01 02', stage: 'Proposal', owner_id: 'u' },
      { at: '2026-02-01 02', stage: 'Closed Won', owner_id: 'u' },
    ]);
  });
});
