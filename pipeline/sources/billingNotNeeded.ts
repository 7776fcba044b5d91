import type { Source } from './source.ts';

const unneeded = (
  name: string,
  needs: Source['needs'],
  notNeeded: string,
  more: Pick<Partial<Source>, 'expects' | 'never'> = {},
): Source => ({ name, needs, expects: [], ...more, feeds: [], notNeeded });

const moneyMoved = 'What moved on bank accounts says nothing of prices.';

/** Tables that come with every export of a billing system and would count money twice, or say nothing of prices. */
export const billingNotNeeded: Source[] = [
  unneeded(
    'Stripe invoice item',
    ['id', 'amount', 'currency', 'proration', 'date', ['customer', 'customer_id'], 'discountable'],
    'What is billed stands on the lines of invoices, and counting both would double it.',
  ),
  unneeded(
    'Stripe refund',
    ['id', 'amount', 'currency', ['charge', 'charge_id'], 'receipt_number', 'reason'],
    'What was paid back is taken off the payments: export charges. What was credited, and why, comes with credit notes.',
  ),
  unneeded(
    'Stripe payment intent',
    ['id', 'amount_received', 'amount_capturable', 'currency'],
    'Payments come with charges, and counting both would double them.',
  ),
  unneeded('Stripe balance transaction', ['id', 'available_on', 'fee', 'net', 'currency'], moneyMoved),
  unneeded('Stripe payout', ['id', 'arrival_date', 'automatic', 'currency'], moneyMoved),
  unneeded('Stripe transfer', ['id', 'amount_reversed', 'destination', 'currency'], moneyMoved),
  unneeded(
    'Stripe dispute',
    [
      'id',
      'amount',
      'currency',
      ['charge', 'charge_id'],
      ['is_charge_refundable', 'evidence_details_due_by', 'evidence'],
    ],
    'A disputed payment is no credit. What was credited comes with credit notes.',
  ),
  unneeded(
    'Zuora Payment',
    ['Id', 'AccountId', 'Amount', 'PaymentNumber', ['EffectiveDate', 'PaymentMethodId']],
    'It does not say which bill was paid: export InvoicePayment.',
    { never: ['InvoiceId'] },
  ),
  unneeded(
    'Zuora Refund',
    ['Id', 'Amount', ['RefundDate', 'RefundNumber'], ['MethodType', 'SourceType']],
    'What was paid back is taken off the payments: export InvoicePayment.',
    { never: ['InvoiceId'] },
  ),
  unneeded(
    'Zuora TaxationItem',
    ['Id', 'TaxAmount', ['TaxRate', 'TaxRateType'], 'Jurisdiction'],
    'Bills are counted without tax.',
    { never: ['ChargeAmount'] },
  ),
  unneeded(
    'Zuora Amendment',
    [
      'Id',
      'SubscriptionId',
      'ContractEffectiveDate',
      ['EffectivePolicy', 'NewRatePlanId', 'ServiceActivationDate'],
      'Type',
    ],
    'The latest version of a subscription has every amendment in it: export Subscription and RatePlanCharge.',
    { never: ['AccountId'] },
  ),
  unneeded(
    'Zuora RatePlan',
    [
      'Id',
      'SubscriptionId',
      'ProductRatePlanId',
      ['AmendmentType', 'OriginalRatePlanId', 'SubscriptionOwnerId'],
    ],
    'It names no price: export RatePlanCharge.',
    { never: ['MRR', 'ChargeAmount'] },
  ),
  unneeded(
    'Zuora ProductRatePlanCharge',
    ['Id', 'ProductRatePlanId', 'ChargeModel', 'ChargeType', ['ListPriceBase', 'DefaultQuantity']],
    'Prices of the catalogue stand in ProductRatePlanChargeTier. Map that to list_price in holdfast.yaml.',
    { never: ['SubscriptionId', 'MRR'] },
  ),
  unneeded(
    'Recurly credit payment',
    ['id', 'applied_to_invoice_id', 'original_invoice_id', 'amount', 'action'],
    'It says where a credit was used. That it was given comes with the line items.',
  ),
  unneeded(
    'NetSuite transaction accounting line',
    ['transaction', 'transactionline', 'accountingbook', ['netamount', 'debit', 'credit']],
    'It repeats the lines of transactions in the books’ currency: export transactionLine.',
  ),
];
