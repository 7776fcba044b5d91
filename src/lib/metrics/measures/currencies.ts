import type { Measure } from '../definition.ts';
import { atActualRate } from '../facts.ts';

/** What an amount comes to at the rate of the close, less what it comes to at the plan rate; of other currencies alone. */
const variance = (column: string) =>
  `sum(${atActualRate(column)} - ${column}_base) {won and actual_rate <> base_rate}`;

/** Amounts in their own currency, and what exchange rates do to them. */
export const currencies: readonly Measure[] = [
  {
    id: 'list_own',
    label: 'List amount in its own currency',
    definition:
      'List amount as the deal has it, not converted, of lines whose currency has a rate: adds up only within one currency.',
    sql: { deal_line: 'sum(list_amount) {won and base_rate is not null}' },
    format: 'number',
    direction: 'none',
  },
  {
    id: 'discount_own',
    label: 'Discount in its own currency',
    definition:
      'Discount as the deal has it, not converted, of lines whose currency has a rate: adds up only within one currency.',
    sql: { deal_line: 'sum(discount) {won and base_rate is not null}' },
    format: 'number',
    direction: 'none',
  },
  {
    id: 'net_variance',
    label: 'Net amount, exchange rates',
    definition: 'Net amount at the rates of the close less net amount at plan rates.',
    sql: { deal: 'sum(net_variance_base) {won}', deal_line: variance('net_amount') },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'cost_variance',
    label: 'Unit cost, exchange rates',
    definition: 'Unit cost at the rates of the close less unit cost at plan rates.',
    sql: { deal: 'sum(cost_variance_base) {won}', deal_line: variance('cost_amount') },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'given_variance',
    label: 'Given back, exchange rates',
    definition: 'Rebates, funds and free services at the rates of their day less the same at plan rates.',
    sql: {
      concession: `sum(amount_actual - amount_base) {all and kind in ('rebate', 'channel_fund', 'free_service')}`,
    },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'credit_variance',
    label: 'Credits and terms, exchange rates',
    definition: 'Price credits and terms at the rates of their day less the same at plan rates.',
    sql: { credit: `sum(amount_actual - amount_base) {all and kind in ('terms', 'price_credit')}` },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'unrated_lines',
    label: 'Lines without an exchange rate',
    definition:
      'Lines in a currency without a rate on their day. They are in no amount of the reporting currency: nothing is guessed.',
    sql: { deal_line: 'count(*) {won and base_rate is null}' },
    format: 'count',
    direction: 'down',
  },
  {
    id: 'unrated_net',
    label: 'Net without an exchange rate',
    definition:
      'Net amount of such lines as the deal has it, not converted: adds up only within one currency.',
    sql: { deal_line: 'sum(net_amount) {won and base_rate is null}' },
    format: 'number',
    direction: 'down',
  },
];
