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
];
