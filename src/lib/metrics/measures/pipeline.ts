import type { Measure } from '../definition.ts';
import { both } from './both.ts';

/** What is still open. */
export const pipeline: readonly Measure[] = [
  {
    id: 'pipeline_discount',
    label: 'Discount in the open pipeline',
    definition: 'List less net on priced lines of deals that are still open.',
    sql: both('sum({discount}) {open}'),
    format: 'money',
    direction: 'down',
  },
  {
    id: 'pipeline_list',
    label: 'List amount in the open pipeline',
    definition: 'List amount of priced lines of deals that are still open.',
    sql: both('sum({list}) {open}'),
    format: 'money',
    direction: 'none',
  },
  {
    id: 'pipeline_net',
    label: 'Open pipeline',
    definition: 'Net amount of deals that are still open.',
    sql: both('sum({net}) {open}'),
    format: 'money',
    direction: 'up',
  },
  {
    id: 'stated_probability',
    label: 'Stated probability',
    definition: 'Mean of the chance to win that the source states for open deals, in percent.',
    sql: { deal: 'avg(probability) {open}' },
    countsDeals: true,
    format: 'number',
    direction: 'none',
  },
];
