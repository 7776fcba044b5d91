import type { Source } from '../source.ts';
import { alive, currency, number, of, reference } from './names.ts';

const any = (names: string[]) => `{${names.join('|')}?}`;
const contract = of('Subscription');
const charge = of('RatePlanCharge');

/** Every change of a subscription is a version of its own: only the latest is the contract. */
const subscription: Source = {
  name: 'Zuora Subscription',
  needs: [
    contract('Id'),
    reference('Account'),
    contract('TermStartDate', 'SubscriptionStartDate', 'ContractEffectiveDate'),
    contract('TermType', 'InitialTerm', 'RenewalTerm'),
    contract('Status'),
  ],
  expects: [
    'TermEndDate',
    'SubscriptionEndDate',
    'AutoRenew',
    'Version',
    'CancelledDate',
    'OriginalId',
    'Name',
  ],
  never: ['ChargeModel', 'InvoiceNumber'],
  feeds: [
    {
      table: 'subscription',
      where: {
        sql: `${alive.sql} and coalesce(lower(${any(contract('IsLatestVersion'))}) not in ('false', '0'), true)
          and lower(${any(contract('Status'))}) <> 'expired'`,
        reason: 'replaced by a later version, or deleted in Zuora',
      },
      columns: {
        subscription_id: ['Subscription.Id', 'Id'],
        account_id: reference('Account'),
        started_on: contract('SubscriptionStartDate', 'ContractEffectiveDate', 'TermStartDate'),
        ended_on: {
          sql: `case when lower(${any(contract('Status'))}) like 'cancel%'
            then coalesce(${any(contract('SubscriptionEndDate'))}, ${any(contract('CancelledDate'))}) end`,
        },
        renewal_due_on: contract('TermEndDate'),
        currency,
        status: { sql: `lower(${any(contract('Status'))})` },
      },
    },
  ],
};

const isDiscount = `coalesce(lower(${any(charge('ChargeModel'))}) like '%discount%', false)`;

const ratePlanCharge: Source = {
  name: 'Zuora RatePlanCharge',
  needs: [
    charge('Id'),
    charge('MRR'),
    charge('ChargeType'),
    charge('ChargeModel'),
    charge('EffectiveStartDate'),
  ],
  expects: [
    'EffectiveEndDate',
    'Quantity',
    'SubscriptionId',
    'BillingPeriod',
    'TCV',
    'IsLastSegment',
    'Segment',
  ],
  feeds: [
    {
      table: 'subscription_item',
      where: {
        sql: `${alive.sql} and lower(${any(charge('ChargeType'))}) = 'recurring'
          and not (${isDiscount} and coalesce(${number(any(charge('MRR')))}, 0) = 0)`,
        reason: 'does not recur, or deleted in Zuora',
      },
      columns: {
        subscription_item_id: ['RatePlanCharge.Id', 'Id'],
        subscription_id: [...reference('Subscription'), 'RatePlan.SubscriptionId'],
        product_id: [...charge('ProductId'), 'Product.Id', ...charge('ProductRatePlanChargeId')],
        plan_id: charge('ProductRatePlanChargeId'),
        started_on: charge('EffectiveStartDate'),
        ended_on: charge('EffectiveEndDate'),
        quantity: charge('Quantity'),
        currency,
        monthly_net: charge('MRR'),
      },
    },
  ],
};

const applied = of('InvoicePayment');

/** How much of a payment went to which bill. */
const invoicePayment: Source = {
  name: 'Zuora InvoicePayment',
  needs: [applied('Id'), reference('Invoice'), reference('Payment'), applied('Amount')],
  expects: ['RefundAmount', 'CreatedDate', 'AccountId', 'Payment.EffectiveDate'],
  never: ['RefundId', 'Refund.Id'],
  feeds: [
    {
      table: 'payment',
      where: alive,
      columns: {
        payment_id: ['InvoicePayment.Id', 'Id'],
        invoice_id: reference('Invoice'),
        paid_on: ['Payment.EffectiveDate', 'EffectiveDate', ...applied('CreatedDate')],
        currency,
        amount: {
          sql: `${number(any(applied('Amount')))} - coalesce(${number(any(applied('RefundAmount')))}, 0)`,
        },
      },
    },
  ],
};

const product: Source = {
  name: 'Zuora Product',
  needs: ['Id', 'Name', 'SKU', ['EffectiveStartDate', 'EffectiveEndDate']],
  expects: ['Category', 'Description', 'CreatedDate', 'AllowFeatureChanges'],
  feeds: [
    {
      table: 'product',
      where: alive,
      columns: { product_id: ['Id'], code: ['SKU'], name: ['Name'], family: ['Category'] },
    },
  ],
};

const account: Source = {
  name: 'Zuora Account',
  needs: ['Id', 'Name', 'AccountNumber', ['BillCycleDay', 'BillToContactId', 'BillToId']],
  expects: ['CrmId', 'Currency', 'Balance', 'Mrr', 'PaymentTerm', 'Batch'],
  feeds: [
    {
      table: 'billing_customer',
      where: alive,
      columns: { billing_customer_id: ['Id'], account_id: ['CrmId'], name: ['Name'] },
    },
  ],
};

export const contracts: Source[] = [subscription, ratePlanCharge, invoicePayment, product, account];
