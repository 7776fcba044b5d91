import { describe, expect, it } from 'vitest';
import { rawOf, type RawOf } from '../../load/rawOf.fixture.ts';

const rows = (raw: RawOf, table: string, columns: string) =>
  raw.rows(`select ${columns} from raw.${table}_row order by source_file_id, source_line`);
const lines = (...text: string[]) => `${text.join('\n')}\n`;

describe('deals of HubSpot', () => {
  it('are one deal in every form of export', async () => {
    const raw = await rawOf(
      {
        'api.csv': lines(
          'hs_object_id,dealname,amount,deal_currency_code,dealtype,dealstage,pipeline,closedate,createdate,hubspot_owner_id,hs_deal_stage_probability',
          'api,Big,"1200.50",USD,newbusiness,closedwon,default,2026-06-30T23:30:00.000Z,2026-01-01T00:00:00.000Z,7,1',
        ),
        'fivetran.csv': lines(
          'deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,owner_id,property_dealname,property_amount,property_closedate,property_createdate,_fivetran_synced',
          'fivetran,false,default,closedwon,7,Big,1200.5,2026-06-30 23:30:00,2026-01-01 00:00:00,2026-07-01 00:00:00',
          'gone,true,default,closedwon,7,Gone,5,2026-06-30 23:30:00,2026-01-01 00:00:00,2026-07-01 00:00:00',
        ),
        'airbyte.csv': lines(
          'id,archived,properties_dealname,properties_amount,properties_dealstage,properties_closedate,properties_hubspot_owner_id,companies,_airbyte_extracted_at',
          'airbyte,false,Big,1200.5,closedwon,2026-06-30T23:30:00Z,7,"[""12"",""13""]",2026-07-01 00:00:00',
        ),
        'page.csv': lines(
          'Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Company IDs,Associated Company',
          'page,Big,Closed won (Sales Pipeline),2026-06-30 19:30,Ann Lee,"1,200.50",Sales Pipeline,12;13,Acme',
        ),
        'seite.csv': lines(
          'Datensatz-ID;Dealname;Dealphase;Abschlussdatum;Zuständiger Mitarbeiter;Betrag;Pipeline',
          'seite;Big;Abgeschlossen und gewonnen;2026-06-30 19:30;Ann Lee;"1.200,50";Vertrieb',
        ),
        'fiche.csv': lines(
          "ID de fiche d'informations,Nom de la transaction,Phase de la transaction,Date de fermeture,Propriétaire de la transaction,Montant,Pipeline",
          'fiche,Big,Fermée gagnée,2026-06-30 19:30,Ann Lee,1200.5,Ventes',
        ),
      },
      'time_zone: America/New_York',
    );
    for (const file of raw.files) expect(file.recognised_as, file.path).toBe('HubSpot deal');
    const all = { name: 'Big', amount: '1200.5000', closed_on: '2026-06-30', is_won: true, is_closed: true };
    expect(
      await raw.rows(
        'select deal_id, name, amount, closed_on, is_won, is_closed, account_id from raw.deal_row order by 1',
      ),
    ).toEqual(
      ['airbyte', 'api', 'fiche', 'fivetran', 'page', 'seite'].map((deal_id) => ({
        deal_id,
        ...all,
        account_id: ['airbyte', 'page'].includes(deal_id) ? '12' : null,
      })),
    );
    expect(
      await raw.rows("select owner_id, probability, created_on from raw.deal_row where deal_id = 'api'"),
    ).toEqual([{ owner_id: '7', probability: '100.00000000', created_on: '2025-12-31' }]);
    // An instant in the night of UTC is a day earlier west of it.
    expect(raw.file('fivetran.csv')).toMatchObject({ rows_in: 2, rows_loaded: 1, rows_set_aside: 1 });
  });

  it('say nothing of won and lost where their stage is a number', async () => {
    const raw = await rawOf({
      'deals.csv': lines(
        'id,dealname,dealstage,closedate',
        '1,A,12345678,2026-01-01',
        '2,B,appointmentscheduled,2026-01-01',
        '3,C,closedlost,2026-01-01',
      ),
      'deal_pipeline_stage.csv': lines(
        'stage_id,label,pipeline_id,probability,closed_won,is_closed,display_order,_fivetran_deleted',
        '12345678,Signed,p,1.0,true,true,1,false',
        '12345679,Talking,p,0.4,false,false,0,true',
      ),
    });
    expect(await raw.rows('select deal_id, is_won, is_closed from raw.deal_row order by 1')).toEqual([
      { deal_id: '1', is_won: null, is_closed: null },
      { deal_id: '2', is_won: false, is_closed: false },
      { deal_id: '3', is_won: false, is_closed: true },
    ]);
    expect(await rows(raw, 'deal_stage', 'stage_id, name, probability, is_won, is_closed')).toEqual([
      { stage_id: '12345678', name: 'Signed', probability: '100.00000000', is_won: true, is_closed: true },
      { stage_id: '12345679', name: 'Talking', probability: '40.00000000', is_won: false, is_closed: false },
    ]);
  });

  it('are lost in a stage of probability 0, where their export of stages says only which are won', async () => {
    const stages = (head: string, won: string, open: string, lost: string) =>
      lines(
        `stage_id,pipeline_id,label,_fivetran_deleted,display_order,${head}`,
        `1,p,Gewonnen,false,5,${won}`,
        `2,p,Im Gespräch,false,4,${open}`,
        `3,p,Verloren,false,6,${lost}`,
      );
    for (const table of [
      stages('active,closed_won,probability', 'true,true,1', 'true,false,0.9', 'true,false,0'),
      stages('active,probability', 'true,1.0', 'true,0.9', 'true,0.0'),
      stages('is_closed,probability', 'true,1.0', 'false,0.9', 'true,0.0'),
    ]) {
      const raw = await rawOf({ 'deal_pipeline_stage.csv': table });
      expect(await rows(raw, 'deal_stage', 'is_closed, is_won')).toEqual([
        { is_closed: true, is_won: true },
        { is_closed: false, is_won: false },
        { is_closed: true, is_won: false },
      ]);
    }
  });

  it('are won and lost by HubSpot’s marks, whatever their stage is called', async () => {
    const head = 'Record ID,Deal Name,Deal Stage,Close Date';
    const deal = (id: string, stage: string) => `${id},Deal ${id},${stage},2026-03-15`;
    const raw = await rawOf({
      'closed.csv': lines(
        `${head},Is Closed Won,Is Deal Closed?`,
        `${deal('c1', 'Order received')},true,true`,
        `${deal('c2', 'No decision')},false,true`,
        `${deal('c3', 'Proposal')},false,false`,
      ),
      'lost.csv': lines(
        `${head},Is Closed Won,Is closed lost`,
        `${deal('l1', 'Order received')},true,false`,
        `${deal('l2', 'No decision')},false,true`,
        `${deal('l3', 'Proposal')},false,false`,
      ),
      'withoutWon.csv': lines(
        `${head},Is Deal Closed?,Is Closed Lost`,
        `${deal('w1', 'Order received')},true,false`,
        `${deal('w2', 'No decision')},true,true`,
        `${deal('w3', 'Proposal')},false,false`,
      ),
      'onlyWon.csv': lines(
        `${head},Is Closed Won`,
        `${deal('o1', 'Order received')},true`,
        `${deal('o2', 'Closed lost (Enterprise)')},false`,
        `${deal('o3', 'Proposal')},false`,
      ),
    });
    expect(raw.files.map((file) => file.recognised_as)).toEqual(Array(4).fill('HubSpot deal'));
    expect(await raw.rows('select deal_id, is_closed, is_won from raw.deal_row order by 1')).toEqual(
      ['c', 'l', 'o', 'w'].flatMap((file) => [
        { deal_id: `${file}1`, is_closed: true, is_won: true },
        { deal_id: `${file}2`, is_closed: true, is_won: false },
        { deal_id: `${file}3`, is_closed: false, is_won: false },
      ]),
    );
  });

  it('keep their past as events, in our words', async () => {
    const raw = await rawOf({
      'deal_property_history.csv': lines(
        'deal_id,timestamp,_fivetran_synced,source,name,value,source_id',
        '1,2026-01-02 03:04:05.001,2026-02-01 00:00:00,CRM_UI,dealstage,closedwon,',
        '1,2026-01-02 03:04:05.001,2026-02-01 00:00:00,CRM_UI,closedate,1767225600000,',
        '1,2026-01-03 03:04:05.001,2026-02-01 00:00:00,CRM_UI,closedate,2026-06-30T10:00:00Z,',
        '1,2026-01-02 03:04:05.001,2026-02-01 00:00:00,CRM_UI,hs_deal_stage_probability,0.4,',
        '1,2026-01-02 03:04:05.001,2026-02-01 00:00:00,CRM_UI,description,hello,',
      ),
      'deal_stage.csv': lines(
        '_fivetran_start,deal_id,_fivetran_active,date_entered,value',
        '2026-01-01 00:00:00,1,false,2026-01-01 00:00:00,qualified',
      ),
    });
    expect(
      await raw.rows('select field, new_value from raw.deal_event_row order by happened_at, field'),
    ).toEqual([
      { field: 'stage', new_value: 'qualified' },
      { field: 'closed_on', new_value: '2026-01-01' },
      { field: 'probability', new_value: '40.0000' },
      { field: 'stage', new_value: 'closedwon' },
      { field: 'closed_on', new_value: '2026-06-30' },
    ]);
    expect(raw.file('deal_property_history.csv')).toMatchObject({ rows_in: 5, rows_set_aside: 1 });
  });
});

describe('lines of HubSpot', () => {
  it('take their net from what the row says, and a discount alone per unit unless it can only be percent', async () => {
    const raw = await rawOf({
      'line_items.csv': lines(
        'hs_object_id,name,price,quantity,discount,hs_discount_percentage,hs_pre_discount_amount,hs_total_discount,amount,hs_line_item_currency_code,hs_product_id,hs_recurring_billing_period,recurringbillingfrequency,associatedDealIds',
        '1,Seat,100,10,,,,,900,eur,p,,,d1',
        '2,Seat,100,10,,,1000,150,,eur,p,,,d1',
        '3,Seat,100,10,,12.5,,,,eur,p,,,d1',
        '4,Seat,100,10,5,,,,,eur,p,,,d1',
        '5,Seat,4,10,15,,,,,eur,p,,,d1',
        '6,Seat,100,10,20,,,,800,eur,p,P1Y,monthly,d1',
        '7,Seat,100,10,,,,,900,eur,p,,,',
        '8,Seat,100,10,,10,,,10800,eur,p,P12M,monthly,d1',
      ),
    });
    expect(
      await rows(
        raw,
        'deal_line',
        'deal_line_id, unit_list, list_amount, net_amount, price_period, term_months, currency',
      ),
    ).toEqual(
      [
        ['1', '100', '1000', '900'],
        ['2', '100', '1000', '850'],
        ['3', '100', '1000', '875'],
        ['4', '100', '1000', '950'],
        ['5', '4', '40', '34'],
        // Twelve months at 800 a month.
        ['6', '100', '12000', '9600'],
        // More than a month costs: what the whole year does.
        ['8', '100', '12000', '10800'],
      ].map(([deal_line_id, unit, list, net]) => ({
        deal_line_id,
        unit_list: `${unit}.00000000`,
        list_amount: `${list}.0000`,
        net_amount: `${net}.0000`,
        price_period: Number(deal_line_id) > 5 ? 'month' : null,
        term_months: Number(deal_line_id) > 5 ? '12.0000' : null,
        currency: 'EUR',
      })),
    );
    // A copy for a quote or an invoice has no deal.
    expect(raw.file('line_items.csv')).toMatchObject({ rows_in: 8, rows_set_aside: 1 });
  });
});

describe('lines that deals name', () => {
  it('belong to the deal whose list holds their id', async () => {
    const raw = await rawOf({
      'deals.csv': lines(
        'id,archived,properties_dealname,properties_dealstage,line_items,_airbyte_extracted_at',
        '1,false,A,closedwon,"[""31"",""32""]",2026-07-01 00:00:00',
        '2,false,B,closedwon,[],2026-07-01 00:00:00',
        '3,false,C,closedwon,,2026-07-01 00:00:00',
        '4,true,D,closedwon,"[""33""]",2026-07-01 00:00:00',
      ),
    });
    expect(await rows(raw, 'line_of_deal', 'line_id, deal_id, source_line')).toEqual([
      { line_id: '31', deal_id: '1', source_line: '2' },
      { line_id: '32', deal_id: '1', source_line: '2' },
    ]);
    expect(raw.file('deals.csv')).toMatchObject({ rows_in: 4, rows_loaded: 3, rows_set_aside: 1 });
  });
});

describe('what HubSpot’s API answers', () => {
  const deal = {
    id: '1',
    properties: {
      hs_object_id: '1',
      dealname: 'Big',
      dealstage: '9',
      hs_is_closed_won: 'true',
      hs_is_closed: 'true',
    },
    associations: { companies: { results: [{ id: '12', type: 'deal_to_company' }] } },
    archived: false,
  };
  const item = (id: string, more: object) => ({
    id,
    properties: { hs_product_id: 'p', name: 'Seat', quantity: '2', price: '50', amount: '90' },
    ...more,
  });
  const items = [
    item('l1', { associations: { deals: { results: [{ id: '1', type: 'line_item_to_deal' }] } } }),
    item('quoted', {}),
  ];

  it.each([
    [
      'one record a line',
      'jsonl',
      (records: object[]) => lines(...records.map((record) => JSON.stringify(record))),
    ],
    ['a page of results', 'json', (results: object[]) => JSON.stringify({ results })],
  ])('is read as %s', async (_, ending, written) => {
    const gone = { ...deal, id: '2', properties: { ...deal.properties, hs_object_id: '2' }, archived: true };
    const raw = await rawOf({
      [`deals.${ending}`]: written([gone, deal]),
      [`line_items.${ending}`]: written(items),
    });
    expect(raw.files.map((file) => file.recognised_as)).toEqual(['HubSpot deal', 'HubSpot line item']);
    expect(await rows(raw, 'deal', 'deal_id, name, account_id, is_won, source_line')).toEqual([
      { deal_id: '1', name: 'Big', account_id: '12', is_won: true, source_line: '2' },
    ]);
    expect(
      await rows(raw, 'deal_line', 'deal_line_id, deal_id, list_amount, net_amount, source_line'),
    ).toEqual([
      { deal_line_id: 'l1', deal_id: '1', list_amount: '100.0000', net_amount: '90.0000', source_line: '1' },
    ]);
    // A line of a quote has no deal.
    for (const file of raw.files)
      expect(file).toMatchObject({ rows_in: 2, rows_loaded: 1, rows_set_aside: 1 });
  });
});

describe('pipelines of HubSpot', () => {
  it('tell their stages, those of deals', async () => {
    const stage = (id: string, label: string, metadata: object) => ({ id, label, displayOrder: 0, metadata });
    const pipeline = (id: string, ...stages: object[]) => ({
      id,
      label: id,
      displayOrder: 0,
      archived: false,
      stages,
    });
    const raw = await rawOf({
      'pipelines.json': JSON.stringify({
        results: [
          pipeline(
            'sales',
            stage('1', 'Signed', { isClosed: 'true', probability: '1.0' }),
            stage('2', 'Talking', { isClosed: 'false', probability: '0.4' }),
            stage('3', 'No go', { isClosed: 'true', probability: '0.0' }),
          ),
          pipeline('tickets', stage('4', 'Done', { ticketState: 'CLOSED' })),
        ],
      }),
      'deal_pipelines.csv': lines(
        'pipelineId,label,displayOrder,stages,_airbyte_extracted_at',
        'old,Old,1,"[{""stageId"": ""5"", ""label"": ""Sold"", ""metadata"": {""isClosed"": ""true"", ""probability"": ""1.0""}}]",2026-07-01',
      ),
    });
    expect(raw.files.map((file) => file.recognised_as)).toEqual(
      Array(2).fill('HubSpot pipeline with its stages'),
    );
    expect(
      await raw.rows(
        'select stage_id, name, probability::integer as chance, is_closed, is_won from raw.deal_stage_row order by 1',
      ),
    ).toEqual([
      { stage_id: '1', name: 'Signed', chance: 100, is_closed: true, is_won: true },
      { stage_id: '2', name: 'Talking', chance: 40, is_closed: false, is_won: false },
      { stage_id: '3', name: 'No go', chance: 0, is_closed: true, is_won: false },
      { stage_id: '5', name: 'Sold', chance: 100, is_closed: true, is_won: true },
    ]);
    expect(raw.file('pipelines.json')).toMatchObject({ rows_in: 2, rows_loaded: 1, rows_set_aside: 1 });
  });
});

describe('people and companies of HubSpot', () => {
  it('are read in the API’s, connectors’ and the pages’ words', async () => {
    const raw = await rawOf({
      'companies.csv': lines(
        'Record ID,Company name,Company owner,Industry,Country/Region,Create Date',
        '12,Acme,Ann Lee,SOFTWARE,Spain,2026-01-01 10:00',
      ),
      'owners.csv': lines(
        'owner_id,email,first_name,last_name,active_user_id,portal_id',
        '7,a@x.co,Ann,Lee,9,1',
      ),
      'deal_company.csv': lines(
        'company_id,deal_id,type_id,category',
        '13,d1,341,HUBSPOT_DEFINED',
        '12,d1,5,HUBSPOT_DEFINED',
      ),
      'deal_contact.csv': lines('contact_id,deal_id,type_id,category', '77,d1,3,HUBSPOT_DEFINED'),
      'line_item_deal.csv': lines('line_item_id,deal_id,_fivetran_synced', 'l1,d1,2026-01-01 00:00:00'),
      'products.csv': lines('id,name,price,hs_sku,hs_product_type', 'p,Seat,100,S-1,service'),
    });
    expect(raw.files.map((file) => file.recognised_as)).toEqual([
      'HubSpot company',
      'HubSpot companies of deals',
      'HubSpot contacts of deals',
      'HubSpot deals of line items',
      'HubSpot owner',
      'HubSpot product',
    ]);
    expect(await rows(raw, 'account', 'account_id, name, industry, country')).toEqual([
      { account_id: '12', name: 'Acme', industry: 'SOFTWARE', country: 'Spain' },
    ]);
    expect(await rows(raw, 'account_role', 'person_id')).toEqual([{ person_id: 'Ann Lee' }]);
    expect(await rows(raw, 'person', 'person_id, name')).toEqual([{ person_id: '7', name: 'Ann Lee' }]);
    expect(await rows(raw, 'deal_account', 'customer_id, is_primary')).toEqual([
      { customer_id: '13', is_primary: false },
      { customer_id: '12', is_primary: true },
    ]);
    expect(await rows(raw, 'list_price', 'product_id, unit_list')).toEqual([
      { product_id: 'p', unit_list: '100.00000000' },
    ]);
  });
});
