import type { Measure } from '../definition.ts';

/** From what was offered to what was paid, each set against its own: offers against their deals, cash against its bills. */
export const quoteToCash: readonly Measure[] = [
  {
    id: 'quoted_net',
    label: 'Quoted',
    definition:
      'What was offered on won deals: the accepted offer, else the last by the close. Deals whose lines were taken from the offer itself are left out.',
    sql: { quoted_deal: 'sum(quoted_amount_base) {won and has_own_lines}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'booked_of_quoted',
    label: 'Booked of what was quoted',
    definition: 'Net of the same won deals whose offer is known, to set beside what was quoted.',
    sql: { quoted_deal: 'sum({net}) {won and has_own_lines}' },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'quoted_deals',
    label: 'Deals with an offer',
    definition: 'Won deals whose offer is known apart from the lines that were booked.',
    sql: { quoted_deal: 'count(*) {won and has_own_lines}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'bills',
    label: 'Bills',
    definition: 'Bills that were issued; drafts and voided ones are none.',
    sql: { bill: 'count(*) {all and is_billed}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'credited_price',
    label: 'Price credits on bills',
    definition: 'Credits for price, before tax, against the bills of the period, whenever they were given.',
    sql: { bill: 'sum({price_credit}) {all and is_billed}' },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'credited_otherwise',
    label: 'Other credits on bills',
    definition:
      'Credits for cancellations, errors, bad debt or without a reason, before tax, against the bills of the period. Credits of tax alone are none.',
    sql: { bill: 'sum({other_credit}) {all and is_billed}' },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'cash',
    label: 'Cash',
    definition:
      'Payments for the bills of the period, whenever they came, by the share of the bill that is not tax.',
    sql: { bill: 'sum({cash_amount}) {all and is_billed}' },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'bills_left_open',
    label: 'Not paid yet',
    definition:
      'What the bills of the period charge before tax, less credits and cash, of bills on which anything is left.',
    sql: {
      bill: 'sum(greatest({net} - {price_credit} - {other_credit} - {cash_amount}, 0)) {all and is_billed}',
    },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'bills_beyond',
    label: 'Credited or paid beyond the bill',
    definition:
      'Credits and cash beyond what a bill of the period charges before tax: to be paid back, or set against another bill.',
    sql: {
      bill: 'sum(greatest({price_credit} + {other_credit} + {cash_amount} - {net}, 0)) {all and is_billed}',
    },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'paid_bills',
    label: 'Bills with a payment',
    definition: 'Bills of the period of which a payment in their own currency is known.',
    sql: { bill: 'count(*) {all and is_billed and is_paid}' },
    format: 'count',
    direction: 'up',
  },
  {
    id: 'cash_with_tax',
    label: 'Bills paid whose tax is not known',
    definition: 'Bills of which a payment is known and no tax: the payment counts as it is.',
    sql: { bill: 'count(*) {all and is_billed and is_cash_plain}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'match_rows',
    label: 'Parts of lines',
    definition:
      'Parts of sold and billed lines that were set against each other, those that no other side was found for, and credits.',
    sql: { billing_match: 'count(*) {all}' },
    format: 'count',
    direction: 'none',
  },
];
