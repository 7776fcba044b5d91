import type { Feed, Source, SourceColumn } from '../source.ts';
import { alive, metadata, priceOf } from './amounts.ts';

const interval = 'interval|plan_interval|billing_interval|plan.interval';
const intervals = 'interval_count|plan_interval_count|plan.interval_count';
const unitAmount = 'unit_amount|plan_amount|price_unit_amount|plan.amount';
const percentOff = 'discount_coupon_percent_off|coupon_percent_off|percent_off|discount.coupon.percent_off';

/** What all units cost in a month; weeks and days as Stripe's own monthly figure takes them, by the year. */
const perMonth = (lessDiscount: string): SourceColumn => ({
  sql: `(${priceOf(`{${unitAmount}}`)}::double * coalesce(try_cast({quantity?} as double), 1)${lessDiscount}
    / coalesce(nullif(try_cast({${intervals}?} as double), 0), 1)
    * case lower({${interval}})
      when 'month' then 1 when 'year' then 1.0 / 12 when 'week' then 365.0 / 84 when 'day' then 365.0 / 12 end)::decimal(18, 4)`,
});

/** Its items and their prices, as the API puts them inside. */
const inside: Feed[] = [
  {
    table: 'subscription_item',
    each: ['items'],
    columns: {
      subscription_item_id: ['item.id'],
      subscription_id: ['id'],
      product_id: ['item.price.product'],
      plan_id: ['item.price.id'],
      quantity: ['item.quantity'],
      currency: { sql: 'upper({item.price.currency})' },
    },
  },
  {
    table: 'billing_plan',
    each: ['items'],
    columns: {
      plan_id: ['item.price.id'],
      product_id: ['item.price.product'],
      name: ['item.price.nickname'],
      currency: { sql: 'upper({item.price.currency})' },
      unit_amount: {
        sql: priceOf(
          'coalesce({item.price.unit_amount_decimal}, {item.price.unit_amount})',
          '{item.price.currency}',
        ),
      },
      period: ['item.price.recurring.interval'],
      periods: ['item.price.recurring.interval_count'],
    },
  },
];

const subscription: Source = {
  name: 'Stripe subscription',
  needs: [
    'id',
    ['customer', 'customer_id'],
    'status',
    ['current_period_end', 'billing_cycle_anchor'],
    ['start_date', 'created'],
  ],
  expects: ['cancel_at', 'ended_at', 'quantity', 'current_period_start', 'canceled_at'],
  feeds: [
    {
      table: 'subscription',
      where: alive,
      columns: {
        subscription_id: ['id'],
        account_id: ['customer', 'customer_id'],
        product_id: ['product', 'plan_product', 'product_id', 'plan.product'],
        plan_id: ['price_id', 'plan_id', 'price', 'plan.id'],
        deal_line_id: ['metadata_line_item_id', ...metadata('opportunity_line_item_id')],
        renews_subscription_id: metadata('renews_subscription_id'),
        started_on: ['start_date', 'created'],
        ended_on: ['ended_at'],
        renewal_due_on: ['current_period_end', 'items.data.0.current_period_end'],
        quantity: ['quantity', 'items.data.0.quantity'],
        currency: { sql: 'upper({currency})' },
        monthly_list: perMonth(''),
        monthly_net: perMonth(` * (1 - coalesce(try_cast({${percentOff}?} as double), 0) / 100)`),
        status: ['status'],
      },
    },
    ...inside,
  ],
};

const subscriptionItem: Source = {
  name: 'Stripe subscription item',
  needs: ['id', ['subscription', 'subscription_id'], ['plan_id', 'price_id', 'price', 'plan'], 'quantity'],
  expects: ['created', 'current_period_start', 'metadata', 'billing_thresholds'],
  never: ['amount', 'status', 'currency', 'invoice', 'invoice_id', 'proration', 'unit_amount', 'state'],
  feeds: [
    {
      table: 'subscription_item',
      where: alive,
      columns: {
        subscription_item_id: ['id'],
        subscription_id: ['subscription', 'subscription_id'],
        product_id: ['price.product', 'price_product', 'plan.product'],
        plan_id: ['price_id', 'plan_id', 'price.id', 'plan.id', 'price', 'plan'],
        quantity: ['quantity'],
      },
    },
  ],
};

export const subscriptions: Source[] = [subscription, subscriptionItem];
