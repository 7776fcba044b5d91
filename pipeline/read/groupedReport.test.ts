import { describe, expect, it } from 'vitest';
import { rawOf } from '../load/rawOf.fixture.ts';
import { GroupedReport, isGrouped } from './groupedReport.ts';

describe('a grouped report', () => {
  it('is told by the arrows of its headers', () => {
    expect(isGrouped(['Stage  ↑', 'Amount'])).toBe(true);
    expect(isGrouped(['Stage', '↑', 'Amount ↑ net'])).toBe(false);
    // Sorted by, and not grouped.
    expect(isGrouped(['Opportunity Name', 'Amount  ↓'])).toBe(false);
  });

  it('names each group on all of its rows, and a group within it anew', () => {
    const report = new GroupedReport(['Stage ↑', 'Owner ↓', 'Deal']);
    const rows = [
      ['Won', 'Ann', '1'],
      ['', '', '2'],
      ['', 'Bo', '3'],
      ['Lost', '', '4'],
      ['', '', '5'],
    ];
    expect(rows.map((row) => report.named(row).join(','))).toEqual([
      'Won,Ann,1',
      'Won,Ann,2',
      'Won,Bo,3',
      'Lost,,4',
      'Lost,,5',
    ]);
  });

  it('keeps a group that is called Total', () => {
    const report = new GroupedReport(['', 'Account ↑', 'Deal', 'Amount ↓']);
    expect(report.isFigure(['', 'Total', 'C', '50'])).toBe(false);
    expect(report.isFigure(['', 'Total', '', '50'])).toBe(true);
    expect(report.isFigure(['', 'Subtotal', 'Count 2', '$50.00'])).toBe(true);
    expect(report.named(['', 'Total', 'C', '50']).join()).toBe(',Total,C,50');
    expect(report.named(['', '', 'D', '']).join()).toBe(',Total,D,');
  });

  it('loads its deals with their stage, and sets sums and counts aside', async () => {
    const raw = await rawOf({
      'report.csv': `"Stage  ↑","Opportunity Owner  ↑","Opportunity Name","Account Name","Close Date","Amount"
"Closed Won","Jane Doe","Deal 1","Acme","2026-03-15","1900.00"
"","","Deal 4","Gamma","2026-03-16","100.00"
"","Subtotal","","","","2000.00"
"","","Count","2","",""
"Subtotal","","","","","2000.00"
"Closed Lost","Jane Doe","Deal 2","Beta","2026-02-20","800.00"
"Total","","","","","2800.00"
"","","Count","3","",""
`,
    });
    expect(raw.file('report.csv')).toMatchObject({
      rows_in: 8,
      rows_loaded: 3,
      rows_set_aside: 5,
      rows_rejected: 0,
    });
    expect(
      await raw.rows(
        'select name, stage, owner_id, is_won, amount, source_line from raw.deal_row order by name',
      ),
    ).toEqual([
      {
        name: 'Deal 1',
        stage: 'Closed Won',
        owner_id: 'Jane Doe',
        is_won: true,
        amount: '1900.0000',
        source_line: '2',
      },
      {
        name: 'Deal 2',
        stage: 'Closed Lost',
        owner_id: 'Jane Doe',
        is_won: false,
        amount: '800.0000',
        source_line: '7',
      },
      {
        name: 'Deal 4',
        stage: 'Closed Won',
        owner_id: 'Jane Doe',
        is_won: true,
        amount: '100.0000',
        source_line: '3',
      },
    ]);
  });
});
