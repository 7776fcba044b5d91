import type { Measure } from '../definition.ts';
import { both } from './both.ts';

/**
 * With deals as the sample, whole ones or as far as their lines fit; where list is not known, nor is discount.
 * Rounded, since sums of floats differ by the order in which they happen to be added.
 */
const errorOfRate = `round(sqrt(greatest(0,
          sum({discount}::double * {discount}::double) {won}
          - 2 * (sum({discount}) {won})::double / nullif(sum({list}) {won}, 0)::double
            * sum({discount}::double * {list}::double) {won}
          + pow((sum({discount}) {won})::double / nullif(sum({list}) {won}, 0)::double, 2)
            * sum({list}::double * {list}::double) {won})
        * (count({list}) {won})::double
          / nullif((count({list}) {won}) - 1, 0))
        / nullif(sum({list}) {won}, 0)::double, 10)`;

/** Rounded, since sums of floats differ in their last digits from run to run. */
const effectiveDeals = `round(pow((sum({list}) {won})::double, 2)
  / nullif(sum({list}::double * {list}::double) {won}, 0), 6)`;

/** What was given away of list price, and what is left. */
export const price: readonly Measure[] = [
  {
    id: 'discount',
    label: 'Discount spend',
    definition:
      'List less net where net is below list, summed over priced lines of won deals. Uplift never offsets it.',
    sql: both('sum({discount}) {won}'),
    format: 'money',
    direction: 'down',
  },
  {
    id: 'discount_rate',
    label: 'Discount rate',
    definition: 'Discount spend ÷ list amount of the priced lines: a ratio of sums, never a mean of rates.',
    sql: both('(sum({discount}) {won})::double / nullif(sum({list}) {won}, 0)::double'),
    format: 'rate',
    direction: 'down',
  },
  {
    id: 'list_amount',
    label: 'List amount',
    definition:
      'List price as of the close × quantity × price periods in the term, for lines whose list price is known.',
    sql: both('sum({list}) {won}'),
    format: 'money',
    direction: 'up',
  },
  {
    id: 'net_amount',
    label: 'Net amount',
    definition:
      'What was agreed for the whole term, before tax, for all lines, priced or not: total contract value.',
    sql: both('sum({net}) {won}'),
    format: 'money',
    direction: 'up',
  },
  {
    id: 'uplift',
    label: 'Uplift',
    definition: 'Net less list where net is above list. Shown apart, never netted against discount.',
    sql: both('sum({uplift}) {won}'),
    format: 'money',
    direction: 'up',
  },
  {
    id: 'unpriced_net',
    label: 'Unpriced net',
    definition:
      'Net of lines whose list price is unknown. They are left out of discount, uplift and the rate.',
    sql: {
      deal: 'sum(unpriced_net_base) {won}',
      deal_line: 'sum({net}) {won and list_amount is null}',
    },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'list_coverage',
    label: 'List price known',
    definition: 'Share of net amount on lines whose list price is known.',
    sql: {
      deal: '1 - (coalesce(sum(unpriced_net_base) {won}, 0))::double / nullif(sum({net}) {won}, 0)::double',
      deal_line:
        '(sum({net}) {won and list_amount is not null})::double / nullif(sum({net}) {won}, 0)::double',
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'cost_amount',
    label: 'Unit cost',
    definition: 'Unit cost × quantity × price periods, for lines whose cost is known.',
    sql: both('sum({cost}) {won}'),
    format: 'money',
    direction: 'down',
  },
  {
    id: 'gross_margin',
    label: 'Gross margin',
    definition: 'Net less cost, of lines whose cost is known.',
    sql: { deal_line: 'sum({net} - {cost}) {won}' },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'gross_margin_rate',
    label: 'Gross margin rate',
    definition: 'Gross margin ÷ net of lines whose cost is known.',
    sql: {
      deal_line:
        '(sum({net} - {cost}) {won})::double / nullif(sum({net}) {won and cost_amount is not null}, 0)::double',
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'cost_coverage',
    label: 'Cost known',
    definition: 'Share of net amount on lines whose unit cost is known.',
    sql: {
      deal: '(sum(costed_net_base) {won})::double / nullif(sum({net}) {won}, 0)::double',
      deal_line:
        '(sum({net}) {won and cost_amount is not null})::double / nullif(sum({net}) {won}, 0)::double',
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'discount_rate_error',
    label: 'Standard error of the discount rate',
    definition:
      'How far the discount rate would move if other deals of the same kind had been closed; deals are the sample.',
    sql: { deal: errorOfRate, deal_part: errorOfRate },
    format: 'rate',
    direction: 'none',
    source: 'Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4: variance of a ratio estimate',
  },
  {
    id: 'effective_deals',
    label: 'Effective number of deals',
    definition:
      'Deals of equal size that would say as much about a rate as these do: (Σ list)² ÷ Σ list². A few large deals among many small ones count for few.',
    sql: { deal: effectiveDeals, deal_part: effectiveDeals },
    format: 'number',
    direction: 'none',
    source: 'Kish, Survey Sampling, 1965, section 11.7: effective sample size under unequal weights',
  },
];
