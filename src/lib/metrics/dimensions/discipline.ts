import type { Dimension } from '../definition.ts';
import { column, ofDeal, text } from './columns.ts';
import { disciplined, sales } from './factGroups.ts';

/** Only a deal that is not over a limit needs no approval: of others it may be not known. */
const approvalOfDeal = `coalesce(${ofDeal('approval', `(select deal_id, coalesce(approval::varchar, 'not known') as approval from marts.fact_over_limit)`)}, 'not needed')`;

/** How disciplined a discount was: over which limit, who approved it and when, and how late in the quarter. */
export const discipline: readonly Dimension[] = [
  {
    id: 'approval',
    label: 'Approval',
    definition:
      'Of a deal over its limit: whether it was approved before (on or before the day of the close), after or not at all (none), or not known; not needed for others.',
    type: 'text',
    sql: { over_limit: 'approval::varchar', ...column(approvalOfDeal, sales) },
  },
  {
    id: 'answer',
    label: 'Answer',
    definition:
      'What became of the request for a deal over its limit: approved, approved for less than was given away, rejected, pending, or not asked.',
    type: 'text',
    sql: { over_limit: 'answer::varchar' },
  },
  text('approver_id', 'Approver (id)', 'Who decided the request.', disciplined),
  text('approver_name', 'Approver', 'Name of who decided the request.', disciplined),
  text(
    'criterion',
    'Criterion',
    'By what the request was decided: objective or subjective, as recorded.',
    disciplined,
  ),
  text('exception_id', 'Request (id)', 'The request to sell below what the seller may grant.', ['exception']),
  text('decision', 'Decision', 'approved, rejected or pending.', ['exception']),
  {
    id: 'decided',
    label: 'Decided',
    definition: 'Whether the request was decided before or after the close of its deal.',
    type: 'text',
    sql: { exception: 'decided::varchar' },
  },
  {
    id: 'quarter_part',
    label: 'Part of the quarter',
    definition:
      'Whether the deal closed in the last ten business days of its fiscal quarter (late) or before (earlier); holidays of the configuration are no business days.',
    type: 'text',
    sql: column(
      `(select any_value(if(business_days_left < 10, 'late', 'earlier')) from core.fiscal_day where day = closed_on)`,
      sales,
    ),
  },
  {
    id: 'discount_percent',
    label: 'Discount in percent',
    definition: "The line's discount in percent of its list price.",
    type: 'number',
    sql: { deal_line: '(100 * discount / nullif(list_amount, 0))::double' },
  },
];
