import type { Measure } from '../definition.ts';
import { both } from './both.ts';

/** How many deals, how large, how often won and how fast. */
export const deals: readonly Measure[] = [
  {
    id: 'deals',
    label: 'Deals',
    definition: 'Number of deals. Won deals, unless a filter says otherwise.',
    sql: { deal: 'count(*) {won}', deal_line: 'count(distinct deal_id) {won}' },
    format: 'count',
    countsDeals: true,
    direction: 'none',
  },
  {
    id: 'lines',
    label: 'Lines',
    definition: 'Number of deal lines. Lines of won deals, unless a filter says otherwise.',
    sql: { deal: 'sum(lines) {won}', deal_line: 'count(*) {won}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'quantity',
    label: 'Quantity',
    definition: 'Units on the lines.',
    sql: { deal_line: 'sum(quantity) {won}' },
    format: 'number',
    direction: 'none',
  },
  {
    id: 'average_deal',
    label: 'Average deal',
    definition: 'Net amount ÷ number of deals.',
    sql: {
      deal: '(sum({net}) {won})::double / nullif(count(*) {won}, 0)',
      deal_line: '(sum({net}) {won})::double / nullif(count(distinct deal_id) {won}, 0)',
    },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'won_deals',
    label: 'Won deals',
    definition: 'Number of deals won.',
    sql: { deal: 'count(*) {all and is_won}', deal_line: 'count(distinct deal_id) {all and is_won}' },
    format: 'count',
    countsDeals: true,
    direction: 'up',
  },
  {
    id: 'lost_deals',
    label: 'Lost deals',
    definition: 'Number of deals closed and not won.',
    sql: {
      deal: 'count(*) {all and is_closed and not is_won}',
      deal_line: 'count(distinct deal_id) {all and is_closed and not is_won}',
    },
    format: 'count',
    countsDeals: true,
    direction: 'down',
  },
  {
    id: 'open_deals',
    label: 'Open deals',
    definition: 'Number of deals neither won nor lost yet.',
    sql: {
      deal: 'count(*) {all and not is_closed}',
      deal_line: 'count(distinct deal_id) {all and not is_closed}',
    },
    format: 'count',
    countsDeals: true,
    direction: 'none',
  },
  {
    id: 'win_rate',
    label: 'Win rate',
    definition:
      'Won ÷ (won + lost), by number of deals closed in the period. Open deals are left out; not known where a deal does not say whether it is lost or still open.',
    sql: {
      deal: `case when count(*) {all and is_closed is null} = 0
        then (count(*) {closed and is_won})::double / nullif(count(*) {closed and is_closed and is_won is not null}, 0) end`,
      deal_line: `case when count(*) {all and is_closed is null} = 0
        then (count(distinct deal_id) {closed and is_won})::double
          / nullif(count(distinct deal_id) {closed and is_closed and is_won is not null}, 0) end`,
    },
    format: 'rate',
    countsDeals: true,
    direction: 'up',
  },
  {
    id: 'win_rate_by_amount',
    label: 'Win rate by amount',
    definition: 'Net of won deals ÷ net of deals won or lost in the period.',
    sql: both(
      '(sum({net}) {closed and is_won})::double / nullif(sum({net}) {closed and is_won is not null}, 0)::double',
    ),
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'cycle_days',
    label: 'Cycle length',
    definition: 'Days from created to closed, won deals, median.',
    sql: {
      deal: 'median(cycle_days) {won}',
      deal_part: "median(date_diff('day', created_on, closed_on)) {won}",
    },
    format: 'days',
    direction: 'down',
  },
];
