import type { Measure } from '../definition.ts';

/** A year of what was agreed for longer; what is agreed for a year or less, or once, counts as it is. */
const aYearOf = (amount: string) =>
  `sum(case when term_months > 12 then (${amount}::double * 12 / term_months::double)::decimal(18, 4) else ${amount} end) {won}`;

const measure = (
  id: string,
  of: string,
  label: string,
  amount: string,
  direction: Measure['direction'],
): Measure => ({
  id,
  label,
  definition: `${of} ÷ years of the term. What is agreed for a year or less, or once, counts as it is.`,
  sql: { deal_line: aYearOf(amount) },
  format: 'money',
  direction,
});

/** The same money a year: beside the whole term's, which list and net amount tell. */
export const term: readonly Measure[] = [
  measure('annual_list_amount', 'List amount', 'List amount a year', '{list}', 'up'),
  measure('annual_net_amount', 'Net amount', 'Net amount a year', '{net}', 'up'),
  measure('annual_discount', 'Discount spend', 'Discount spend a year', '{discount}', 'down'),
];
