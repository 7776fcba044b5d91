import type { Measure } from '../definition.ts';

/** What was billed. */
export const billing: readonly Measure[] = [
  {
    id: 'billed_list',
    label: 'Billed before discount',
    definition: 'Amount on bill lines before discount, tax left out.',
    sql: { invoice_line: 'sum({list}) {all and is_billed}' },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'billed_discount',
    label: 'Discount on bills',
    definition: 'Discount shown on bill lines.',
    sql: { invoice_line: 'sum({discount}) {all and is_billed}' },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'billed_net',
    label: 'Billed',
    definition: 'Amount on bill lines after discount, tax left out.',
    sql: {
      invoice_line: 'sum({net}) {all and is_billed}',
      bill: 'sum({net}) {all and is_billed}',
    },
    format: 'money',
    direction: 'up',
  },
];
