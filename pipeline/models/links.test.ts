import type { Json } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { rawOf } from '../load/rawOf.fixture.ts';
import { createLatest } from './current.ts';

const files: Record<string, string> = {
  'deal.csv': `deal_id,deal_pipeline_stage_id,owner_id,property_dealname,property_amount,property_closedate,_fivetran_synced
d1,111,7,One,900,2026-05-04 10:00:00,2026-06-01 00:00:00
d2,222,7,Two,70,2026-05-05 10:00:00,2026-06-01 00:00:00
`,
  'deal_pipeline_stage.csv': `stage_id,label,pipeline_id,probability,closed_won,is_closed
111,Won,p,1.0,true,true
222,Talking,p,0.4,false,false
`,
  'deal_stage.csv': `deal_id,value,date_entered,_fivetran_start,_fivetran_synced
d1,222,2026-04-01 10:00:00,2026-04-01 10:00:00,2026-06-01 00:00:00
d1,111,2026-05-01 10:00:00,2026-05-01 10:00:00,2026-06-01 00:00:00
`,
  'deal_company.csv': `deal_id,company_id,type_id
d1,b,341
d1,c,5
`,
  'line_item.csv': `id,property_name,property_price,property_quantity,property_amount,property_hs_product_id,_fivetran_synced
l1,Seat,500,2,900,p1,2026-06-01 00:00:00
`,
  'line_item_deal.csv': `line_item_id,deal_id,_fivetran_synced
l1,d1,2026-06-01 00:00:00
`,
  // A report says neither which stages are won nor whose roles these are.
  'Opportunity.csv': `Opportunity ID,Opportunity Name,Opportunity Owner,Stage,Close Date,Amount
d3,Three,u1,Signed off,2026-05-06,151
d4,Four,u1,Signed off,2026-05-07,100
`,
  'OpportunityStage.csv': `Id,ApiName,MasterLabel,IsActive,IsClosed,IsWon,DefaultProbability
1,Signed,Signed off,true,true,true,100
`,
  'OpportunityLineItem.csv': `Id,OpportunityId,PricebookEntryId,Quantity,ListPrice,TotalPrice
l4,d4,e1,1,120,100
`,
  'PricebookEntry.csv': `Id,Pricebook2Id,Product2Id,UnitPrice,IsActive
e1,b1,p4,120,false
`,
  'SBQQ__Quote__c.csv': `Id,SBQQ__Opportunity2__c,SBQQ__Primary__c,CreatedDate
q1,d3,true,2026-04-01
q2,d3,false,2026-04-02
q4,d4,true,2026-04-03
`,
  'SBQQ__QuoteLine__c.csv': `Id,SBQQ__Quote__c,SBQQ__Product__c,SBQQ__Quantity__c,SBQQ__ListPrice__c,SBQQ__NetPrice__c,SBQQ__NetTotal__c,SBQQ__StartDate__c,SBQQ__EndDate__c
ql1,q1,p3,1,200,151,151,2026-06-01,2027-05-31
ql2,q2,p3,1,200,140,140,2026-06-01,2027-05-31
ql4,q4,p4,1,120,100,100,2026-06-01,2027-05-31
`,
  'User.csv': `Id,Name,Email,UserRoleId
u1,Ann,a@x.co,r1
`,
  'UserRole.csv': `Id,Name,ParentRoleId
r1,East Sales,r0
`,
  'OpportunitySplit.csv': `Id,OpportunityId,SplitOwnerId,SplitPercentage,SplitTypeId
1,d3,u1,70,t1
2,d3,u2,30,t1
3,d3,u3,50,t2
`,
  'OpportunitySplitType.csv': `Id,MasterLabel,IsTotalValidated
t1,Revenue,true
`,
};

/** What the layer `latest` tells from these files. */
async function latestOf(given: Record<string, string>) {
  const { connection, files: outcomes, rows } = await rawOf(given);
  expect(outcomes.flatMap((file) => file.unread_reason ?? [])).toEqual([]);
  await connection.run(
    `create table meta.build as select 'UTC' as time_zone, 'USD' as currency, date '2026-06-02' as data_on`,
  );
  await createLatest(connection);
  return (columns: string, table: string): Promise<Record<string, Json>[]> =>
    rows(`select ${columns} from latest.${table} order by all`);
}

describe('what one export says by the ids of another', () => {
  it('is said out', async () => {
    const latest = await latestOf(files);
    const columns = 'deal_id, account_id, stage, is_won, is_closed, probability::integer as probability';
    expect(await latest(columns, 'deal')).toEqual([
      { deal_id: 'd1', account_id: 'c', stage: 'Won', is_won: true, is_closed: true, probability: 100 },
      { deal_id: 'd2', account_id: null, stage: 'Talking', is_won: false, is_closed: false, probability: 40 },
      // Its word says nothing; the export of stages says what it means.
      {
        deal_id: 'd3',
        account_id: null,
        stage: 'Signed off',
        is_won: true,
        is_closed: true,
        probability: null,
      },
      {
        deal_id: 'd4',
        account_id: null,
        stage: 'Signed off',
        is_won: true,
        is_closed: true,
        probability: null,
      },
    ]);
    const line =
      'deal_line_id, deal_id, product_id, term_months::integer as months, first_list_amount as list, net_amount';
    expect(await latest(line, 'deal_line')).toEqual([
      {
        deal_line_id: 'l1',
        deal_id: 'd1',
        product_id: 'p1',
        months: null,
        list: '1000.0000',
        net_amount: '900.0000',
      },
      {
        deal_line_id: 'l4',
        deal_id: 'd4',
        product_id: 'p4',
        months: null,
        list: null,
        net_amount: '100.0000',
      },
      // No export tells the lines of d3, so its primary quote does.
      {
        deal_line_id: 'ql1',
        deal_id: 'd3',
        product_id: 'p3',
        months: 12,
        list: '200.0000',
        net_amount: '151.0000',
      },
    ]);
    expect(await latest('happened_at::date as day, new_value', 'deal_event')).toEqual([
      { day: '2026-04-01', new_value: 'Talking' },
      { day: '2026-05-01', new_value: 'Won' },
    ]);
    expect(await latest('person_id, role', 'person_assignment')).toEqual([
      { person_id: 'u1', role: 'East Sales' },
    ]);
    expect(await latest('person_id, role, is_revenue_split', 'deal_team')).toEqual([
      { person_id: 'u1', role: 'Revenue', is_revenue_split: true },
      { person_id: 'u2', role: 'Revenue', is_revenue_split: true },
      // Half of a deal adds up to nothing that revenue could be.
      { person_id: 'u3', role: 't2', is_revenue_split: false },
    ]);
  });

  it('stays as it is told where there is no such export', async () => {
    const some = ['deal.csv', 'OpportunityLineItem.csv', 'User.csv'];
    const latest = await latestOf(Object.fromEntries(some.map((name) => [name, files[name]!])));
    expect(await latest('deal_id, stage, is_won', 'deal')).toEqual([
      { deal_id: 'd1', stage: '111', is_won: null },
      { deal_id: 'd2', stage: '222', is_won: null },
    ]);
    expect(await latest('product_id', 'deal_line')).toEqual([{ product_id: 'e1' }]);
    expect(await latest('role', 'person_assignment')).toEqual([{ role: 'r1' }]);
  });
});

describe('what reports name', () => {
  const account = `Id,Name,OwnerId,Industry,BillingCountry
a1,Acme,u1,Bank,US
a2,Twin,u1,Bank,US
a3,twin,u1,Bank,DE
Beta,Gamma,u1,Bank,DE
`;
  const report = `Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Close Date,Amount
d1,One,ACME ,Ann Lee,Closed Won,2026-05-06,151
d2,Two,Twin,Bo,Closed Won,2026-05-07,100
d3,Three,Beta,Cy,Closed Won,2026-05-07,100
`;
  const user = `Id,Name,Email,UserRoleId,ManagerId
u1,Ann Lee,a@x.co,r1,
`;

  it('is the one that bears the name, where there is only one', async () => {
    const latest = await latestOf({ 'Account.csv': account, 'User.csv': user, 'report.csv': report });
    expect(await latest('deal_id, account_id, owner_id', 'deal')).toEqual([
      { deal_id: 'd1', account_id: 'a1', owner_id: 'u1' },
      { deal_id: 'd2', account_id: 'Twin', owner_id: 'Bo' },
      { deal_id: 'd3', account_id: 'Beta', owner_id: 'Cy' },
    ]);
  });

  it('is the product of the name, and the owner before and after a change', async () => {
    const latest = await latestOf({
      'User.csv': user,
      'Product2.csv': `Id,Name,ProductCode,Family,IsActive
p1,Seat,S,Core,true
`,
      'report.csv': `Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Close Date,Amount,Product Name,Quantity,Sales Price,Total Price
d1,One,Acme,Ann Lee,Closed Won,2026-05-06,151,seat,1,151,151
`,
      'history.csv': `Opportunity ID,Field / Event,Old Value,New Value,Edit Date
d1,Opportunity Owner,Bo,Ann Lee,2026-01-01
`,
    });
    expect(await latest('product_id', 'deal_line')).toEqual([{ product_id: 'p1' }]);
    expect(await latest('old_value, new_value', 'deal_event')).toEqual([
      { old_value: 'Bo', new_value: 'u1' },
    ]);
  });

  it('is the same wherever it is referred to, under whatever header', async () => {
    const latest = await latestOf({
      'User.csv': user,
      'Account.csv': account,
      'Product2.csv': `Id,Name,ProductCode,Family,IsActive
p1,Seat,S,Core,true
`,
      'report.csv': `Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Close Date,Amount,Product Name,Quantity,Sales Price,Total Price
d1,One,Acme,Ann Lee,Closed Won,2026-05-06,151,Seat,1,151,151
`,
      'list_price.csv': 'product_id,unit_list\nSeat,200\n',
      'coaching_session.csv': 'session_id,rep_id,held_on\ns1,Ann Lee,2026-01-05\n',
      'quota.csv': 'person_id,period_start,amount\nAnn Lee,2026-01-01,1000\nNobody,2026-01-01,5\n',
      'subscription.csv': 'subscription_id,account_id,started_on\nx,Acme,2026-01-01\n',
    });
    expect(await latest('product_id', 'list_price')).toEqual([{ product_id: 'p1' }]);
    expect(await latest('rep_id', 'coaching_session')).toEqual([{ rep_id: 'u1' }]);
    expect(await latest('person_id', 'quota')).toEqual([{ person_id: 'Nobody' }, { person_id: 'u1' }]);
    expect(await latest('account_id', 'subscription')).toEqual([{ account_id: 'a1' }]);
  });

  it('joins where accounts have no ids either', async () => {
    const latest = await latestOf({
      'Accounts.csv': `Account Name,Account Owner,Industry,Billing Country
Acme,Ann Lee,Bank,US
`,
      'User.csv': user,
      'report.csv': report,
    });
    expect(await latest('account_id, industry', 'account')).toEqual([
      { account_id: 'Acme', industry: 'Bank' },
    ]);
    expect(await latest('account_id, person_id, role', 'account_role')).toEqual([
      { account_id: 'Acme', person_id: 'u1', role: 'owner' },
    ]);
  });
});

it('joins deals of HubSpot that name their company and say no id', async () => {
  const latest = await latestOf({
    'companies.csv': `"Record ID","Company name","Industry","Country/Region","Company owner"
"701","Acme","Bank","US","Jane"
`,
    'deals.csv': `"Record ID","Deal Name","Deal Stage","Pipeline","Amount","Close Date","Create Date","Deal owner","Associated Company"
"11","D1","Closed Won","Sales","100","2026-03-15","2026-01-20","Jane","Acme"
"12","D2","Closed Won","Sales","100","2026-03-15","2026-01-20","Jane",""
`,
  });
  expect(await latest('deal_id, account_id', 'deal')).toEqual([
    { deal_id: '11', account_id: '701' },
    { deal_id: '12', account_id: null },
  ]);
});
