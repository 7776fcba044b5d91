import type { Dimension } from '../definition.ts';
import { text } from './columns.ts';

/** How a sold and a billed line came together. */
export const billingMatch: readonly Dimension[] = [
  text(
    'matched_by',
    'Matched by',
    'What says that a bill is for a sold line: its contract, its deal, or that only this line is like it.',
    ['billing_match'],
  ),
  text('reason', 'Reason', 'Why nothing was found on the other side, or what a credit was for.', [
    'billing_match',
  ]),
  text('billed_currency', 'Currency of the bill', 'The currency that was billed in.', ['billing_match']),
  text('subscription_id', 'Contract (id)', 'The recurring contract that is billed.', ['billing_match']),
  text('invoice_line_id', 'Billed line (id)', 'The line of the bill.', ['billing_match']),
  text('match_id', 'Allocation (id)', 'What the allocation is about; the same in every build.', [
    'billing_match',
  ]),
  {
    id: 'is_recoverable',
    label: 'Still open',
    definition: 'Whether money can still be billed or claimed back.',
    type: 'boolean',
    sql: { billing_match: 'is_open' },
  },
];
