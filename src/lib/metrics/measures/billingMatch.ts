import type { Format, Measure } from '../definition.ts';

const measure = (
  id: string,
  label: string,
  definition: string,
  sql: string,
  direction: Measure['direction'],
  format: Format = 'money',
): Measure => ({ id, label, definition, sql: { billing_match: sql }, format, direction });

/** What a cause took from what should have been billed; more billed than sold counts against it. */
const lostTo = (cause: string) => `-sum(difference_base) {all and cause = '${cause}'}`;

const due = "sum(sold_amount_base) {all and cause <> 'timing'}";
const matched = "sum(sold_amount_base) {all and cause = 'matched'}";

/** What was sold set against what was billed; a difference counts only beyond both tolerances, under one cause. */
export const billingMatch: readonly Measure[] = [
  measure(
    'sold_due',
    'Sold and due',
    'What should have been billed of won lines by the newest export; by the day of the bill, or on which it should have been billed.',
    due,
    'up',
  ),
  measure(
    'sold_not_due',
    'Sold, not due yet',
    'What won lines leave to be billed after the newest export.',
    "sum(sold_amount_base) {all and cause = 'timing'}",
    'none',
  ),
  measure(
    'billed_against',
    'Billed, set against sold',
    'Amount of billed lines, tax left out, as far as it is allocated to what is asked for.',
    'sum(billed_amount_base) {all}',
    'up',
  ),
  measure(
    'matched_amount',
    'Matched',
    'What was sold and due and was billed as sold, within the tolerances.',
    matched,
    'up',
  ),
  measure(
    'matched_share',
    'Share matched',
    'Matched ÷ sold and due.',
    `(${matched})::double / nullif(${due}, 0)::double`,
    'up',
    'rate',
  ),
  measure(
    'billing_difference',
    'Difference',
    'Billed less sold beyond the tolerances, at the rate of the sale, less credits that nobody approved, at the rate of the credit’s day.',
    'sum(difference_base) {all}',
    'none',
  ),
  measure(
    'under_billed',
    'Under-billed',
    'What can still be billed or claimed back: less billed than sold under a known cause, and credits that nobody approved.',
    '-sum(difference_base) {all and is_open}',
    'down',
  ),
  measure(
    'over_billed',
    'Over-billed',
    'More billed than was sold, by price or quantity.',
    "sum(difference_base) {all and cause in ('price', 'quantity') and difference_base > 0}",
    'down',
  ),
  measure(
    'billed_at_other_price',
    'Another price',
    'Sold less billed where the price on the bill is not the price sold.',
    lostTo('price'),
    'down',
  ),
  measure(
    'billed_other_quantity',
    'Another quantity',
    'Sold less billed where the quantity on the bill is not the quantity sold.',
    lostTo('quantity'),
    'down',
  ),
  measure('not_billed', 'Not billed', 'Sold and due, without any bill.', lostTo('not_billed'), 'down'),
  measure(
    'billed_late',
    'Late start',
    'Sold for the time between the start of the term and the first bill.',
    lostTo('late_start'),
    'down',
  ),
  measure(
    'discount_past_end',
    'Discount past its end',
    'What discounts took off bills for time after they should have ended.',
    lostTo('discount_past_end'),
    'down',
  ),
  measure(
    'missed_uplift',
    'Missed uplift',
    'What agreed rises would have brought, where bills went on at the earlier price.',
    lostTo('missed_uplift'),
    'down',
  ),
  measure(
    'unauthorised_credits',
    'Credits nobody approved',
    'Credit notes for price without anybody who approved them.',
    lostTo('unauthorised_credit'),
    'down',
  ),
  measure(
    'billed_other_currency',
    'Another currency',
    'Sold less billed, in the reporting currency, where the bill is in another currency than the sale.',
    lostTo('currency'),
    'down',
  ),
  measure(
    'sold_unmatched',
    'Sold, no bill found',
    'Sold and due where the data cannot say that it was not billed: the reason stands on each line.',
    "sum(sold_amount_base) {all and cause = 'unmatched_sold'}",
    'down',
  ),
  measure(
    'billed_unmatched',
    'Billed, no sale found',
    'Billed without a sold line that it could be for: the reason stands on each line.',
    "sum(billed_amount_base) {all and cause = 'unmatched_billed'}",
    'down',
  ),
  measure(
    'credited',
    'Credited',
    'Credit notes on bills, for whatever reason, tax left out.',
    'sum(credit_amount_base) {all}',
    'down',
  ),
  measure(
    'billing_differences',
    'Differences',
    'Lines and credits with a difference under a known cause.',
    'count(*) {all and difference_base <> 0}',
    'down',
    'count',
  ),
  measure(
    'lines_due',
    'Lines due',
    'Won lines of which something should have been billed.',
    "count(distinct deal_line_id) {all and cause <> 'timing'}",
    'none',
    'count',
  ),
  measure(
    'match_confidence',
    'Confidence of matching',
    'How sure the matching of billed lines is, weighted by what was billed: 100% where ids say it, less where only customer, product, term and amount do.',
    '(sum(abs(billed_amount_base) * confidence) {all})::double / nullif(sum(abs(billed_amount_base)) {all and confidence is not null}, 0)::double',
    'up',
    'rate',
  ),
];
