import type { Measure } from '../definition.ts';

const change = (amount: string) =>
  `sum(coalesce(${amount}_after_base, 0) - coalesce(${amount}_before_base, 0)) {all}`;

/** What later exports changed of quarters that were over; a period asks for exports, fiscal_quarter for what they changed. */
export const restatements: readonly Measure[] = [
  {
    id: 'restated_discount',
    label: 'Discount spend, restated',
    definition: 'What exports made after a fiscal quarter was over changed of its discount spend.',
    sql: { restatement: change('discount') },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'restated_net',
    label: 'Net amount, restated',
    definition: 'What exports made after a fiscal quarter was over changed of its net amount.',
    sql: { restatement: change('net') },
    format: 'money',
    direction: 'none',
  },
];
