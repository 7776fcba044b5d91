import type { Measure } from '../definition.ts';

/** What was aimed for. */
export const targets: readonly Measure[] = [
  {
    id: 'discount_budget',
    label: 'Discount budget',
    definition: 'What discounts may cost in the periods that begin in the time asked about.',
    sql: { budget: 'sum(amount) {all}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'quota',
    label: 'Quota',
    definition: 'Targets of the people and periods asked for.',
    sql: { quota: 'sum(quota) {all}' },
    format: 'money',
    direction: 'none',
  },
];
