import type { Dimension } from '../definition.ts';
import { text, withNames } from './columns.ts';
import {
  sales,
  billed,
  billing,
  withConcessions,
  withCredits,
  lines,
  forecastDeals,
  handledDeals,
  disciplined,
} from './factGroups.ts';

/** Single deals, lines and bills, and where they were read. */
export const records: readonly Dimension[] = [
  {
    ...text('currency', 'Currency', 'The currency of the line or bill.', [...billing, ...billed]),
    byLine: true,
  },
  text('list_source', 'List price from', 'Which list price the line got, and where it came from.', lines),
  text('deal_id', 'Deal (id)', 'The deal.', [
    ...withCredits,
    ...billed,
    ...handledDeals,
    ...forecastDeals,
    ...disciplined,
    'restatement',
    'finding',
  ]),
  withNames(
    text('deal_name', 'Deal', 'Name of the deal.', [
      ...sales,
      'credit',
      'billing_match',
      ...handledDeals,
      'forecast_bridge',
      'deal_week',
      ...disciplined,
      'restatement',
      'finding',
    ]),
  ),
  text('deal_line_id', 'Line (id)', 'The line of the deal.', [...lines, 'billing_match']),
  text('price_period', 'Price period', 'What one list price pays for: once, a month or a year.', lines),
  text('original_seller_id', 'Original seller', 'Who first sold the contract.', ['deal']),
  text('lost_reason', 'Lost reason', 'Why the deal was lost.', ['deal']),
  text('discount_code', 'Discount code', 'Coupon or promotion on the bill.', ['invoice_line']),
  text('invoice_id', 'Bill (id)', 'The bill.', ['invoice_line', 'credit', 'bill', 'billing_match']),
  {
    ...text('source_file', 'Source file', 'The file the row was read from.', [
      ...withConcessions,
      'billing_match',
    ]),
    byLine: true,
  },
  text(
    'cause',
    'Cause',
    'Why billed and sold differ: price, quantity, not billed, late start, …; or why an export changed a quarter that was over.',
    ['restatement', 'billing_match'],
  ),
];
