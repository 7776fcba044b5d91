import type { Feed, Source } from '../source.ts';
import { alive, currency, currencySaid, dayAfter, idOf, number, of, reference } from './names.ts';

const bill = of('Invoice');
const item = of('InvoiceItem');
const said = (names: string[]) => `{${names.join('|')}}`;
const any = (names: string[]) => `{${names.join('|')}?}`;
const account = reference('Account', 'Invoice');
const invoiceId = [...reference('Invoice', 'InvoiceItem'), 'Invoice.InvoiceNumber'];

/** What a bill says under these names. What it has no column for it leaves to the bill's own export. */
const billColumns = (field: (...names: string[]) => string[]): Feed['columns'] => ({
  account_id: account,
  issued_on: field('InvoiceDate'),
  due_on: field('DueDate'),
  status: {
    sql: `case lower(${said(field('Status'))})
      when 'posted' then case when ${number(any(field('Balance')))} = 0 then 'paid' else 'open' end
      when 'canceled' then 'void' when 'cancelled' then 'void' when 'error' then 'void' when 'reversed' then 'void'
      when 'generating' then 'draft' when 'pending' then 'draft' else lower(${said(field('Status'))}) end`,
  },
  subtotal: {
    sql: `coalesce(${number(any(field('AmountWithoutTax')))},
      ${number(said(field('Amount')))} - ${number(any(field('TaxAmount')))})`,
  },
  total: field('Amount'),
});

const invoice: Source = {
  name: 'Zuora Invoice',
  needs: [
    idOf('Invoice'),
    account,
    bill('Amount'),
    bill('InvoiceDate'),
    bill('InvoiceNumber'),
    bill('Status'),
  ],
  expects: ['DueDate', 'AmountWithoutTax', 'TaxAmount', 'Balance', 'PostedDate', 'TargetDate'].map((name) =>
    bill(name),
  ),
  never: ['ChargeAmount', 'InvoiceItem.ChargeAmount'],
  feeds: [
    {
      table: 'invoice',
      where: alive,
      columns: { invoice_id: ['Invoice.Id', 'Id'], currency, ...billColumns(bill) },
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
    invoiceId,
    item('ChargeAmount'),
    [...item('ProcessingType', 'AppliedToInvoiceItemId', 'AppliedToItemId')],
  ],
  expects: [
    ...[
      'UnitPrice',
      'Quantity',
      'ServiceStartDate',
      'ServiceEndDate',
      'ChargeName',
      'SubscriptionId',
      'TaxAmount',
    ],
  ].map((name) => item(name)),
  feeds: [
    {
      table: 'invoice_line',
      where: { sql: `${alive.sql} and not ${isTax}`, reason: 'tax, or deleted in Zuora' },
      columns: {
        invoice_line_id: ['InvoiceItem.Id', 'Id'],
        invoice_id: invoiceId,
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

/** A data source export of items with fields of their bill on each row, which then tells the bill, too. */
const invoiceItemWithInvoice: Source = {
  ...invoiceItem,
  name: 'Zuora InvoiceItem with its Invoice',
  needs: [...invoiceItem.needs, ['Invoice.Status', 'Invoice.InvoiceDate']],
  feeds: [
    {
      table: 'invoice',
      where: alive,
      columns: {
        invoice_id: invoiceId,
        currency: currencySaid,
        ...billColumns((...names) => names.map((name) => `Invoice.${name}`)),
      },
    },
    ...invoiceItem.feeds,
  ],
};

export const invoices: Source[] = [invoice, invoiceItem, invoiceItemWithInvoice];
