import type { Measure } from '../definition.ts';

/** Price given back outside of the invoice. */
export const concessions: readonly Measure[] = [
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
    id: 'terms_cost',
    label: 'Terms',
    definition:
      'What it costs that bills of the period were paid after their standard terms: net of each payment × cost of capital a year × extra days ÷ 365. The rate is the setting cost_of_capital; paying early takes nothing off.',
    sql: { credit: "sum({given}) {all and kind = 'terms'}" },
    format: 'money',
    direction: 'down',
    source: 'Marn & Rosiello 1992, Managing Price, Gaining Profit, Harvard Business Review 70(5)',
  },
  {
    id: 'terms_coverage',
    label: 'Payment known',
    definition: 'Share of what was billed on bills whose due day and payment are known.',
    sql: {
      bill: '(sum({net}) {all and is_billed and is_paid and due_on is not null})::double / nullif(sum({net}) {all and is_billed}, 0)::double',
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'price_credits',
    label: 'Price credits',
    definition:
      'Credit notes whose reason is the price. Cancellations, errors, tax and bad debt are not counted.',
    sql: { credit: "sum({given}) {all and kind = 'price_credit'}" },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'unknown_credits',
    label: 'Credits without a reason',
    definition: 'Credit notes that do not say why. They may be price concessions or not.',
    sql: { credit: "sum({given}) {all and kind = 'unknown_credit'}" },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'credit_coverage',
    label: 'Reason of credits known',
    definition: 'Share of the amount of credit notes that say why they were given.',
    sql: {
      credit:
        "(sum({given}) {all and kind in ('price_credit', 'other_credit')})::double / nullif(sum({given}) {all and kind in ('price_credit', 'other_credit', 'unknown_credit')}, 0)::double",
    },
    format: 'rate',
    direction: 'up',
  },
];
