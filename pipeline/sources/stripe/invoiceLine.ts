import type { Feed, Source } from '../source.ts';
import { alive, amountOf, number, priceOf } from './amounts.ts';

/**
 * Columns of a bill's line, whose fields stand under `in_` (`item.` for lines inside their bill). A proration has lost
 * its discount already, unless it says one: that is what `discountable` false means.
 */
function lineColumns(in_: string, invoice: string[]): Feed['columns'] {
  // Within a bill each line has fields of its own, which no header tells.
  const any = (...names: string[]) =>
    in_ ? `coalesce(${names.map((name) => `{${in_}${name}?}`).join(', ')})` : `{${names.join('|')}?}`;
  const under = (...names: string[]) => (in_ ? { sql: any(...names) } : names);
  const discounts = 'discount_amounts';
  const taxes = any('taxes', 'tax_amounts');
  return {
    invoice_line_id: under('id'),
    invoice_id: invoice,
    subscription_id: {
      sql: `coalesce(${any('subscription', 'subscription_id')}, ${any('parent.subscription_item_details.subscription')},
        ${any('parent.invoice_item_details.subscription')})`,
    },
    product_id: under(
      ...['price_product', 'price.product', 'pricing.price_details.product', 'plan.product', 'product'],
      ...['product_id', 'price_id', 'plan_id'],
      ...(in_ ? ['price.id', 'plan.id'] : ['price', 'plan']),
    ),
    currency: { sql: 'upper({currency})' },
    period_start: under('period_start', 'period[start]', 'period.start'),
    period_end: under('period_end', 'period[end]', 'period.end'),
    quantity: under('quantity'),
    unit_list: {
      sql: priceOf(
        `coalesce(${any('price.unit_amount_decimal')}, ${any('pricing.unit_amount_decimal')}, ${any('price.unit_amount')},
          ${any('price_unit_amount', 'unit_amount')})`,
      ),
    },
    list_amount: {
      sql: amountOf(`case when tax_inside(${taxes}) > 0 then (${number(`{${in_}amount}`)} - tax_inside(${taxes}))::varchar
        else coalesce(${any('amount_excluding_tax')}, {${in_}amount}) end`),
    },
    discount_amount: {
      sql: amountOf(`coalesce(${any('discount_amount', 'discount_amounts_amount', 'total_discount_amount')},
        sum_inside(${any(discounts)}, '$[*].amount')::varchar)`),
    },
    discount_code: under(
      ...['discount_coupon', 'coupon', 'coupon_id', 'discount_code', 'discounts.0.coupon.id'],
      `${discounts}.0.discount`,
    ),
    discount_ends_on: under('discount_end', 'discount_ends_on', 'discount_end_date', 'discounts.0.end'),
    is_proration: {
      sql: `coalesce(${any('proration')}, ${any('parent.subscription_item_details.proration')},
        ${any('parent.invoice_item_details.proration')})`,
    },
    takes_discount: under('discountable'),
    description: under('description'),
  };
}

const invoiceLine: Source = {
  name: 'Stripe invoice line item',
  needs: [
    'id',
    ['invoice', 'invoice_id'],
    'amount',
    'currency',
    ['proration', 'parent.type'],
    ['period_start', 'period[start]', 'period.start'],
  ],
  expects: ['subscription', 'quantity', 'discount_amount', 'type', 'description'],
  // Bills, and items that wait for one.
  never: ['amount_due', 'attempt_count', 'billing_reason', 'invoice_item_id', 'date'],
  feeds: [{ table: 'invoice_line', where: alive, columns: lineColumns('', ['invoice', 'invoice_id']) }],
};

/** The lines inside a bill as the API gives it. */
export const linesInside: Feed = {
  table: 'invoice_line',
  each: ['lines'],
  where: alive,
  columns: lineColumns('item.', ['id']),
};

export const invoiceLines: Source[] = [invoiceLine];
