import { describe, expect, it } from 'vitest';
import { rawOf } from '../../load/rawOf.fixture.ts';
import { lines, rows } from './salesforce.fixture.ts';

describe('Salesforce CPQ', () => {
  it('tells offers by their primary quote, bundles at no list of their own, segments as periods', async () => {
    const raw = await rawOf({
      'SBQQ__Quote__c.csv': lines(
        'Id,Name,SBQQ__Opportunity2__c,SBQQ__Primary__c,SBQQ__Status__c,CreatedDate',
        'q1,Q-1,d1,true,Approved,2026-01-05',
        'q2,Q-2,d1,false,Draft,2026-01-06',
      ),
      'SBQQ__QuoteLine__c.csv': lines(
        'Id,SBQQ__Quote__c,SBQQ__Product__c,SBQQ__Quantity__c,SBQQ__ListPrice__c,SBQQ__ProratedListPrice__c,SBQQ__CustomerPrice__c,SBQQ__NetPrice__c,SBQQ__NetTotal__c,SBQQ__RequiredBy__c,SBQQ__Bundled__c,SBQQ__Optional__c,SBQQ__SegmentKey__c,SBQQ__StartDate__c,SBQQ__EndDate__c,SBQQ__AdditionalDiscount__c,SBQQ__PartnerDiscount__c',
        'l1,q1,p1,10,100,50,45,40,400,,false,false,,2026-01-01,2026-06-30,,20',
        'l2,q1,p2,1,30,30,0,0,0,l1,true,false,,2026-01-01,2026-06-30,,',
        'l3,q1,p3,5,10,10,8,8,40,,false,true,,,,20,',
        'l4,q1,p4,2,100,100,90,90,180,,false,false,s,2026-01-01,2026-12-31,10,',
        'l5,q1,p4,2,100,100,100,100,200,,false,false,s,2027-01-01,2027-12-31,,',
      ),
    });
    expect(await rows(raw, 'quote', 'quote_id, deal_id, is_accepted')).toEqual([
      { quote_id: 'q1', deal_id: 'd1', is_accepted: true },
      { quote_id: 'q2', deal_id: 'd1', is_accepted: false },
    ]);
    expect(
      await rows(
        raw,
        'quote_line',
        'quote_line_id, unit_list, unit_net, list_amount, net_amount, discount_kind, parent_line_id, period_end',
      ),
    ).toEqual([
      // Half a year's list is half of the list price.
      {
        quote_line_id: 'l1',
        unit_list: '100.00000000',
        unit_net: '40.00000000',
        list_amount: '500.0000',
        net_amount: '400.0000',
        discount_kind: 'channel',
        parent_line_id: null,
        period_end: '2026-07-01',
      },
      {
        quote_line_id: 'l2',
        unit_list: null,
        unit_net: '0.00000000',
        list_amount: null,
        net_amount: '0.0000',
        discount_kind: null,
        parent_line_id: 'l1',
        period_end: '2026-07-01',
      },
      {
        quote_line_id: 'l4',
        unit_list: '100.00000000',
        unit_net: '90.00000000',
        list_amount: '200.0000',
        net_amount: '180.0000',
        discount_kind: 'discretionary',
        parent_line_id: null,
        period_end: '2027-01-01',
      },
      {
        quote_line_id: 'l5',
        unit_list: '100.00000000',
        unit_net: '100.00000000',
        list_amount: '200.0000',
        net_amount: '200.0000',
        discount_kind: null,
        parent_line_id: null,
        period_end: '2028-01-01',
      },
    ]);
    expect(
      await rows(raw, 'deal_line_period', 'deal_line_id, period_start, list_amount, net_amount'),
    ).toEqual([
      { deal_line_id: 'l4', period_start: '2026-01-01', list_amount: '200.0000', net_amount: '180.0000' },
      { deal_line_id: 'l5', period_start: '2027-01-01', list_amount: '200.0000', net_amount: '200.0000' },
    ]);
  });
});
