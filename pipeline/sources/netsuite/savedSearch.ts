import type { Source } from '../source.ts';
import { currencyCode } from './currency.ts';
import { creditReason, isBill, isCredit, number, says, status } from './words.ts';

const main = '*|Main Line|Mainline';
const currency = { sql: currencyCode('{Currency}') };
const amount = number('{Amount (Foreign Currency)|Amount (Transaction Currency)|Amount}');
const itemType = 'Item Type|Item : Type|Item: Type';
const isTax = `(${says('Tax Line|Taxline')} or coalesce(lower({${itemType}?}) in ('tax item', 'tax group', 'sales tax item'), false))`;
const isDiscount = `(coalesce(lower({${itemType}?}) = 'discount', false) or coalesce({Rate|Item Rate?} like '%\\%%' escape '\\', false))`;
const isLine = `{Item} is not null and not ${says(main)} and not ${isTax}
  and coalesce(lower({${itemType}?}) not in ('payment', 'item group', 'end of item group', 'description'), true)`;
const other = 'another kind of transaction, its own line, tax or a heading';

/**
 * Results of a transaction search: each line says of which kind its transaction is, and amounts have the sign that
 * people expect. Without a line id its rows can't be told apart.
 */
const search: Source = {
  name: 'NetSuite transaction search',
  needs: [
    'Document Number',
    'Type',
    'Date',
    'Item',
    'Amount',
    ['Line ID', 'Line', 'Line Sequence Number', 'Line Unique Key'],
  ],
  expects: ['Quantity', 'Rate', 'Item Rate', 'Name', 'Currency', 'Status', 'Internal ID', 'Item Type'],
  feeds: [
    {
      table: 'invoice',
      where: { sql: isBill('Type'), reason: other },
      columns: {
        invoice_id: ['Document Number'],
        account_id: ['Customer', 'Customer/Project', 'Name'],
        currency,
        issued_on: ['Date'],
        due_on: ['Due Date', 'Due Date/Receive By'],
        status: { sql: status('Status') },
      },
    },
    {
      table: 'invoice_line',
      where: { sql: `${isBill('Type')} and ${isLine}`, reason: other },
      columns: {
        invoice_line_id: {
          sql: "{Document Number} || '-' || {Line Unique Key|Line ID|Line|Line Sequence Number}",
        },
        invoice_id: ['Document Number'],
        product_id: ['Item'],
        currency,
        quantity: ['Quantity'],
        list_amount: { sql: `case when not ${isDiscount} then ${amount} end` },
        net_amount: { sql: amount },
        description: ['Memo'],
        line_number: ['Line Sequence Number', 'Line ID', 'Line'],
        line_kind: {
          sql: `case when ${isDiscount} then 'discount' when lower({${itemType}?}) = 'subtotal' then 'subtotal' end`,
        },
      },
    },
    {
      table: 'credit_note_line',
      where: { sql: `${isCredit('Type')} and ${isLine} and ${amount} <> 0`, reason: other },
      columns: {
        credit_note_id: ['Document Number'],
        credit_note_line_id: {
          sql: "{Document Number} || '-' || {Line Unique Key|Line ID|Line|Line Sequence Number}",
        },
        invoice_id: ['Created From', 'Applied To Transaction'],
        issued_on: ['Date'],
        amount: { sql: `-${amount}` },
        currency,
        reason: creditReason,
        memo: ['Memo'],
      },
    },
  ],
};

export const savedSearch: Source[] = [search];
