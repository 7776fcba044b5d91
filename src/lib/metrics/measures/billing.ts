import type { Measure } from '../definition.ts';

const priced = 'is_billed and list_amount <> 0 and net_amount is not null';
const unpriced = 'is_billed and (list_amount is null or list_amount = 0)';
/** Of a line that takes back what another charged, discount and uplift are taken back too. */
const below = 'sum(sign({list}) * greatest(sign({list}) * ({list} - {net}), 0))';
const above = 'sum(sign({list}) * greatest(sign({list}) * ({net} - {list}), 0))';

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
  {
    id: 'billed_priced_list',
    label: 'List on bills',
    definition: 'Amount before discount on bill lines that say one, tax left out.',
    sql: { invoice_line: `sum({list}) {all and ${priced}}` },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'billed_below_list',
    label: 'Billed below list',
    definition:
      'List less net of bill lines whose net is below list; of lines that take back a charge, what they take back of it.',
    sql: { invoice_line: `${below} {all and ${priced}}` },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'billed_by_code',
    label: 'Billed below list by coupon or promotion',
    definition: 'The same, of bill lines that name a coupon or promotion.',
    sql: { invoice_line: `${below} {all and ${priced} and discount_code is not null}` },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'billed_other_discount',
    label: 'Billed below list without coupon or promotion',
    definition: 'The same, of bill lines that name neither a coupon nor a promotion.',
    sql: { invoice_line: `${below} {all and ${priced} and discount_code is null}` },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'billed_uplift',
    label: 'Billed above list',
    definition: 'Net less list of bill lines whose net is above list.',
    sql: { invoice_line: `${above} {all and ${priced}}` },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'billed_unpriced',
    label: 'Billed without list',
    definition: 'Net of bill lines that do not say an amount before discount.',
    sql: { invoice_line: `sum({net}) {all and ${unpriced}}` },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'billed_list_coverage',
    label: 'List known on bills',
    definition: 'Share of what was billed on lines that say an amount before discount.',
    sql: {
      invoice_line: `(sum({net}) {all and ${priced}})::double / nullif(sum({net}) {all and is_billed}, 0)::double`,
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'billed_lines',
    label: 'Bill lines',
    definition: 'Lines of bills; of drafts and voided ones there are none.',
    sql: { invoice_line: 'count(*) {all and is_billed}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'expired_discount',
    label: 'Expired discount on bills',
    definition: 'Discount on bill lines for time after the day on which the bill itself says that it ends.',
    sql: {
      invoice_line:
        'sum({discount}) {all and is_billed and discount_ends_on <= coalesce(period_start, issued_on)}',
    },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'billed_unrated_lines',
    label: 'Bill lines without an exchange rate',
    definition: 'Bill lines in a currency without a rate on their day. They are in no amount here.',
    sql: { invoice_line: 'count(*) {all and is_billed and base_rate is null}' },
    format: 'count',
    direction: 'down',
  },
  {
    id: 'billed_unrated_net',
    label: 'Billed without an exchange rate',
    definition: 'Net of such bill lines as the bill has it, not converted: adds up only within one currency.',
    sql: { invoice_line: 'sum(net_amount) {all and is_billed and base_rate is null}' },
    format: 'number',
    direction: 'down',
  },
];
