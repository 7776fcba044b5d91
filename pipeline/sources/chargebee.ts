import type { Feed, Source } from './source.ts';

const currency = { sql: 'upper({currency_code|base_currency_code?})' };

/** Amounts are in cents, or stand under the name with `_in_decimal` in whole units. */
const money = (name: string, code = '{currency_code}') =>
  `coalesce(from_smallest_unit({${name}?}, ${code}), {${name}_in_decimal?})`;

const status = {
  sql: `case lower({status}) when 'posted' then 'open' when 'payment_due' then 'open' when 'not_paid' then 'open'
    when 'voided' then 'void' when 'pending' then 'draft' else lower({status}) end`,
};
const alive = {
  sql: "coalesce(lower({deleted|_fivetran_deleted?}) not in ('true', '1'), true)",
  reason: 'deleted in Chargebee',
};

/** Where prices include tax, what is left of a line without it. */
const taxInside = (in_: string) =>
  `case when {price_type?} = 'tax_inclusive' then coalesce(from_smallest_unit({${in_}tax_amount?}, {currency_code})::decimal(18, 4), 0) else 0 end`;

/**
 * A line's `discount_amount` is all that it lost; `item_level_discount_amount` is the part of it that was its own, and
 * counts only where the whole is not told.
 */
const lineInside: Feed = {
  table: 'invoice_line',
  each: ['line_items'],
  where: alive,
  columns: {
    invoice_line_id: ['item.id'],
    invoice_id: ['id'],
    subscription_id: { sql: 'coalesce({item.subscription_id}, {subscription_id?})' },
    product_id: ['item.entity_id'],
    currency,
    period_start: ['item.date_from'],
    period_end: ['item.date_to'],
    quantity: { sql: 'coalesce({item.quantity}, {item.quantity_in_decimal})' },
    unit_list: { sql: money('item.unit_amount') },
    list_amount: { sql: `(${money('item.amount')})::decimal(18, 4) - ${taxInside('item.')}` },
    discount_amount: {
      sql: `coalesce(${money('item.discount_amount')}, ${money('item.item_level_discount_amount')})`,
    },
    is_proration: { sql: "coalesce({item.description} ilike '%prorat%', false)" },
    description: ['item.description'],
  },
};

const invoice: Source = {
  name: 'Chargebee invoice',
  needs: [
    'id',
    'customer_id',
    'currency_code',
    ['sub_total', 'sub_total_in_decimal'],
    ['total', 'total_in_decimal'],
    'status',
    ['date', 'generated_at'],
  ],
  expects: ['due_date', 'tax', 'amount_paid', 'amount_due', 'recurring', 'price_type', 'subscription_id'],
  never: ['reference_invoice_id', 'reason_code', 'create_reason_code', 'valid_till'],
  feeds: [
    {
      table: 'invoice',
      where: alive,
      columns: {
        invoice_id: ['id'],
        account_id: ['customer_id'],
        deal_id: ['cf_opportunity_id', 'cf_salesforce_opportunity_id', 'meta_data.opportunity_id'],
        currency,
        issued_on: ['date', 'generated_at'],
        due_on: ['due_date'],
        standard_terms_days: ['net_term_days'],
        status,
        subtotal: {
          sql: `(${money('total')})::decimal(18, 4) - coalesce((${money('tax')})::decimal(18, 4), 0)`,
        },
        total: { sql: money('total') },
        discount_amount: {
          sql: `coalesce(${money('discount_amount')}, ${money('total_discount')},
            from_smallest_unit(sum_inside({discounts?}, '$[*].amount')::varchar, {currency_code}))`,
        },
      },
    },
    lineInside,
  ],
};

const isInCents = '{currency_code?} is null and {amount?} is not null';
const lineMoney = (name: string) =>
  `case when ${isInCents} then {${name}?} else ${money(name, '{currency_code?}')} end`;

const invoiceLine: Source = {
  name: 'Chargebee invoice line item',
  needs: [
    'id',
    ['invoice_id', 'invoice.id'],
    ['amount', 'amount_in_decimal'],
    ['unit_amount', 'unit_amount_in_decimal'],
    ['quantity', 'quantity_in_decimal'],
    ['date_from', 'date_to'],
    ['entity_type', 'entity_id'],
  ],
  expects: [
    'discount_amount',
    'item_level_discount_amount',
    'subscription_id',
    'tax_amount',
    'description',
    'is_taxed',
  ],
  never: ['credit_note_id'],
  feeds: [
    {
      table: 'invoice_line',
      where: {
        sql: `${alive.sql} and coalesce(lower({entity_type?}) not in ('tax', 'rounding'), true)`,
        reason: 'tax, or deleted in Chargebee',
      },
      columns: {
        invoice_line_id: ['id'],
        invoice_id: ['invoice_id', 'invoice.id'],
        subscription_id: ['subscription_id'],
        product_id: ['entity_id'],
        currency,
        period_start: ['date_from'],
        period_end: ['date_to'],
        quantity: ['quantity', 'quantity_in_decimal'],
        unit_list: { sql: lineMoney('unit_amount') },
        list_amount: { sql: lineMoney('amount') },
        discount_amount: {
          sql: `coalesce(${lineMoney('discount_amount')}, ${lineMoney('item_level_discount_amount')})`,
        },
        discount_code: ['coupon_id', 'discount_coupon_id'],
        is_proration: { sql: "coalesce({description?} ilike '%prorat%', false)" },
        description: ['description'],
        in_minor_units: { sql: `case when ${isInCents} then true end` },
      },
    },
  ],
};

const reason = {
  sql: `case lower(coalesce({reason_code?}, {create_reason_code?}))
    when 'product_unsatisfactory' then 'price_concession' when 'service_unsatisfactory' then 'price_concession'
    when 'waiver' then 'price_concession' when 'write_off' then 'bad_debt' when 'chargeback' then 'bad_debt'
    when 'fraudulent' then 'bad_debt' when 'subscription_change' then 'cancellation'
    when 'subscription_cancellation' then 'cancellation' when 'subscription_pause' then 'cancellation'
    when 'order_change' then 'cancellation' when 'order_cancellation' then 'cancellation' else 'unknown' end`,
};
const noteTaxes = `from_smallest_unit(sum_inside({taxes?}, '$[*].amount')::varchar, {currency_code})`;
const issued = { sql: "coalesce(lower({status?}) <> 'voided', true)", reason: 'voided credit note' };

const creditNote: Source = {
  name: 'Chargebee credit note',
  needs: [
    'id',
    'customer_id',
    'reference_invoice_id',
    'currency_code',
    ['total', 'total_in_decimal'],
    ['reason_code', 'create_reason_code'],
  ],
  expects: ['status', 'date', 'sub_total', 'type', 'amount_available', 'amount_refunded'],
  feeds: [
    {
      table: 'credit_note_line',
      where: issued,
      columns: {
        credit_note_id: ['id'],
        invoice_id: ['reference_invoice_id'],
        issued_on: ['date', 'generated_at'],
        amount: {
          sql: `coalesce((${money('total')})::decimal(18, 4) - coalesce((${money('tax')})::decimal(18, 4), (${noteTaxes})::decimal(18, 4)),
            (${money('sub_total')})::decimal(18, 4), (${money('total')})::decimal(18, 4))`,
        },
        includes_tax: {
          sql: `case when coalesce({sub_total?}, {sub_total_in_decimal?}, {tax?}, {taxes?}) is null then true end`,
        },
        currency,
        reason,
        memo: ['customer_notes', 'notes'],
      },
    },
    {
      table: 'credit_note_line',
      each: ['line_items'],
      where: issued,
      columns: {
        credit_note_id: ['id'],
        credit_note_line_id: ['item.id'],
        invoice_line_id: ['item.reference_line_item_id'],
        amount: {
          sql: `(${money('item.amount')})::decimal(18, 4) - coalesce((${money('item.discount_amount')})::decimal(18, 4), 0)
            - ${taxInside('item.')}`,
        },
        currency,
        memo: ['item.description'],
      },
    },
  ],
};

/** Chargebee's own monthly figure; of list nothing is said. */
const subscription: Source = {
  name: 'Chargebee subscription',
  needs: [
    'id',
    'customer_id',
    'status',
    'mrr',
    'current_term_end',
    ['started_at', 'activated_at', 'created_at'],
  ],
  expects: [
    'currency_code',
    'cancelled_at',
    'plan_id',
    'billing_period',
    'next_billing_at',
    'current_term_start',
  ],
  feeds: [
    {
      table: 'subscription',
      where: alive,
      columns: {
        subscription_id: ['id'],
        account_id: ['customer_id'],
        product_id: ['plan_id', 'subscription_items.0.item_price_id'],
        started_on: ['started_at', 'activated_at', 'created_at'],
        ended_on: {
          sql: "case when lower({status}) = 'cancelled' then coalesce({cancelled_at?}, {current_term_end}) end",
        },
        renewal_due_on: ['current_term_end'],
        quantity: ['plan_quantity', 'subscription_items.0.quantity'],
        currency,
        monthly_net: { sql: 'from_smallest_unit({mrr}, {currency_code?})' },
        status: { sql: "case lower({status}) when 'in_trial' then 'trialing' else lower({status}) end" },
      },
    },
  ],
};

const isPayment = {
  sql: "lower({type}) = 'payment' and lower({status}) = 'success'",
  reason: 'no payment of a bill',
};

const transaction: Source = {
  name: 'Chargebee transaction',
  needs: [
    'id',
    'customer_id',
    'type',
    'amount',
    'currency_code',
    'status',
    'date',
    ['linked_invoices', 'invoice_id'],
  ],
  expects: ['payment_method', 'gateway', 'id_at_gateway', 'subscription_id'],
  feeds: [
    {
      table: 'payment',
      each: ['linked_invoices'],
      where: isPayment,
      columns: {
        payment_id: { sql: "{id} || '/' || {item.invoice_id}" },
        invoice_id: ['item.invoice_id'],
        paid_on: ['date'],
        currency,
        amount: { sql: 'from_smallest_unit({item.applied_amount}, {currency_code})' },
      },
    },
    {
      // A payment that lists no bills is for the one that it names, if any.
      table: 'payment',
      where: {
        sql: `${isPayment.sql} and {linked_invoices?} is null and {invoice_id?} is not null`,
        reason: isPayment.reason,
      },
      columns: {
        payment_id: ['id'],
        invoice_id: ['invoice_id'],
        paid_on: ['date'],
        currency,
        amount: { sql: 'from_smallest_unit({amount}, {currency_code})' },
      },
    },
  ],
};

const customer: Source = {
  name: 'Chargebee customer',
  needs: ['id', 'company', 'auto_collection', ['email', 'first_name']],
  expects: ['net_term_days', 'preferred_currency_code', 'taxability', 'created_at'],
  feeds: [
    {
      table: 'billing_customer',
      where: alive,
      columns: {
        billing_customer_id: ['id'],
        account_id: {
          first: ['cf_account_id', 'cf_salesforce_account_id'],
          else: {
            // One of the two has to be there, flattened or inside.
            sql: `coalesce({meta_data.account_id?}, {meta_data.salesforce_account_id?},
              case when {meta_data.account_id|meta_data.salesforce_account_id} is null then null end)`,
            how: 'meta_data: account_id, salesforce_account_id',
          },
        },
        name: ['company'],
      },
    },
  ],
};

export const chargebee: Source[] = [invoice, invoiceLine, creditNote, subscription, transaction, customer];
