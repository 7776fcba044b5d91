import { describe, expect, it } from 'vitest';
import { rawOf } from '../../load/rawOf.fixture.ts';
import { lines, rows } from './salesforce.fixture.ts';

const opportunities = 'Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Created Date';

describe('a report without ids', () => {
  it('keeps apart deals of one account, name and day that differ in anything else', async () => {
    const raw = await rawOf({
      'report.csv': lines(
        opportunities,
        'Ann,Acme,Renewal,Closed Won,100,2026-05-04,2026-01-02',
        'Ann,Acme,Renewal,Closed Won,200,2027-05-04,2026-01-02',
        'Bo,Beta,Renewal,Closed Won,300,2026-05-04,2026-01-02',
        'Bo,Beta,Renewal,Closed Won,300,2026-05-04,2026-01-02',
      ),
    });
    // Two rows that are the same in everything may be one written twice: that is told.
    expect(raw.file('report.csv')).toMatchObject({ rows_in: 4, rows_loaded: 3, rows_set_aside: 1 });
    expect(await raw.rows('select reason from raw.set_aside_row')).toEqual([{ reason: 'repeats line 5' }]);
    expect(await rows(raw, 'deal', 'deal_id, amount, source_line')).toEqual([
      {
        deal_id: 'Acme | Renewal | 2026-01-02',
        amount: '100.0000',
        source_line: '2',
      },
      {
        deal_id: 'Acme | Renewal | 2026-01-02 | 2',
        amount: '200.0000',
        source_line: '3',
      },
      { deal_id: 'Beta | Renewal | 2026-01-02', amount: '300.0000', source_line: '5' },
    ]);
  });

  it('knows them again the week after, whatever changed of them', async () => {
    const raw = await rawOf({
      'report_2026-11-01.csv': lines(
        opportunities,
        'Ann,Acme,Renewal,Closed Won,100,2026-05-04,2026-01-02',
        'Ann,Acme,Renewal,Negotiation,200,2027-05-04,2026-01-02',
      ),
      'report_2026-11-08.csv': lines(
        opportunities,
        'Bo,Acme,Renewal,Closed Won,110,2026-05-04,2026-01-02',
        'Bo,Acme,Renewal,Closed Won,180,2027-06-04,2026-01-02',
      ),
    });
    expect(
      await raw.rows(
        'select deal_id, count(*)::integer as weeks, sum(amount)::integer as amounts from raw.deal_row group by 1 order by 1',
      ),
    ).toEqual([
      { deal_id: 'Acme | Renewal | 2026-01-02', weeks: 2, amounts: 210 },
      { deal_id: 'Acme | Renewal | 2026-01-02 | 2', weeks: 2, amounts: 380 },
    ]);
  });

  it('counts every row of products as a line, with the deal that it is of', async () => {
    const raw = await rawOf({
      'report.csv': lines(
        `${opportunities},Product Name,Quantity,Sales Price,Total Price`,
        'Ann,Acme,Renewal,Closed Won,300,2026-05-04,2026-01-02,Seat,10,10,100',
        'Ann,Acme,Renewal,Closed Won,300,2026-05-04,2026-01-02,Seat,10,10,100',
        'Ann,Acme,Renewal,Closed Won,300,2026-05-04,2026-01-02,Seat,10,10,100',
        'Ann,Acme,Renewal,Closed Won,50,2027-05-04,2026-01-02,Seat,5,10,50',
      ),
    });
    expect(raw.file('report.csv')).toMatchObject({ rows_in: 4, rows_loaded: 4, rows_set_aside: 0 });
    const deals = await raw.rows(
      `select deal.amount, count(*)::integer as lines, sum(net_amount)::varchar as net
       from raw.deal_line_row line join raw.deal_row deal using (deal_id) group by 1 order by 1`,
    );
    expect(deals).toEqual([
      { amount: '50.0000', lines: 1, net: '50.0000' },
      { amount: '300.0000', lines: 3, net: '300.0000' },
    ]);
    expect(
      await raw.rows('select count(distinct deal_line_id)::integer as ids from raw.deal_line_row'),
    ).toEqual([{ ids: 4 }]);
  });

  it('has no line for a deal without products, whose amount then stands for it', async () => {
    const raw = await rawOf({
      'report.csv': lines(
        `${opportunities},Product Name,Quantity,Sales Price,Total Price`,
        'Ann,Acme,Big,Closed Won,100,2026-05-04,2026-01-02,Seat,10,10,100',
        'Ann,Acme,Bare,Closed Won,500,2026-05-04,2026-01-02,,,,',
      ),
    });
    expect(raw.file('report.csv')).toMatchObject({ rows_in: 2, rows_loaded: 2 });
    expect(await rows(raw, 'deal', 'name, amount')).toEqual([
      { name: 'Big', amount: '100.0000' },
      { name: 'Bare', amount: '500.0000' },
    ]);
    expect(await rows(raw, 'deal_line', 'net_amount')).toEqual([{ net_amount: '100.0000' }]);
  });
});

describe('an export that does not say what a deal came to', () => {
  const outcomes = async (header: string, ...written: string[]) => {
    const raw = await rawOf({
      'deals.csv': lines(
        `Id,Name,OwnerId,CloseDate,StageName,${header}`,
        ...written.map((row, at) => `${at},n,o,2026-05-04,${row}`),
      ),
    });
    return rows(raw, 'deal', 'stage, is_closed, is_won');
  };

  it('is told by kinds of won and lost', async () => {
    expect(
      await outcomes(
        'Amount',
        'Closed - Lost to competitor,1',
        'Lost: price,1',
        '9 - Closed Won,1',
        'Lost contact with the buyer,1',
        'Wonderful,1',
        "Closed - Won't buy,1",
      ),
    ).toEqual([
      { stage: 'Closed - Lost to competitor', is_closed: true, is_won: false },
      { stage: 'Lost: price', is_closed: true, is_won: false },
      { stage: '9 - Closed Won', is_closed: true, is_won: true },
      { stage: 'Lost contact with the buyer', is_closed: false, is_won: false },
      { stage: 'Wonderful', is_closed: false, is_won: false },
      { stage: "Closed - Won't buy", is_closed: false, is_won: false },
    ]);
  });

  it('is told by the forecast category, of which only stages that win are Closed', async () => {
    expect(
      await outcomes(
        'ForecastCategoryName,Probability',
        'Signed,Closed,100',
        'Dead,Omitted,0',
        'Demo,Pipeline,100',
        'Unterschrieben,Abgeschlossen,100',
      ),
    ).toEqual([
      { stage: 'Signed', is_closed: true, is_won: true },
      { stage: 'Dead', is_closed: null, is_won: false },
      { stage: 'Demo', is_closed: false, is_won: false },
      // A word of another language says nothing here.
      { stage: 'Unterschrieben', is_closed: null, is_won: null },
    ]);
  });

  it('stays unknown at 100 and 0 percent, and where only one of closed and won is told', async () => {
    expect(await outcomes('Probability', 'Signed,100', 'Dead,0', 'Demo,40')).toEqual([
      { stage: 'Signed', is_closed: null, is_won: null },
      { stage: 'Dead', is_closed: null, is_won: false },
      { stage: 'Demo', is_closed: false, is_won: false },
    ]);
    expect(await outcomes('IsClosed', 'Signed,true', 'Closed Lost,true', 'Demo,false')).toEqual([
      { stage: 'Signed', is_closed: true, is_won: null },
      { stage: 'Closed Lost', is_closed: true, is_won: false },
      { stage: 'Demo', is_closed: false, is_won: false },
    ]);
  });
});
