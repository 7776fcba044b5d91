import type { Measure } from '../definition.ts';

/** What can be acted on. */
export const findings: readonly Measure[] = [
  {
    id: 'findings',
    label: 'Findings',
    definition: 'What there is to act on in this build, whatever was decided about it.',
    sql: { finding: 'count(*) {all and is_there}' },
    format: 'count',
    direction: 'down',
  },
  {
    id: 'finding_amount',
    label: 'Can be acted on',
    definition:
      'Dollars of the findings of this build that can still be acted on. A deal can be found by several rules, so that sums of kinds may count a dollar twice.',
    sql: { finding: 'sum(amount_base) {all and is_there}' },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'findings_gone',
    label: 'Findings gone',
    definition: 'What was found in one of the eight weeks before and is there no more.',
    sql: { finding: 'count(*) {all and not is_there}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'finding_amount_gone',
    label: 'At stake when last seen',
    definition: 'Dollars of the findings that are there no more, as they were seen last.',
    sql: { finding: 'sum(amount_base) {all and not is_there}' },
    format: 'money',
    direction: 'none',
  },
];
