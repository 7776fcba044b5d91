import type { Source } from '../source.ts';
import { alive, amountOf, metadata, metadataOf, number, upperCurrency } from './amounts.ts';

/** The customer in the CRM, where whoever set the customer up kept its id. */
const accountKeys = ['account_id', 'salesforce_account_id', 'salesforce_id', 'crm_account_id'];

const customer: Source = {
  name: 'Stripe customer',
  needs: ['id', 'name', 'email', [...metadata(...accountKeys), 'invoice_prefix', 'delinquent']],
  expects: ['currency', 'created', 'description'],
  feeds: [
    {
      table: 'billing_customer',
      where: alive,
      columns: { billing_customer_id: ['id'], account_id: metadataOf(...accountKeys), name: ['name'] },
    },
  ],
};

/** What was paid, less what was paid back of it. */
const charge: Source = {
  name: 'Stripe charge',
  needs: ['id', 'amount', 'amount_refunded', 'currency', ['invoice', 'invoice_id'], 'paid', 'status'],
  expects: ['captured', 'created', 'customer', 'payment_intent', 'refunded'],
  feeds: [
    {
      table: 'payment',
      where: {
        sql: "lower({status}) in ('succeeded', 'paid') and coalesce(lower({captured?}) not in ('false', '0', 'f'), true)",
        reason: 'not paid',
      },
      columns: {
        payment_id: ['id'],
        invoice_id: ['invoice', 'invoice_id'],
        paid_on: { utc: ['created'] },
        currency: upperCurrency,
        amount: { sql: amountOf(`${number('{amount}')} - coalesce(${number('{amount_refunded}')}, 0)`) },
      },
    },
  ],
};

export const customers: Source[] = [customer, charge];
