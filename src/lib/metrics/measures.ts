import type { Measure } from './definition.ts';

/** The same SQL on deals and on their lines. */
const both = (sql: string) => ({ deal: sql, deal_line: sql });

/**
 * With deals as the sample, whole ones or as far as their lines fit. Rounded, since sums of floats differ by the
 * order in which they happen to be added.
 */
const errorOfRate = `round(sqrt(greatest(0,
          sum({discount}::double * {discount}::double) {won and list_amount_base is not null}
          - 2 * (sum({discount}) {won})::double / nullif(sum({list}) {won}, 0)::double
            * sum({discount}::double * {list}::double) {won and list_amount_base is not null}
          + pow((sum({discount}) {won})::double / nullif(sum({list}) {won}, 0)::double, 2)
            * sum({list}::double * {list}::double) {won and list_amount_base is not null})
        * (count(*) {won and list_amount_base is not null})::double
          / nullif((count(*) {won and list_amount_base is not null}) - 1, 0))
        / nullif(sum({list}) {won}, 0)::double, 10)`;

/** Rounded, since sums of floats differ in their last digits from run to run. */
const effectiveDeals = `round(pow((sum({list}) {won})::double, 2)
  / nullif(sum({list}::double * {list}::double) {won}, 0), 6)`;

export const measures: readonly Measure[] = [
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
    definition: 'What was agreed, before tax, for all lines, priced or not.',
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
      deal_line:
        '(sum({net}) {won and cost_amount is not null})::double / nullif(sum({net}) {won}, 0)::double',
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'deals',
    label: 'Deals',
    definition: 'Number of deals. Won deals, unless a filter says otherwise.',
    sql: { deal: 'count(*) {won}', deal_line: 'count(distinct deal_id) {won}' },
    format: 'count',
    countsDeals: true,
    direction: 'none',
  },
  {
    id: 'lines',
    label: 'Lines',
    definition: 'Number of deal lines. Lines of won deals, unless a filter says otherwise.',
    sql: { deal: 'sum(lines) {won}', deal_line: 'count(*) {won}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'quantity',
    label: 'Quantity',
    definition: 'Units on the lines.',
    sql: { deal_line: 'sum(quantity) {won}' },
    format: 'number',
    direction: 'none',
  },
  {
    id: 'average_deal',
    label: 'Average deal',
    definition: 'Net amount ÷ number of deals.',
    sql: {
      deal: '(sum({net}) {won})::double / nullif(count(*) {won}, 0)',
      deal_line: '(sum({net}) {won})::double / nullif(count(distinct deal_id) {won}, 0)',
    },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'won_deals',
    label: 'Won deals',
    definition: 'Number of deals won.',
    sql: { deal: 'count(*) {all and is_won}', deal_line: 'count(distinct deal_id) {all and is_won}' },
    format: 'count',
    countsDeals: true,
    direction: 'up',
  },
  {
    id: 'lost_deals',
    label: 'Lost deals',
    definition: 'Number of deals closed and not won.',
    sql: {
      deal: 'count(*) {all and is_closed and not is_won}',
      deal_line: 'count(distinct deal_id) {all and is_closed and not is_won}',
    },
    format: 'count',
    countsDeals: true,
    direction: 'down',
  },
  {
    id: 'open_deals',
    label: 'Open deals',
    definition: 'Number of deals neither won nor lost yet.',
    sql: {
      deal: 'count(*) {all and not is_closed}',
      deal_line: 'count(distinct deal_id) {all and not is_closed}',
    },
    format: 'count',
    countsDeals: true,
    direction: 'none',
  },
  {
    id: 'win_rate',
    label: 'Win rate',
    definition:
      'Won ÷ (won + lost), by number of deals closed in the period. Open deals are left out; not known where a deal does not say whether it is lost or still open.',
    sql: {
      deal: `case when count(*) {all and is_closed is null} = 0
        then (count(*) {closed and is_won})::double / nullif(count(*) {closed and is_closed and is_won is not null}, 0) end`,
      deal_line: `case when count(*) {all and is_closed is null} = 0
        then (count(distinct deal_id) {closed and is_won})::double
          / nullif(count(distinct deal_id) {closed and is_closed and is_won is not null}, 0) end`,
    },
    format: 'rate',
    countsDeals: true,
    direction: 'up',
  },
  {
    id: 'win_rate_by_amount',
    label: 'Win rate by amount',
    definition: 'Net of won deals ÷ net of deals closed in the period.',
    sql: both('(sum({net}) {closed and is_won})::double / nullif(sum({net}) {closed}, 0)::double'),
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'cycle_days',
    label: 'Cycle length',
    definition: 'Days from created to closed, won deals, median.',
    sql: { deal: 'median(cycle_days) {won}' },
    format: 'days',
    direction: 'down',
  },
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
  {
    id: 'billed_list',
    label: 'Billed before discount',
    definition: 'Amount on bill lines before discount, tax left out.',
    sql: { invoice_line: 'sum(list_amount_base) {all and is_billed}' },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'billed_discount',
    label: 'Discount on bills',
    definition: 'Discount shown on bill lines.',
    sql: { invoice_line: 'sum(discount_amount_base) {all and is_billed}' },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'billed_net',
    label: 'Billed',
    definition: 'Amount on bill lines after discount, tax left out.',
    sql: { invoice_line: 'sum(net_amount_base) {all and is_billed}' },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'rebates',
    label: 'Rebates',
    definition: 'Rebates to customers and partners, given outside of the invoice.',
    sql: { concession: "sum({given}) {all and kind = 'rebate'}" },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'channel_funds',
    label: 'Channel funds',
    definition: 'Marketing and development money given to partners.',
    sql: { concession: "sum({given}) {all and kind = 'channel_fund'}" },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'free_services',
    label: 'Free services',
    definition: 'Services delivered without charge, at the value the source gives them.',
    sql: { concession: "sum({given}) {all and kind = 'free_service'}" },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'price_credits',
    label: 'Price credits',
    definition:
      'Credit notes whose reason is the price. Cancellations, errors, tax and bad debt are not counted.',
    sql: { concession: "sum({given}) {all and kind = 'price_credit'}" },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'unknown_credits',
    label: 'Credits without a reason',
    definition: 'Credit notes that do not say why. They may be price concessions or not.',
    sql: { concession: "sum({given}) {all and kind = 'unknown_credit'}" },
    format: 'money',
    direction: 'down',
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
    id: 'list_own',
    label: 'List amount in its own currency',
    definition: 'List amount as the deal has it, not converted: adds up only within one currency.',
    sql: { deal_line: 'sum(list_amount) {won}' },
    format: 'number',
    direction: 'none',
  },
  {
    id: 'discount_own',
    label: 'Discount in its own currency',
    definition: 'Discount as the deal has it, not converted: adds up only within one currency.',
    sql: { deal_line: 'sum(discount) {won}' },
    format: 'number',
    direction: 'none',
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
