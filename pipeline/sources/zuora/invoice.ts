import type { Source } from '../source.ts';
import { alive, currency, dayAfter, idOf, number, of, reference } from './names.ts';

const bill = of('Invoice');
const item = of('InvoiceItem');
const any = (names: string[]) => `{${names.join('|')}?}`;

const invoice: Source = {
  name: 'Zuora Invoice',
  needs: [
    idOf('Invoice'),
    reference('Account'),
    bill('Amount'),
    bill('InvoiceDate'),
    bill('InvoiceNumber'),
    bill('Status'),
  ],
  expects: ['DueDate', 'AmountWithoutTax', 'TaxAmount', 'Balance', 'PostedDate', 'TargetDate'],
  never: ['ChargeAmount', 'InvoiceItem.ChargeAmount'],
  feeds: [
    {
      table: 'invoice',
      where: alive,
      columns: {
        invoice_id: ['Invoice.Id', 'Id'],
        account_id: reference('Account'),
        currency,
        issued_on: bill('InvoiceDate'),
        due_on: bill('DueDate'),
        status: {
          sql: `case lower(${any(bill('Status'))})
            when 'posted' then case when ${number(any(bill('Balance')))} = 0 then 'paid' else 'open' end
            when 'canceled' then 'void' when 'cancelled' then 'void' when 'error' then 'void' when 'reversed' then 'void'
            when 'generating' then 'draft' when 'pending' then 'draft' else lower(${any(bill('Status'))}) end`,
        },
        subtotal: {
          sql: `coalesce(${number(any(bill('AmountWithoutTax')))},
            ${number(any(bill('Amount')))} - ${number(any(bill('TaxAmount')))})`,
        },
        total: bill('Amount'),
      },
    },
  ],
};

const kind = any(item('ProcessingType'));
const applied = any(item('AppliedToInvoiceItemId', 'AppliedToItemId'));
const isDiscount = `(coalesce(lower(${kind}) in ('1', '1.0', 'discount'), false) or ${applied} is not null)`;
const isTax = `coalesce(lower(${kind}) in ('3', '3.0', 'tax'), false)`;
const charge = number(any(item('ChargeAmount')));

/** A discount is an item of its own, negative, that names the item it is taken off. */
const invoiceItem: Source = {
  name: 'Zuora InvoiceItem',
  needs: [
    idOf('InvoiceItem'),
    [...reference('Invoice'), 'Invoice.InvoiceNumber'],
    item('ChargeAmount'),
    [...item('ProcessingType', 'AppliedToInvoiceItemId', 'AppliedToItemId')],
  ],
  expects: [
    'UnitPrice',
    'Quantity',
    'ServiceStartDate',
    'ServiceEndDate',
    'ChargeName',
    'SubscriptionId',
    'TaxAmount',
  ],
  feeds: [
    {
      table: 'invoice_line',
      where: { sql: `${alive.sql} and not ${isTax}`, reason: 'tax, or deleted in Zuora' },
      columns: {
        invoice_line_id: ['InvoiceItem.Id', 'Id'],
        invoice_id: [...reference('Invoice'), 'Invoice.InvoiceNumber'],
        subscription_id: [...item('SubscriptionId'), 'Subscription.Id'],
        product_id: [...item('ProductId', 'SKU'), 'Product.Id', ...item('ProductRatePlanChargeId')],
        currency,
        period_start: item('ServiceStartDate'),
        period_end: dayAfter(item('ServiceEndDate')),
        quantity: item('Quantity'),
        unit_list: { sql: `case when not ${isDiscount} then ${any(item('UnitPrice'))} end` },
        list_amount: { sql: `case when not ${isDiscount} then ${charge} end` },
        // Off is off, however its sign is written.
        net_amount: { sql: `case when ${isDiscount} then -abs(${charge}) else ${charge} end` },
        line_kind: {
          sql: `case when ${isDiscount} then case when ${applied} is null then 'bill_discount' else 'discount' end end`,
        },
        discounts_line_id: item('AppliedToInvoiceItemId', 'AppliedToItemId'),
        discount_code: { sql: `case when ${isDiscount} then ${any(item('ChargeName'))} end` },
        is_proration: { sql: `(coalesce(${any(item('ChargeName'))} ilike '%proration%', false))` },
        description: item('ChargeName', 'ChargeDescription'),
      },
    },
  ],
};

export const invoices: Source[] = [invoice, invoiceItem];
