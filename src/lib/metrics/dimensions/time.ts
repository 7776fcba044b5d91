import type { Dimension } from '../definition.ts';
import { column, text } from './columns.ts';
import { sales, billed, withConcessions, forecasts, valued, dealings, owned } from './factGroups.ts';

/** When it closed, was billed or was due. */
export const time: readonly Dimension[] = [
  {
    id: 'fiscal_year',
    label: 'Fiscal year',
    definition: 'Fiscal year of the close, or of the bill.',
    type: 'number',
    sql: column('fiscal_year', [
      ...forecasts,
      ...withConcessions,
      ...billed,
      'quota',
      'budget',
      'rep_month',
      ...owned,
      'expense',
      'restatement',
    ]),
  },
  text('fiscal_quarter', 'Fiscal quarter', 'Fiscal quarter of the close, or of the bill.', [
    ...withConcessions,
    ...billed,
    'quota',
    'budget',
    'rep_month',
    ...owned,
    'expense',
    ...forecasts,
    'restatement',
  ]),
  text('fiscal_month', 'Fiscal month', 'Fiscal month of the close, or of the bill.', [
    ...withConcessions,
    ...billed,
    'quota',
    'budget',
    'rep_month',
    'handling',
    ...valued,
    'account_month',
    ...dealings,
    'expense',
  ]),
  {
    id: 'closed_on',
    label: 'Closed on',
    definition: 'Close date; for open deals the expected one.',
    type: 'date',
    sql: column('closed_on', [...sales, 'handling', ...valued]),
  },
  {
    id: 'created_on',
    label: 'Created on',
    definition: 'When the deal was opened.',
    type: 'date',
    sql: column('created_on', sales),
  },
  {
    id: 'period_start',
    label: 'Period start',
    definition: 'First day of the period that a target is for.',
    type: 'date',
    sql: { quota: 'period_start', invoice_line: 'period_start', ...column('period_start', forecasts) },
  },
];
