import type { Source, SourceColumn } from './source.ts';

/**
 * Stripe writes amounts in the currency's smallest unit, and some currencies have none.
 * Source: docs.stripe.com/currencies, "Zero-decimal currencies" and "Three-decimal currencies".
 */
const minorUnit = `case
    when upper({currency}) in ('BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 1
    when upper({currency}) in ('BHD', 'JOD', 'KWD', 'OMR', 'TND') then 1000
    else 100 end`;

/** Exact: a division of decimals would become a float. */
const money = (headers: string): SourceColumn => ({
  sql: `(try_cast({${headers}} as decimal(18, 4)) * (case (${minorUnit}) when 1 then 1.0000 when 1000 then 0.0010 else 0.0100 end)::decimal(9, 4))::decimal(18, 4)`,
});
/** What all units cost in a month; weeks and days as Stripe's own monthly figure takes them, by the year. */
const perMonth = (headers: string, lessDiscount: string): SourceColumn => ({
  sql: `(try_cast({${headers}} as decimal(18, 4))::double / (${minorUnit}) * coalesce(try_cast({quantity?} as double), 1)${lessDiscount}
    / coalesce(nullif(try_cast({interval_count|plan_interval_count?} as double), 0), 1)
    * case lower({interval|plan_interval|billing_interval})
      when 'month' then 1 when 'year' then 1.0 / 12 when 'week' then 365.0 / 84 when 'day' then 365.0 / 12 end)::decimal(18, 4)`,
});
const unitAmount = 'unit_amount|plan_amount|price_unit_amount';
const upperCurrency: SourceColumn = { sql: 'upper({currency})' };

const invoice: Source = {
  name: 'Stripe invoice',
  needs: ['id', ['customer', 'customer_id'], 'currency', 'subtotal', 'total', 'status', 'period_start'],
  expects: ['due_date', 'period_end', 'number', 'amount_due', 'tax', 'created'],
  feeds: [
    {
      table: 'invoice',
      columns: {
        invoice_id: ['id'],
        account_id: ['customer', 'customer_id'],
        deal_id: [
          'metadata_opportunity_id',
          'metadata[opportunity_id]',
          'metadata.opportunity_id',
          'opportunity_id (metadata)',
        ],
        currency: upperCurrency,
        issued_on: ['status_transitions_finalized_at', 'created', 'date', 'period_start'],
        due_on: ['due_date'],
        status: ['status'],
        subtotal: money('subtotal'),
        total: money('total'),
      },
    },
  ],
};

const invoiceLine: Source = {
  name: 'Stripe invoice line item',
  needs: [
    'id',
    ['invoice', 'invoice_id'],
    'amount',
    'currency',
    'proration',
    ['period_start', 'period[start]', 'period.start'],
  ],
  expects: ['subscription', 'quantity', 'discount_amount', 'type', 'description'],
  feeds: [
    {
      table: 'invoice_line',
      columns: {
        invoice_line_id: ['id'],
        invoice_id: ['invoice', 'invoice_id'],
        subscription_id: ['subscription', 'subscription_id'],
        product_id: ['price_product', 'price.product', 'product', 'product_id', 'plan_id'],
        currency: upperCurrency,
        period_start: ['period_start', 'period[start]', 'period.start'],
        period_end: ['period_end', 'period[end]', 'period.end'],
        quantity: ['quantity'],
        list_amount: money('amount'),
        discount_amount: money('discount_amount|discount_amounts_amount|total_discount_amount'),
        discount_code: ['discount_coupon', 'coupon', 'coupon_id', 'discount_code'],
        discount_ends_on: ['discount_end', 'discount_ends_on', 'discount_end_date'],
        is_proration: ['proration'],
        description: ['description'],
      },
    },
  ],
};

const creditNote: Source = {
  name: 'Stripe credit note',
  needs: ['id', ['invoice', 'invoice_id'], 'amount', 'currency', 'reason', 'status', ['memo', 'subtotal']],
  expects: ['created', 'total', 'number', 'type'],
  feeds: [
    {
      table: 'credit_note_line',
      where: { sql: "coalesce({status?} <> 'void', true)", reason: 'voided credit note' },
      columns: {
        credit_note_id: ['id'],
        invoice_id: ['invoice', 'invoice_id'],
        issued_on: ['created'],
        // The amount of a credit note includes tax; its subtotal does not.
        amount: money('subtotal|amount'),
        currency: upperCurrency,
        reason: {
          sql: `case {reason}
            when 'order_change' then 'cancellation'
            when 'duplicate' then 'error'
            when 'fraudulent' then 'bad_debt'
            when 'product_unsatisfactory' then 'price_concession'
            else coalesce({reason}, 'unknown') end`,
        },
        approved_by: ['metadata_approved_by', 'approved_by'],
        memo: ['memo'],
      },
    },
  ],
};

const subscription: Source = {
  name: 'Stripe subscription',
  needs: ['id', ['customer', 'customer_id'], 'status', 'current_period_end', ['start_date', 'created']],
  expects: ['cancel_at', 'ended_at', 'quantity', 'current_period_start', 'canceled_at'],
  feeds: [
    {
      table: 'subscription',
      columns: {
        subscription_id: ['id'],
        account_id: ['customer', 'customer_id'],
        product_id: ['product', 'plan_product', 'product_id'],
        deal_line_id: ['metadata_line_item_id', 'metadata_opportunity_line_item_id'],
        renews_subscription_id: [
          'metadata_renews_subscription_id',
          'metadata[renews_subscription_id]',
          'metadata.renews_subscription_id',
          'renews_subscription_id (metadata)',
        ],
        started_on: ['start_date', 'created'],
        ended_on: ['ended_at'],
        renewal_due_on: ['current_period_end'],
        quantity: ['quantity'],
        currency: { sql: 'upper({currency})' },
        monthly_list: perMonth(unitAmount, ''),
        monthly_net: perMonth(
          unitAmount,
          ' * (1 - coalesce(try_cast({discount_coupon_percent_off|coupon_percent_off|percent_off?} as double), 0) / 100)',
        ),
        status: ['status'],
      },
    },
  ],
};

const customer: Source = {
  name: 'Stripe customer',
  needs: [
    'id',
    'name',
    'email',
    ['metadata_account_id', 'metadata[account_id]', 'metadata.account_id', 'account_id (metadata)'],
  ],
  expects: ['currency', 'created', 'description'],
  feeds: [
    {
      table: 'billing_customer',
      columns: {
        billing_customer_id: ['id'],
        account_id: [
          'metadata_account_id',
          'metadata[account_id]',
          'metadata.account_id',
          'account_id (metadata)',
        ],
        name: ['name'],
      },
    },
  ],
};

export const stripe: Source[] = [invoice, invoiceLine, creditNote, subscription, customer];
