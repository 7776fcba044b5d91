import type { Source } from '../source.ts';
import { creditReason, isBill, isCredit, number, says, status } from './words.ts';

const type = 'type|transaction_type';
const total = 'foreigntotal|foreign_total|total|transaction_total|amount';
const taxTotal = 'foreigntaxtotal|taxtotal|foreign_tax_total|tax_total';

/** SuiteAnalytics and the connectors that copy it: all kinds of transactions in one table, their lines in another. */
const transaction: Source = {
  name: 'NetSuite transaction',
  needs: [
    ['id', 'transaction_id'],
    type.split('|'),
    ['trandate', 'transaction_date'],
    ['duedate', 'due_date'],
    ['currency', 'currency_id'],
    ['postingperiod', 'accounting_period_id', 'tranid', 'posting'],
  ],
  expects: ['entity', 'status', 'memo', 'createddate', 'transactionnumber', 'foreigntotal'],
  never: ['mainline', 'transactionline', 'item'],
  feeds: [
    {
      table: 'invoice',
      where: { sql: isBill(type), reason: 'neither a bill nor a credit note' },
      columns: {
        invoice_id: ['id', 'transaction_id'],
        account_id: ['entity', 'entity_id', 'customer'],
        deal_id: ['custbody_opportunity_id', 'custbody_salesforce_opportunity_id', 'opportunity'],
        currency: ['currency', 'currency_id'],
        issued_on: ['trandate', 'transaction_date'],
        due_on: ['duedate', 'due_date'],
        status: { sql: `case when ${says('voided|void')} then 'void' else ${status('status')} end` },
        subtotal: { sql: `abs(${number(`{${total}}`)}) - abs(${number(`{${taxTotal}}`)})` },
        total: { sql: `abs(${number(`{${total}}`)})` },
      },
    },
    {
      table: 'credit_note_line',
      where: {
        sql: `${isCredit(type)} and not ${says('voided|void')}`,
        reason: 'neither a bill nor a credit note',
      },
      columns: {
        credit_note_id: ['id', 'transaction_id'],
        invoice_id: ['createdfrom', 'created_from', 'created_from_id'],
        issued_on: ['trandate', 'transaction_date'],
        // Its lines, where they are there, count instead.
        amount: {
          sql: `coalesce(abs(${number(`{${total}?}`)}), 0) - coalesce(abs(${number(`{${taxTotal}?}`)}), 0)`,
        },
        includes_tax: { sql: `case when {${taxTotal}?} is null then true end` },
        currency: ['currency', 'currency_id'],
        reason: creditReason,
        memo: ['memo'],
      },
    },
  ],
};

const itemType = 'itemtype|item_type|item_type_name';
const is = (...types: string[]) =>
  `coalesce(lower({${itemType}?}) in (${types.map((one) => `'${one}'`).join(', ')}), false)`;

const isMain = `(${says('mainline')} or coalesce({transaction_line_id?} = '0', false))`;
const isTax = `(${says('taxline')} or ${is('taxitem', 'taxgroup', 'tax item', 'tax group')})`;
const isOther = `(${says('iscogs')} or ${is('payment', 'group', 'endgroup', 'end of item group', 'description')})`;
const isDiscount = is('discount');

/** Income is a credit to the books, so a bill's lines are negative and a discount's positive. */
const booked = `-coalesce(${number('{foreignamount|foreign_amount|amount_foreign?}')}, ${number('{netamount|net_amount|amount?}')})`;
// Of decimals with 18 digits DuckDB would make a product with 18, which may be too few.
const priced = `try_cast(-${number('{quantity|item_count?}')}::decimal(30, 4) * ${number('{rate|item_unit_price?}')} as decimal(18, 4))`;

/**
 * Lines do not say what kind of transaction they are of, so each counts where the transactions say it is a bill or a
 * credit note. `id` counts from one in every transaction.
 */
const transactionLine: Source = {
  name: 'NetSuite transaction line',
  needs: [
    ['transaction', 'transaction_id'],
    ['id', 'transaction_line_id', 'linesequencenumber'],
    ['item', 'item_id'],
    ['netamount', 'foreignamount', 'amount', 'net_amount'],
    ['mainline', 'non_posting_line', 'linesequencenumber'],
  ],
  expects: [
    'quantity',
    'rate',
    'itemtype',
    'taxline',
    'memo',
    'subsidiary',
    'linesequencenumber',
    'uniquekey',
  ],
  never: ['type', 'accountingbook'],
  feeds: [
    {
      table: 'invoice_line',
      where: {
        sql: `not ${isMain} and not ${isTax} and not ${isOther} and coalesce(lower({_fivetran_deleted?}) not in ('true', '1'), true)`,
        reason: "the transaction's own line, tax, cost or a heading",
      },
      columns: {
        invoice_line_id: {
          sql: "{transaction|transaction_id} || '-' || {id|transaction_line_id|linesequencenumber}",
        },
        invoice_id: ['transaction', 'transaction_id'],
        subscription_id: ['custcol_subscription_id', 'subscription'],
        product_id: ['item', 'item_id'],
        quantity: { sql: `-${number('{quantity|item_count}')}` },
        unit_list: { sql: `case when not ${isDiscount} then ${number('{rate|item_unit_price}')} end` },
        // The price before the line lost anything, where that is more than what was booked.
        list_amount: {
          sql: `case when ${isDiscount} then null
            when ${priced}::double / nullif(${booked}, 0)::double between 1 and 20 then ${priced} else ${booked} end`,
        },
        net_amount: { sql: booked },
        period_start: ['custcol_service_start_date', 'amortizstartdate', 'startdate', 'revrecstartdate'],
        period_end: ['custcol_service_end_date', 'amortizationenddate', 'enddate', 'revrecenddate'],
        description: ['memo'],
        line_number: ['linesequencenumber', 'id', 'transaction_line_id'],
        line_kind: {
          sql: `case when ${says('transactiondiscount')} then 'bill_discount' when ${isDiscount} then 'discount'
            when ${is('subtotal')} then 'subtotal' else 'transaction_line' end`,
        },
      },
    },
  ],
};

const item: Source = {
  name: 'NetSuite item',
  needs: [
    ['id', 'item_id'],
    ['fullname', 'itemid', 'displayname', 'name'],
    ['itemtype', 'type_name'],
    ['incomeaccount', 'income_account_id', 'description', 'sales_description'],
  ],
  expects: ['description', 'subsidiary', 'class', 'displayname'],
  never: ['transaction', 'mainline', 'quantity', 'amount'],
  feeds: [
    {
      table: 'product',
      columns: { product_id: ['id', 'item_id'], code: ['itemid'], name: ['displayname', 'fullname', 'name'] },
    },
  ],
};

const currency: Source = {
  name: 'NetSuite currency',
  needs: [['id', 'currency_id'], 'symbol', 'name'],
  expects: ['exchangerate', 'isbasecurrency', 'currencyprecision', 'displaysymbol'],
  never: ['amount', 'price', 'rate_to_base'],
  feeds: [
    {
      table: 'billing_currency',
      columns: { currency_number: ['id', 'currency_id'], currency: { sql: 'upper({symbol})' } },
    },
  ],
};

const customer: Source = {
  name: 'NetSuite customer',
  needs: [
    ['id', 'customer_id'],
    ['companyname', 'company_name', 'altname'],
    ['receivablesaccount', 'date_first_order', 'searchstage'],
  ],
  expects: ['email', 'salesrep', 'terms', 'entitystatus'],
  feeds: [
    {
      table: 'billing_customer',
      columns: {
        billing_customer_id: ['id', 'customer_id'],
        account_id: [
          'custentity_salesforce_id',
          'custentity_sf_account_id',
          'custentity_crm_id',
          'externalid',
        ],
        name: { sql: 'coalesce({companyname?}, {company_name?}, {altname?}, {entitytitle?})' },
      },
    },
  ],
};

export const analytics: Source[] = [transaction, transactionLine, item, currency, customer];
