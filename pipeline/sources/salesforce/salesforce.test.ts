import { describe, expect, it } from 'vitest';
import { rawOf, type RawOf } from '../../load/rawOf.fixture.ts';

/** Rows of a raw table, in the order of their lines, with the columns asked for. */
const rows = (raw: RawOf, table: string, columns: string) =>
  raw.rows(`select ${columns} from raw.${table}_row order by source_file_id, source_line`);
const lines = (...text: string[]) => `${text.join('\n')}\n`;

describe('reports of Salesforce', () => {
  it('are read in six languages, accents or not', async () => {
    const written: [language: string, header: string, won: string][] = [
      [
        'German',
        'Opportunity-ID;Opportunity-Name;Accountname;Opportunity-Inhaber;Phase;Schlusstermin;Betrag;Betrag Währung',
        'Geschlossen und gewonnen',
      ],
      [
        'French',
        "ID de l'opportunité;Nom de l'opportunité;Nom du compte;Propriétaire de l’opportunité;Etape;Date de clôture;Montant;Devise du montant",
        'Fermée et gagnée',
      ],
      [
        'Spanish',
        'Id. de oportunidad;Nombre de la oportunidad;Nombre de la cuenta;Propietario de la oportunidad;Etapa;Fecha de cierre;Importe;Divisa del importe',
        'Cerrada ganada',
      ],
      [
        'Dutch',
        'Opportunity-id;Opportunitynaam;Accountnaam;Opportunity-eigenaar;Fase;Sluitingsdatum;Bedrag;Valuta van bedrag',
        'Gesloten en gewonnen',
      ],
      [
        'Italian',
        'ID opportunità;Nome opportunità;Nome account;Titolare opportunità;Fase;Data chiusura;Ammontare;Valuta opportunità',
        'Chiusa acquisita',
      ],
      [
        'Portuguese',
        'ID da oportunidade;Nome da oportunidade;Nome da conta;Proprietário da oportunidade;Fase;Data de fechamento;Valor;Moeda da oportunidade',
        'Fechado e ganho',
      ],
    ];
    const report = (header: string, won: string, language: string) =>
      lines(
        header,
        `${language}1;Acme 1;Acme;Ann;${won};13.05.2026;1.200,50;eur`,
        `${language}2;Acme 2;Acme;Bo;X;14.06.2026;2,25;EUR`,
      );
    const raw = await rawOf(
      Object.fromEntries(
        written.map(([language, header, won]) => [`${language}.csv`, report(header, won, language)]),
      ),
    );
    for (const file of raw.files) expect(file.recognised_as, file.path).toBe('Salesforce Opportunity');
    const all = { account_id: 'Acme', currency: 'EUR' };
    expect(
      await raw.rows(
        `select deal_id, name, account_id, owner_id, is_won, is_closed, closed_on, amount, currency
         from raw.deal_row order by deal_id`,
      ),
    ).toEqual(
      written
        .map(([language]) => language)
        .sort()
        .flatMap((language) => [
          {
            ...all,
            ...{ deal_id: `${language}1`, name: 'Acme 1', owner_id: 'Ann', is_won: true, is_closed: true },
            ...{ closed_on: '2026-05-13', amount: '1200.5000' },
          },
          {
            ...all,
            ...{ deal_id: `${language}2`, name: 'Acme 2', owner_id: 'Bo', is_won: false, is_closed: false },
            ...{ closed_on: '2026-06-14', amount: '2.2500' },
          },
        ]),
    );
  });

  it('tell deals apart without an id by account, name and date created, and hold the lines of each', async () => {
    const raw = await rawOf({
      'opportunities.csv': lines(
        'Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Probability (%),Close Date,Created Date',
        'Ann,Acme,Renewal,Closed Won,100,100%,2026-05-04,2026-01-02',
        'Ann,Acme,Renewal,Closed Lost,90,0%,2025-05-04,2025-01-02',
      ),
      'products.csv': lines(
        'Opportunity ID,Opportunity Owner,Opportunity Name,Stage,Close Date,Amount,Product Name,Product Code,Quantity,List Price,Sales Price,Total Price',
        '006A,Ann,Big,Closed Won,2026-05-04,190,Seat,S,10,12,10,100',
        '006A,Ann,Big,Closed Won,2026-05-04,190,Help,H,1,100,90,90',
      ),
    });
    expect(raw.files.map((file) => [file.path, file.recognised_as, file.rows_in, file.rows_loaded])).toEqual([
      ['opportunities.csv', 'Salesforce Opportunity', 2, 2],
      ['products.csv', 'Salesforce report of opportunities with products', 2, 2],
    ]);
    expect(
      await raw.rows('select deal_id, is_won, probability, amount from raw.deal_row order by 1'),
    ).toEqual([
      { deal_id: '006A', is_won: true, probability: null, amount: '190.0000' },
      { deal_id: 'Acme | Renewal | 2025-01-02', is_won: false, probability: '0.00000000', amount: '90.0000' },
      {
        deal_id: 'Acme | Renewal | 2026-01-02',
        is_won: true,
        probability: '100.00000000',
        amount: '100.0000',
      },
    ]);
    expect(await rows(raw, 'deal_line', 'deal_id, product_id, quantity, unit_list, net_amount')).toEqual([
      {
        deal_id: '006A',
        product_id: 'S',
        quantity: '10.0000',
        unit_list: '12.00000000',
        net_amount: '100.0000',
      },
      {
        deal_id: '006A',
        product_id: 'H',
        quantity: '1.0000',
        unit_list: '100.00000000',
        net_amount: '90.0000',
      },
    ]);
  });
});

describe('lines of Salesforce', () => {
  it('take the total price before the sales price, and the discount only where the total is missing', async () => {
    const raw = await rawOf({
      // Edited through the API, the sales price has changed and the total has not.
      'OpportunityLineItem.csv': lines(
        'Id,OpportunityId,PricebookEntryId,Quantity,ListPrice,UnitPrice,Discount,Subtotal,TotalPrice',
        '00k1,0061,01u1,12,120,80,10,1000,900',
      ),
      'noTotal.csv': lines(
        'ID,OPPORTUNITYID,PRODUCT2ID,QUANTITY,UNITPRICE,DISCOUNT',
        '00k2,0061,01t1,3,33.33,12.5',
        '00k3,0061,01t1,3,cheap,',
      ),
    });
    expect(
      await raw.rows(
        'select deal_line_id, product_id, unit_list, net_amount from raw.deal_line_row order by 1',
      ),
    ).toEqual([
      { deal_line_id: '00k1', product_id: '01u1', unit_list: '120.00000000', net_amount: '900.0000' },
      // 3 × 33.33 × 0.875 = 87.49125
      { deal_line_id: '00k2', product_id: '01t1', unit_list: null, net_amount: '87.4913' },
    ]);
    expect(raw.file('noTotal.csv').rows_rejected).toBe(1);
  });
});

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

describe('people of Salesforce', () => {
  it('share deals by splits whose type says whether they add up, and sit on teams of both sides', async () => {
    const raw = await rawOf({
      'OpportunitySplit.csv': lines(
        'Id,OpportunityId,SplitOwnerId,SplitPercentage,SplitAmount,SplitTypeId,SplitType.DeveloperName',
        '1,d,u1,60,600,t1,RevenueSplit',
        '2,d,u2,40,400,t1,RevenueSplit',
        '3,d,u1,100,1000,t2,Overlay',
      ),
      'Team.csv': lines(
        'Id,OpportunityId,UserId,TeamMemberRole,CreatedDate',
        '4,d,u1,Sales Engineer,2026-01-01T00:00:00Z',
      ),
      'OpportunityContactRole.csv': lines(
        'Id,OpportunityId,ContactId,Role,IsPrimary',
        '5,d,c1,Economic Buyer,true',
      ),
      'AccountTeamMember.csv': lines('Id,AccountId,UserId,TeamMemberRole', '6,a,u3,Account Manager'),
      'User.csv': lines(
        'Id,FirstName,LastName,Email,Alias,ManagerId,UserRoleId',
        'u1,Ann,Lee,a@x.co,al,u9,r1',
      ),
      'UserRole.csv': lines('Id,Name,ParentRoleId,DeveloperName', 'r1,East Sales,r0,East'),
    });
    expect(
      await raw.rows(
        'select person_id, role, split_share, is_revenue_split from raw.deal_team_row order by all',
      ),
    ).toEqual([
      { person_id: 'u1', role: 'Overlay', split_share: '100.00000000', is_revenue_split: false },
      { person_id: 'u1', role: 'RevenueSplit', split_share: '60.00000000', is_revenue_split: true },
      { person_id: 'u1', role: 'Sales Engineer', split_share: null, is_revenue_split: null },
      { person_id: 'u2', role: 'RevenueSplit', split_share: '40.00000000', is_revenue_split: true },
    ]);
    expect(await rows(raw, 'contact_role', 'contact_id, persona')).toEqual([
      { contact_id: 'c1', persona: 'Economic Buyer' },
    ]);
    expect(await rows(raw, 'account_role', 'account_id, person_id, role')).toEqual([
      { account_id: 'a', person_id: 'u3', role: 'Account Manager' },
    ]);
    expect(await rows(raw, 'person', 'person_id, name')).toEqual([{ person_id: 'u1', name: 'Ann Lee' }]);
    expect(await rows(raw, 'person_assignment', 'role, manager_id')).toEqual([
      { role: 'r1', manager_id: 'u9' },
    ]);
    expect(await rows(raw, 'named_id', 'kind, id, name')).toEqual([
      { kind: 'role', id: 'r1', name: 'East Sales' },
    ]);
  });
});

describe('forecasts, quotas and rates of Salesforce', () => {
  it('are of money and of the whole team, dated by the export where they say no date', async () => {
    const raw = await rawOf({
      'ForecastingItem_2026-05-03.csv': lines(
        'Id,OwnerId,PeriodId,Period.StartDate,ForecastingItemCategory,ForecastAmount,AmountWithoutAdjustments,OwnerOnlyAmount,IsAmount,ProductFamily',
        '1,u,p,2026-04-01,CommitForecast,100,90,40,true,',
        '2,u,p,2026-04-01,BestCaseForecast,300,290,80,true,',
        '3,u,p,2026-04-01,CommitForecast,7,7,7,false,',
        '4,u,p,2026-04-01,CommitForecast,60,60,60,true,Hardware',
      ),
      'noPeriod.csv': lines('Id,OwnerId,PeriodId,ForecastCategoryName,ForecastAmount', '1,u,p,Commit,100'),
      'ForecastingQuota.csv': lines(
        'Id,QuotaOwnerId,StartDate,QuotaAmount,IsAmount',
        '1,u,2026-04-01,500,true',
      ),
      'DatedConversionRate.csv': lines(
        'Id,IsoCode,StartDate,NextStartDate,ConversionRate',
        '1,EUR,2026-01-01,2026-04-01,0.8',
        '2,EUR,2026-04-01,9999-12-31,0.9',
      ),
      'CurrencyType.csv': lines(
        'Id,IsoCode,ConversionRate,DecimalPlaces,IsActive,IsCorporate',
        '1,JPY,150,0,true,false',
      ),
    });
    expect(
      await rows(
        raw,
        'forecast_submission',
        "category, amount, strftime(submitted_at, '%Y-%m-%d') as at, includes_team, is_cumulative",
      ),
    ).toEqual([
      { category: 'commit', amount: '100.0000', at: '2026-05-03', includes_team: true, is_cumulative: true },
      {
        category: 'best_case',
        amount: '300.0000',
        at: '2026-05-03',
        includes_team: true,
        is_cumulative: true,
      },
    ]);
    expect(raw.file('noPeriod.csv').unread_reason).toMatch(
      /ForecastingItem.*Export it with Period.StartDate\./,
    );
    expect(await rows(raw, 'quota', 'person_id, period_start, amount')).toEqual([
      { person_id: 'u', period_start: '2026-04-01', amount: '500.0000' },
    ]);
    // Salesforce's rates are units of a currency for one of the company's own.
    expect(
      await raw.rows('select currency, on_date, rate_to_base from raw.fx_rate_row order by all'),
    ).toEqual([
      { currency: 'EUR', on_date: '2026-01-01', rate_to_base: '1.25000000' },
      { currency: 'EUR', on_date: '2026-04-01', rate_to_base: '1.11111111' },
      { currency: 'JPY', on_date: null, rate_to_base: '0.00666667' },
    ]);
  });
});

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

describe('exports of Salesforce that nothing is read from', () => {
  it('are named, with what to export in their place', async () => {
    const raw = await rawOf({
      'Lead.csv': lines('Id,LastName,Company,Status,IsConverted', '1,Lee,Acme,Open,false'),
    });
    expect(raw.file('Lead.csv')).toMatchObject({
      recognised_as: 'Salesforce Lead',
      unread_reason:
        'The export Salesforce Lead is not needed. Leads are not deals yet. Their deals come with the export of Opportunity.',
    });
  });
});
