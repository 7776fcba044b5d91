import type { Dimension } from '../definition.ts';
import { column, ofDeal, text, withNames } from './columns.ts';
import {
  sales,
  billed,
  withConcessions,
  forecastDeals,
  handledDeals,
  owned,
  disciplined,
} from './factGroups.ts';

const yearAfter =
  "case when year_base is null then 'not known' when year_base = 0 then 'left' else 'stayed' end";
const yearAfterOfDeal = ofDeal(
  'year_after',
  `(select deal_id, ${yearAfter} as year_after from marts.fact_customer_deal)`,
);

/** The customer. */
export const customers: readonly Dimension[] = [
  text('account_id', 'Customer (id)', 'The customer.', [
    ...withConcessions,
    ...billed,
    ...owned,
    ...forecastDeals,
    ...disciplined,
    'restatement',
    'finding',
  ]),
  withNames(
    text('account_name', 'Customer', 'Name of the customer as of the close.', [
      ...withConcessions,
      ...billed,
      ...owned,
      'forecast_bridge',
      'deal_week',
      ...disciplined,
      'restatement',
      'finding',
    ]),
  ),
  {
    ...text('segment', 'Segment', "The customer's segment as of the close.", [
      ...withConcessions,
      ...billed,
      ...owned,
      ...forecastDeals,
      ...disciplined,
      'restatement',
      'finding',
    ]),
    today: column('segment_today', [...sales, ...handledDeals]),
  },
  text('industry', 'Industry', "The customer's industry as of the close.", [
    ...sales,
    ...owned,
    'concession',
    'credit',
  ]),
  text('country', 'Country', "The customer's country as of the close.", [
    ...sales,
    ...owned,
    'concession',
    'credit',
  ]),
  text('account_region', 'Customer region', "The customer's region as of the close.", [
    ...sales,
    ...handledDeals,
  ]),
  {
    id: 'year_after',
    label: 'A year after',
    definition:
      'What became of the customer a year after a won deal: left (nothing recurs any more, a renewal up to two months late counting as staying), stayed, or not known.',
    type: 'text',
    sql: { customer_deal: yearAfter, ...column(`coalesce(${yearAfterOfDeal}, 'not known')`, sales) },
  },
];
