import type { Dimension } from '../definition.ts';
import { text } from './columns.ts';
import { sales, lines, forecastDeals, valued } from './factGroups.ts';

/** What was sold, how, and at what kind of discount. */
export const sold: readonly Dimension[] = [
  text('product_id', 'Product (id)', 'The product sold.', [
    'deal_line',
    'credit',
    'invoice_line',
    'billing_match',
  ]),
  text('product_name', 'Product', 'Name of the product sold.', [
    'deal_line',
    'credit',
    'invoice_line',
    'billing_match',
  ]),
  text('product_family', 'Product family', 'Family of the product sold.', [
    'deal_line',
    'credit',
    'invoice_line',
    'billing_match',
  ]),
  {
    ...text(
      'deal_type',
      'Deal type',
      "New, renewal, upsell or cross-sell; 'mixed' for a deal whose lines differ.",
      [...sales, ...forecastDeals, 'customer_deal', ...valued],
    ),
    byLine: true,
  },
  text('source_type', 'Deal type in the source', "The source's own word for the deal type.", sales),
  text('motion', 'Motion', "Land, expand, renew or new; 'mixed' for a deal whose lines differ.", [
    ...lines,
    'deal_touch',
    'meeting',
  ]),
  text('step', 'Step', 'Quote, configure, close, book, provision, entitle or credit.', ['deal_touch']),
  text('department', 'Department', 'The department that spent it.', ['expense']),
  text('channel', 'Channel', 'How the deal was sold: direct, partner, …', sales),
  text('partner_id', 'Partner', 'The partner on the deal.', [...sales, 'concession']),
  text(
    'discount_kind',
    'Discount kind',
    'Discretionary, or by programme (channel, volume, promotion), or unknown.',
    lines,
  ),
  text('discount_reason', 'Discount reason', 'The reason given for the discount.', lines),
  {
    id: 'discount_band',
    label: 'Discount band',
    definition: "The line's discount in percent of list, in steps of five.",
    type: 'text',
    sql: {
      deal_line: `case
        when list_amount is null then null
        when discount = 0 then 'none'
        else lpad((floor(discount / list_amount * 20 + 1e-9) * 5)::integer::varchar, 2, '0') || '–' ||
          lpad((floor(discount / list_amount * 20 + 1e-9) * 5 + 5)::integer::varchar, 2, '0') || '%' end`,
    },
  },
];
