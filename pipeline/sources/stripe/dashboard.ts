import type { Source, SourceColumn } from '../source.ts';
import { metadata } from './amounts.ts';

/** The dashboard writes times in UTC without saying so in the cell. */
const utc = (header: string): SourceColumn => ({
  sql: `case when {${header}} like '%:%' then {${header}} || 'Z' else {${header}} end`,
});
const upperCurrency: SourceColumn = { sql: 'upper({Currency})' };
const number = (header: string) => `try_cast({${header}} as decimal(18, 4))`;

/** CSV files of Stripe's dashboard: the same records in whole units of the currency. */
const invoice: Source = {
  name: 'Stripe invoice (dashboard)',
  needs: [
    'id',
    'Amount Due',
    'Currency',
    ['Customer', 'Customer ID'],
    'Date (UTC)',
    'Subtotal',
    'Total',
    'Status',
  ],
  expects: ['Due Date (UTC)', 'Number', 'Tax', 'Total Discount Amount', 'Subscription', 'Amount Paid'],
  feeds: [
    {
      table: 'invoice',
      columns: {
        invoice_id: ['id'],
        account_id: ['Customer', 'Customer ID'],
        deal_id: metadata('opportunity_id', 'salesforce_opportunity_id', 'deal_id'),
        currency: upperCurrency,
        issued_on: utc('Date (UTC)'),
        due_on: utc('Due Date (UTC)'),
        status: { sql: 'lower({Status})' },
        subtotal: {
          sql: `${number('Total')} - coalesce(${number('Tax?')}, ${number('Total')}
            - least(${number('Subtotal')}, ${number('Total')}))`,
        },
        total: ['Total'],
        discount_amount: ['Total Discount Amount'],
      },
    },
  ],
};

const subscription: Source = {
  name: 'Stripe subscription (dashboard)',
  needs: ['id', 'Customer ID', 'Plan', 'Quantity', 'Status', 'Current Period End (UTC)'],
  expects: ['Created (UTC)', 'Start (UTC)', 'Interval', 'Amount', 'Currency', 'Ended At (UTC)', 'Coupon'],
  feeds: [
    {
      table: 'subscription',
      columns: {
        subscription_id: ['id'],
        account_id: ['Customer ID'],
        product_id: ['Product', 'Plan'],
        deal_line_id: metadata('opportunity_line_item_id', 'line_item_id'),
        renews_subscription_id: metadata('renews_subscription_id'),
        started_on: utc('Start Date (UTC)|Start (UTC)|Created (UTC)'),
        ended_on: utc('Ended At (UTC)'),
        renewal_due_on: utc('Current Period End (UTC)'),
        quantity: ['Quantity'],
        currency: upperCurrency,
        // Without the coupon: the file does not say how much that is.
        monthly_list: {
          sql: `(${number('Amount')} * coalesce(${number('Quantity')}, 1) * case lower({Interval})
            when 'month' then 1 when 'year' then 1.0 / 12 when 'week' then 365.0 / 84 when 'day' then 365.0 / 12 end)::decimal(18, 4)`,
        },
        monthly_net: {
          sql: `(case when {Coupon?} is null then ${number('Amount')} end * coalesce(${number('Quantity')}, 1) * case lower({Interval})
            when 'month' then 1 when 'year' then 1.0 / 12 when 'week' then 365.0 / 84 when 'day' then 365.0 / 12 end)::decimal(18, 4)`,
        },
        status: { sql: 'lower({Status})' },
      },
    },
  ],
};

const customer: Source = {
  name: 'Stripe customer (dashboard)',
  needs: ['id', 'Email', 'Name', 'Created (UTC)', 'Delinquent'],
  expects: ['Description', 'Currency', 'Plan', 'Status'],
  feeds: [
    {
      table: 'billing_customer',
      columns: {
        billing_customer_id: ['id'],
        account_id: metadata('account_id', 'salesforce_account_id', 'salesforce_id', 'crm_account_id'),
        name: ['Name'],
      },
    },
  ],
};

const payment: Source = {
  name: 'Stripe payment (dashboard)',
  needs: ['id', ['Created (UTC)', 'Created date (UTC)'], 'Amount', 'Amount Refunded', 'Currency', 'Status'],
  expects: ['Captured', 'Invoice ID', 'Customer ID', 'Fee', 'Description'],
  feeds: [
    {
      table: 'payment',
      where: {
        sql: "lower({Status}) in ('paid', 'succeeded', 'refunded', 'partial refund')",
        reason: 'not paid',
      },
      columns: {
        payment_id: ['id'],
        invoice_id: ['Invoice ID'],
        paid_on: utc('Created date (UTC)|Created (UTC)'),
        currency: upperCurrency,
        amount: { sql: `${number('Amount')} - coalesce(${number('Amount Refunded')}, 0)` },
      },
    },
  ],
};

export const dashboard: Source[] = [invoice, subscription, customer, payment];
