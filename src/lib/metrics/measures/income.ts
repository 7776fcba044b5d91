import type { Measure } from '../definition.ts';

const of = (id: string, label: string, definition: string, direction: Measure['direction']): Measure => ({
  ...{ id, label, definition, direction },
  sql: { income: `sum(${id}) {all}` },
  format: 'money',
});

/** What the income statement says, of the periods that begin in the time asked about. */
export const income: readonly Measure[] = [
  of('revenue', 'Revenue', 'Revenue by the income statement.', 'up'),
  of('cost_of_revenue', 'Cost of revenue', 'Cost of revenue by the income statement.', 'down'),
  of('operating_expense', 'Operating expense', 'Operating expense by the income statement.', 'down'),
  of(
    'operating_profit',
    'Operating profit',
    'Operating profit by the income statement; where it is not told, revenue less cost of revenue and operating expense.',
    'up',
  ),
  {
    id: 'income_periods',
    label: 'Periods of the income statement',
    definition: 'Periods that begin in the time asked about.',
    sql: { income: 'count(*) {all}' },
    format: 'count',
    direction: 'none',
  },
];
