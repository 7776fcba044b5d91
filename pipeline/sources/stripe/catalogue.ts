import type { Source } from '../source.ts';
import { alive, amountOf, priceOf, upperCurrency } from './amounts.ts';

const price: Source = {
  name: 'Stripe price',
  needs: [
    'id',
    'currency',
    ['product', 'product_id'],
    ['unit_amount', 'unit_amount_decimal'],
    ['recurring_interval', 'recurring.interval'],
  ],
  expects: ['active', 'billing_scheme', 'nickname', 'type', 'lookup_key'],
  feeds: [
    {
      table: 'billing_plan',
      where: alive,
      columns: {
        plan_id: ['id'],
        product_id: ['product', 'product_id'],
        name: ['nickname'],
        currency: upperCurrency,
        unit_amount: { sql: priceOf('coalesce({unit_amount_decimal?}, {unit_amount?})') },
        period: ['recurring_interval', 'recurring.interval'],
        periods: ['recurring_interval_count', 'recurring.interval_count'],
      },
    },
  ],
};

const plan: Source = {
  name: 'Stripe plan',
  needs: ['id', 'amount', 'currency', 'interval', 'interval_count', ['product', 'product_id']],
  expects: ['active', 'billing_scheme', 'nickname', 'usage_type'],
  never: ['customer', 'customer_id', 'subscription'],
  feeds: [
    {
      table: 'billing_plan',
      where: alive,
      columns: {
        plan_id: ['id'],
        product_id: ['product', 'product_id'],
        name: ['nickname'],
        currency: upperCurrency,
        unit_amount: { sql: priceOf('coalesce({amount_decimal?}, {amount})') },
        period: ['interval'],
        periods: ['interval_count'],
      },
    },
  ],
};

const product: Source = {
  name: 'Stripe product',
  needs: ['id', 'name', 'active', 'description', ['livemode', 'shippable', 'statement_descriptor']],
  expects: ['created', 'updated', 'url', 'unit_label', 'type'],
  never: ['email', 'amount', 'currency', 'percent_off'],
  feeds: [{ table: 'product', where: alive, columns: { product_id: ['id'], name: ['name'] } }],
};

const coupon: Source = {
  name: 'Stripe coupon',
  needs: ['id', 'duration', 'percent_off', 'amount_off'],
  expects: ['name', 'duration_in_months', 'currency', 'valid', 'times_redeemed'],
  feeds: [
    {
      table: 'coupon',
      columns: {
        coupon_id: ['id'],
        name: ['name'],
        percent_off: ['percent_off'],
        amount_off: { sql: amountOf('{amount_off}') },
        currency: upperCurrency,
        lasts: ['duration'],
        months: ['duration_in_months'],
      },
    },
  ],
};

/** The code that a customer types in, kept as a coupon's name. */
const promotionCode: Source = {
  name: 'Stripe promotion code',
  needs: [
    'id',
    'code',
    'active',
    ['coupon', 'coupon_id', 'promotion', 'promotion_coupon_id'],
    'max_redemptions',
  ],
  expects: ['expires_at', 'times_redeemed', 'created', 'customer'],
  feeds: [{ table: 'coupon', columns: { coupon_id: ['id'], name: ['code'] } }],
};

/** A coupon as given. A time where the coupon should stand says that the export's columns have slipped. */
const discount: Source = {
  name: 'Stripe discount',
  needs: [
    'id',
    ['coupon_id', 'coupon', 'source'],
    ['start', 'started_at'],
    ['customer', 'customer_id'],
    ['promotion_code', 'checkout_session', 'checkout_session_id'],
  ],
  expects: ['end', 'subscription', 'invoice', 'invoice_item'],
  never: ['status', 'currency', 'total'],
  feeds: [
    {
      table: 'coupon_redemption',
      where: {
        sql: `coalesce(not regexp_matches({coupon_id|coupon.id|source.coupon.id|source.coupon|coupon},
          '^\\d\\d\\d\\d-\\d\\d-\\d\\d'), true)`,
        reason: 'a time stands where the coupon should: the columns have slipped',
      },
      columns: {
        redemption_id: ['id'],
        coupon_id: ['coupon_id', 'coupon.id', 'source.coupon.id', 'source.coupon', 'coupon'],
        promotion_code: ['promotion_code'],
        account_id: ['customer', 'customer_id'],
        subscription_id: ['subscription', 'subscription_id'],
        invoice_id: ['invoice', 'invoice_id'],
        invoice_line_id: {
          sql: "case when lower({type}) in ('invoice_line', 'invoice_line_item', 'line_item') then {type_id} end",
        },
        started_on: ['start', 'started_at'],
        ends_on: ['end', 'ended_at'],
        amount: ['amount'],
        in_minor_units: { sql: "'true'" },
      },
    },
  ],
};

export const catalogue: Source[] = [price, plan, product, coupon, promotionCode, discount];
