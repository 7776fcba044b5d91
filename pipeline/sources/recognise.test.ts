import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { rawOf } from '../load/rawOf.fixture.ts';
import { canonicalTables } from '../schema/canonical.ts';
import { Headers, planFeed, recognise, sources } from './recognise.ts';
import { templates } from './templates.ts';

const best = (headers: string[]) => recognise(new Headers(headers))[0]?.source.name;

describe('an export', () => {
  it.each([
    ['Salesforce Opportunity', 'Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,Type,OwnerId,IsWon'],
    [
      'Salesforce Opportunity',
      'Opportunity Name,Account Name,Stage,Close Date,Amount,Opportunity Owner,Opportunity ID',
    ],
    ['Salesforce Opportunity', 'External_Id__c,Name,StageName,CloseDate,Owner.External_Id__c,Amount'],
    [
      'Salesforce Opportunity',
      'id,account_id,name,stage_name,amount,close_date,owner_id,is_won,_fivetran_synced',
    ],
    [
      'Salesforce OpportunityLineItem',
      'Id,OpportunityId,PricebookEntryId,Quantity,TotalPrice,UnitPrice,ListPrice,Discount',
    ],
    [
      'Salesforce OpportunityLineItem',
      'Opportunity ID,Product ID,Quantity,Sales Price,List Price,Total Price',
    ],
    [
      'Salesforce OpportunityHistory',
      'Id,OpportunityId,CreatedDate,StageName,Amount,CloseDate,Probability,ForecastCategory',
    ],
    ['Salesforce PricebookEntry', 'Id,Pricebook2Id,Product2Id,UnitPrice,IsActive,CurrencyIsoCode'],
    ['Salesforce Product2', 'Id,Name,ProductCode,Family,IsActive'],
    ['Salesforce Account', 'Id,Name,Industry,BillingCountry,OwnerId,ParentId'],
    ['Salesforce User', 'Id,Name,Email,ManagerId,UserRoleId,IsActive'],
    ['Salesforce OpportunityTeamMember', 'Id,OpportunityId,UserId,TeamMemberRole'],
    ['Stripe invoice', 'id,customer_id,currency,subtotal,tax,total,status,period_start,period_end,due_date'],
    [
      'Stripe invoice line item',
      'id,invoice_id,amount,currency,proration,period_start,period_end,quantity,subscription_id',
    ],
    ['Stripe credit note', 'id,invoice,amount,currency,reason,status,memo,subtotal,created'],
    ['Stripe subscription', 'id,customer,status,current_period_start,current_period_end,start_date,quantity'],
    ['Holdfast deal', 'deal_id,owner_id,closed_on,amount'],
    ['Holdfast coaching_session', 'session_id,rep_id,held_on,kind'],
    [undefined, 'a,b,c'],
    [undefined, 'id,name'],
    // A lead looks like a customer and is none.
    ['Salesforce Lead', 'Id,Name,Company,Industry,Country,BillingCountry,OwnerId,IsConverted,LeadSource'],
    // A contact, too.
    [undefined, 'Id,Name,LastName,Industry,AccountId,OwnerId'],
  ])('is told by its headers: %s', (name, headers) => {
    expect(best(headers.split(','))).toBe(name);
    const spelled = headers.split(',').map((header) => header.toUpperCase());
    if (name) expect(best(spelled)).toBe(name);
    if (name?.startsWith('Holdfast'))
      expect(best(headers.split(',').map((header) => header.replaceAll('_', ' ')))).toBe(name);
  });

  it('is one only, however many of its columns are there', () => {
    for (const template of templates) expect(best(template.expects.flat())).toBe(template.name);
  });

  it('maps to columns that exist, and fills every needed one from its own needs', () => {
    const tables = new Map(canonicalTables.map((table) => [table.name, table]));
    for (const source of sources) {
      const headers = new Headers(
        [...source.needs, ...source.expects]
          .map((header) => [header].flat()[0]!)
          .filter((header) => !source.never?.includes(header)),
      );
      for (const feed of source.feeds) {
        const known = tables.get(feed.table)!.columns.map((column) => column.name);
        expect(known, source.name).toEqual(expect.arrayContaining(Object.keys(feed.columns)));
      }
      // What is known and not needed says why.
      expect(source.feeds.length > 0).toBe(source.notNeeded === undefined);
      if (source.notNeeded) continue;
      expect(
        source.feeds.some((feed) => planFeed(feed, headers)),
        source.name,
      ).toBe(true);
    }
  });

  const outside = '../shared/data/fivetran_seeds';
  it.skipIf(!existsSync(outside)).each([
    ['dbt_salesforce/sf_account_data.csv', 'Salesforce Account'],
    ['dbt_salesforce/sf_lead_data.csv', 'Salesforce Lead'],
    ['dbt_salesforce/sf_contact_data.csv', 'Salesforce Contact'],
    ['dbt_salesforce/sf_task_data.csv', 'Salesforce Task'],
    ['dbt_salesforce/sf_order_data.csv', 'Salesforce Order'],
    ['dbt_salesforce/sf_opportunity_data.csv', 'Salesforce Opportunity'],
    ['dbt_salesforce/sf_opportunity_line_item_data.csv', 'Salesforce OpportunityLineItem'],
    ['dbt_salesforce/sf_product_2_data.csv', 'Salesforce Product2'],
    ['dbt_salesforce/sf_user_data.csv', 'Salesforce User'],
    ['dbt_stripe/credit_note_data.csv', 'Stripe credit note'],
    ['dbt_stripe/invoice_data.csv', 'Stripe invoice'],
    ['dbt_stripe/invoice_line_item_data.csv', 'Stripe invoice line item'],
    ['dbt_stripe/subscription_data.csv', 'Stripe subscription'],
    ['dbt_stripe/charge_data.csv', 'Stripe charge'],
    ['dbt_stripe/plan_data.csv', 'Stripe plan'],
    ['dbt_stripe/refund_data.csv', 'Stripe refund'],
  ])('written by a connector is told too: %s', (file, name) => {
    const [header] = parse(readFileSync(`${outside}/${file}`), { to: 1 }) as string[][];
    expect(best(header!)).toBe(name);
  });
});

describe('what Salesforce writes', () => {
  it('fills the deal: computed where a column is missing, custom fields by their names', async () => {
    const report = 'Opportunity ID,Opportunity Owner,Stage,Close Date,Amount,Customer_Value__c\n';
    const rows =
      '1,Ann,Closed Won,2026-05-04,"USD 1,200.50",9\n2,Ann,Closed Lost,2026-05-04,7,\n3,Bea,Proposal,2026-12-31,5,\n';
    const raw = await rawOf({ 'report.csv': report + rows });
    expect(
      await raw.rows(
        'select deal_id, owner_id, is_closed, is_won, amount, customer_value from raw.deal_row order by 1',
      ),
    ).toEqual([
      {
        deal_id: '1',
        owner_id: 'Ann',
        is_closed: true,
        is_won: true,
        amount: '1200.5000',
        customer_value: '9.0000',
      },
      {
        deal_id: '2',
        owner_id: 'Ann',
        is_closed: true,
        is_won: false,
        amount: '7.0000',
        customer_value: null,
      },
      {
        deal_id: '3',
        owner_id: 'Bea',
        is_closed: false,
        is_won: false,
        amount: '5.0000',
        customer_value: null,
      },
    ]);
    const how = await raw.rows(
      `select column_name, source, how from raw.source_column where how <> 'by header' order by 1`,
    );
    expect(how.map((row) => row.column_name)).toEqual(['currency', 'customer_value', 'is_closed', 'is_won']);
  });

  it('joins ids of 15 characters to those of 18, and never folds case', async () => {
    const opportunity =
      'Id,AccountId,StageName,CloseDate,OwnerId\n006A0000006Vm9u,001A0000006Vm9uIAC,x,2026-01-01,u\n006A0000006vM9u,000000000000123,x,2026-01-01,u\n';
    const { rows } = await rawOf({ 'Opportunity.csv': opportunity });
    // 001A0000006Vm9u is 001A0000006Vm9uIAC: a capital fourth in the first five, second in the last five.
    expect(await rows('select deal_id, account_id, owner_id from raw.deal_row order by source_line')).toEqual(
      [
        { deal_id: '006A0000006Vm9uIAC', account_id: '001A0000006Vm9uIAC', owner_id: 'u' },
        { deal_id: '006A0000006vM9uIAE', account_id: '000000000000123', owner_id: 'u' },
      ],
    );
  });

  it('keeps the version that holds, where a connector gives them all', async () => {
    const versions = `id,stage_name,close_date,owner_id,amount,_fivetran_active
1,Proposal,2026-01-01,u,50,true
1,Proposal,2026-01-01,u,40,false
`;
    const { rows } = await rawOf({ 'opportunity_history.csv': versions });
    expect(await rows('select deal_id, amount from raw.deal_row')).toEqual([
      { deal_id: '1', amount: '50.0000' },
    ]);
  });

  it('gives customers and their owners from one file', async () => {
    const { rows } = await rawOf({
      'Account.csv': 'Id,Name,Industry,OwnerId\n1,Acme,Tech,u1\n2,Beta,Food,\n',
    });
    expect(await rows('select account_id, person_id, role from raw.account_role_row')).toEqual([
      { account_id: '1', person_id: 'u1', role: 'owner' },
    ]);
    expect(await rows('select count(*)::integer as n from raw.account_row')).toEqual([{ n: 2 }]);
  });
});

describe('what Stripe writes', () => {
  it('is turned from the smallest unit into the currency, exactly', async () => {
    const head = 'id,customer,currency,subtotal,total,status,period_start,metadata_opportunity_id\n';
    const invoices = `${head}i1,c,usd,123456,123456,paid,2026-05-04,d1\ni2,c,jpy,123456,123456,paid,2026-05-04,\ni3,c,kwd,123456,123456,open,2026-05-04,\n`;
    const { rows } = await rawOf({ 'invoices.csv': invoices });
    expect(
      await rows('select invoice_id, currency, subtotal, deal_id from raw.invoice_row order by 1'),
    ).toEqual([
      { invoice_id: 'i1', currency: 'USD', subtotal: '1234.5600', deal_id: 'd1' },
      { invoice_id: 'i2', currency: 'JPY', subtotal: '123456.0000', deal_id: null },
      { invoice_id: 'i3', currency: 'KWD', subtotal: '123.4560', deal_id: null },
    ]);
  });

  it("takes a credit's reason and its amount before tax", async () => {
    const notes = `id,invoice,amount,subtotal,currency,reason,status,memo
n1,i1,1190,1000,eur,product_unsatisfactory,issued,goodwill
n2,i1,500,500,eur,,issued,
n3,i1,500,500,eur,duplicate,void,
`;
    const { rows } = await rawOf({ 'credit_notes.csv': notes });
    expect(
      await rows('select credit_note_id, amount, reason from raw.credit_note_line_row order by 1'),
    ).toEqual([
      { credit_note_id: 'n1', amount: '10.0000', reason: 'price_concession' },
      { credit_note_id: 'n2', amount: '5.0000', reason: 'unknown' },
    ]);
  });
});
