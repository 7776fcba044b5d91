import type { Measure } from '../definition.ts';

const settled = '{all and year_base is not null}';
const left = '{all and year_base = 0}';

/** What became of customers a year after they were given a discount. */
export const leadsTo: readonly Measure[] = [
  {
    id: 'settled_discount',
    label: 'Discount whose year is over',
    definition:
      'Discount spend on won deals of which is known what the customer pays a year after: the year is over, and something recurred when it began.',
    sql: { customer_deal: `sum(whole_discount_base) ${settled}` },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'lost_discount',
    label: 'Discount that bought nothing',
    definition:
      'Of it, discount on deals whose customer paid nothing any more a year after; a renewal up to two months late counts as staying. Association: the customer may have left for other reasons.',
    sql: { customer_deal: `sum(whole_discount_base) ${left}` },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'lost_discount_share',
    label: 'Share of discount that bought nothing',
    definition: 'Discount that bought nothing ÷ discount whose year is over.',
    sql: {
      customer_deal: `coalesce((sum(whole_discount_base) ${left})::double, 0)
        / nullif(sum(whole_discount_base) ${settled}, 0)::double`,
    },
    format: 'rate',
    direction: 'down',
  },
  {
    id: 'settled_deals',
    label: 'Deals whose year is over',
    definition: 'Won deals of which is known what the customer pays a year after.',
    sql: { customer_deal: `count(*) ${settled}` },
    format: 'count',
    direction: 'none',
  },
];
