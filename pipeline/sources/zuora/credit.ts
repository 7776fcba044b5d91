import type { Source } from '../source.ts';
import { alive, currency, idOf, number, of, reference } from './names.ts';

const any = (names: string[]) => `{${names.join('|')}?}`;

/** Reason codes are a tenant's own words: only what can mean one thing is taken, all else is unknown. */
const reasonOf = (names: string[]) => ({
  sql: `case
    when ${any(names)} is null then 'unknown'
    when regexp_matches(lower(${any(names)}), 'write.?off|bad.?debt|uncollect|charge.?back|fraud') then 'bad_debt'
    when regexp_matches(lower(${any(names)}), '\\btax|\\bvat\\b|\\bgst\\b') then 'tax'
    when regexp_matches(lower(${any(names)}), 'error|duplicate|incorrect|correction|wrong') then 'error'
    when regexp_matches(lower(${any(names)}), 'cancel|return|downgrade|terminat|order change') then 'cancellation'
    when regexp_matches(lower(${any(names)}), 'satisf|goodwill|courtesy|concession|discount|service credit|promotion') then 'price_concession'
    else 'unknown' end`,
});

const memo = of('CreditMemo');
const memoItem = of('CreditMemoItem');
const posted = {
  sql: `${alive.sql} and coalesce(lower(${any(memo('Status'))}) not in ('draft', 'canceled', 'cancelled', 'error'), true)`,
  reason: 'not posted, or deleted in Zuora',
};

const creditMemo: Source = {
  name: 'Zuora CreditMemo',
  needs: [
    idOf('CreditMemo'),
    reference('Account'),
    memo('MemoNumber', 'Number', 'CreditMemoNumber'),
    memo('MemoDate', 'CreditMemoDate'),
    [...memo('TotalAmount', 'Amount')],
    memo('ReasonCode', 'ReferredInvoiceId', 'SourceType'),
  ],
  expects: ['Status', 'ReasonCode', 'TotalAmountWithoutTax', 'TotalTaxAmount', 'UnappliedAmount'],
  never: ['CreditMemoId', 'ChargeAmount'],
  feeds: [
    {
      table: 'credit_note_line',
      where: posted,
      columns: {
        credit_note_id: ['CreditMemo.Id', 'Id'],
        invoice_id: [...memo('ReferredInvoiceId', 'InvoiceId', 'SourceInvoiceId')],
        issued_on: memo('MemoDate', 'CreditMemoDate'),
        amount: {
          sql: `coalesce(${number(any(memo('TotalAmountWithoutTax', 'AmountWithoutTax')))},
            ${number(any(memo('TotalAmount', 'Amount')))} - coalesce(${number(any(memo('TotalTaxAmount', 'TaxAmount')))}, 0))`,
        },
        includes_tax: {
          sql: `case when coalesce(${any(memo('TotalAmountWithoutTax', 'AmountWithoutTax'))},
            ${any(memo('TotalTaxAmount', 'TaxAmount'))}) is null then true end`,
        },
        currency,
        reason: reasonOf(memo('ReasonCode')),
        memo: memo('Comments', 'Comment', 'Description'),
      },
    },
  ],
};

/** The amounts of a credit memo's items never have tax in them. */
const creditMemoItem: Source = {
  name: 'Zuora CreditMemoItem',
  needs: [
    idOf('CreditMemoItem'),
    reference('CreditMemo'),
    [...memoItem('AmountWithoutTax', 'Amount')],
    memoItem('InvoiceItemId', 'SourceItemId', 'AppliedToItemId', 'ChargeName', 'SkuName'),
  ],
  expects: ['Amount', 'TaxAmount', 'Quantity', 'ServiceStartDate', 'ServiceEndDate', 'Comment'],
  feeds: [
    {
      table: 'credit_note_line',
      where: alive,
      columns: {
        credit_note_id: reference('CreditMemo'),
        credit_note_line_id: ['CreditMemoItem.Id', 'Id'],
        invoice_line_id: memoItem('InvoiceItemId', 'SourceItemId'),
        amount: {
          sql: `coalesce(${number(any(memoItem('AmountWithoutTax')))}, ${number(any(memoItem('Amount')))})`,
        },
        memo: memoItem('Comment', 'Description', 'ChargeName'),
      },
    },
  ],
};

const adjustment = of('InvoiceItemAdjustment');

const invoiceItemAdjustment: Source = {
  name: 'Zuora InvoiceItemAdjustment',
  needs: [
    idOf('InvoiceItemAdjustment'),
    reference('Invoice'),
    adjustment('Amount'),
    adjustment('AdjustmentDate'),
    adjustment('SourceType'),
    adjustment('Type'),
  ],
  expects: ['AdjustmentNumber', 'ReasonCode', 'SourceId', 'Status', 'Comment'],
  never: ['SourceTransactionType'],
  feeds: [
    {
      table: 'credit_note_line',
      where: {
        sql: `${alive.sql} and lower(${any(adjustment('Type'))}) = 'credit'
          and coalesce(lower(${any(adjustment('SourceType'))}) <> 'tax', true)
          and coalesce(lower(${any(adjustment('Status'))}) not in ('canceled', 'cancelled'), true)`,
        reason: 'a charge, tax, or canceled',
      },
      columns: {
        credit_note_id: adjustment('AdjustmentNumber', 'Id'),
        invoice_id: reference('Invoice'),
        invoice_line_id: adjustment('SourceId', 'InvoiceItemId'),
        issued_on: adjustment('AdjustmentDate'),
        amount: { sql: `abs(${number(any(adjustment('Amount')))})` },
        currency,
        reason: reasonOf(adjustment('ReasonCode')),
        memo: adjustment('Comment'),
      },
    },
  ],
};

/** Moves money between a bill and what the customer has in hand; the bill or the payment it came from counts. */
const creditBalanceAdjustment: Source = {
  name: 'Zuora CreditBalanceAdjustment',
  needs: ['Id', reference('Account'), 'Amount', 'AdjustmentDate', 'SourceTransactionType', 'Type'],
  expects: ['Number', 'ReasonCode', 'Status', 'SourceTransactionNumber', 'InvoiceId'],
  feeds: [
    {
      table: 'credit_note_line',
      where: {
        sql: '{Type} is null and {Type} is not null',
        reason: "moves money between a bill and the customer's balance, which is no credit",
      },
      columns: {
        credit_note_id: ['Number', 'Id'],
        invoice_id: ['InvoiceId', 'SourceTransactionId'],
        issued_on: ['AdjustmentDate'],
        amount: ['Amount'],
        currency,
        reason: reasonOf(['ReasonCode']),
      },
    },
  ],
};

export const credits: Source[] = [creditMemo, creditMemoItem, invoiceItemAdjustment, creditBalanceAdjustment];
