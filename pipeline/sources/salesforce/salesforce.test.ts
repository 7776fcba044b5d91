import { describe, expect, it } from 'vitest';
import { rawOf } from '../../load/rawOf.fixture.ts';
import { lines, rows } from './salesforce.fixture.ts';

describe('reports of Salesforce', () => {
  it('are read in seven languages, accents or not', async () => {
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
      ['Japanese', '商談 ID;商談 名;取引先名;商談 所有者;フェーズ;完了予定日;金額;金額 通貨', '成立'],
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
