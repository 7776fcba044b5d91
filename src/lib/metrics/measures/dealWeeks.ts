import type { Measure } from '../definition.ts';

const standard = 'Four weeks before the end of the quarter, unless weeks_before says otherwise.';
const due = 'is_due and is_over';

const share = (
  id: string,
  label: string,
  definition: string,
  which: string,
  column: string | null,
): Measure => {
  const over = (test: string) =>
    column === null ? `count(*) {all and ${test}}` : `sum(${column}) {all and ${test}}`;
  return {
    id,
    label,
    definition: `${definition} ${standard}`,
    sql: { deal_week: `((${over(`${due} and ${which}`)})::double / nullif(${over(due)}, 0))` },
    format: 'rate',
    direction: 'none',
  };
};

const slipped = "became in ('slipped', 'still open', 'removed')";

/** What became of the deals that were open and due in a quarter when its forecast was frozen. */
export const dealWeeks: readonly Measure[] = [
  {
    id: 'due_deals',
    label: 'Deals due in the quarter',
    definition: `Deals open when the forecast was frozen, with a close date in the quarter, in quarters that are over. ${standard}`,
    sql: { deal_week: `count(*) {all and ${due}}` },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'due_amount',
    label: 'Amount due in the quarter',
    definition: `Amount of deals open when the forecast was frozen, with a close date in the quarter. ${standard}`,
    sql: { deal_week: `sum(amount_base) {all and ${due}}` },
    format: 'money',
    direction: 'none',
  },
  share(
    'conversion',
    'Became won',
    'Share of deals due in the quarter that were won in it.',
    "became = 'won'",
    null,
  ),
  share(
    'conversion_by_amount',
    'Became won, by amount',
    'Share of the amount due in the quarter that was won in it, at the amount of then.',
    "became = 'won'",
    'amount_base',
  ),
  share(
    'lost_share',
    'Became lost',
    'Share of deals due in the quarter that were lost in it.',
    "became = 'lost'",
    null,
  ),
  share(
    'slippage',
    'Slipped',
    'Share of deals due in the quarter that were neither won nor lost in it.',
    slipped,
    null,
  ),
  share(
    'slippage_by_amount',
    'Slipped, by amount',
    'Share of the amount due in the quarter that was neither won nor lost in it.',
    slipped,
    'amount_base',
  ),
  {
    id: 'week_deals',
    label: 'Open deals at the lead time',
    definition: `Deals open when the forecast was frozen that were due in the quarter or won in it. ${standard}`,
    sql: { deal_week: 'count(*) {all}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'week_amount',
    label: 'Amount of open deals at the lead time',
    definition: `Their amount as it stood then. ${standard}`,
    sql: { deal_week: 'sum(amount_base) {all}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'week_value',
    label: 'Value of open deals to their customers',
    definition: `What they are worth to the customers, as recorded by now, where it is. ${standard}`,
    sql: { deal_week: 'sum(value_base) {all}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'later_won',
    label: 'Won since',
    definition: `Of the deals open at the lead time, those won by now, whenever that was. ${standard}`,
    sql: { deal_week: 'count(*) {all and is_won}' },
    format: 'count',
    direction: 'up',
  },
  {
    id: 'later_decided',
    label: 'Decided since',
    definition: `Of the deals open at the lead time, those won or lost by now. ${standard}`,
    sql: { deal_week: 'count(*) {all and is_closed}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'pushes_per_deal',
    label: 'Pushes per deal',
    definition:
      'How often the expected close was put off while a deal was open; of closed deals whose history is known.',
    sql: { deal: '((sum(pushes) {closed})::double / nullif(count(pushes) {closed}, 0))' },
    format: 'number',
    direction: 'down',
  },
  {
    id: 'pushed_share',
    label: 'Share of deals pushed',
    definition: 'Closed deals whose expected close was put off at least once ÷ those whose history is known.',
    sql: { deal: '((count(*) {closed and pushes > 0})::double / nullif(count(pushes) {closed}, 0))' },
    format: 'rate',
    direction: 'down',
  },
  {
    id: 'deals_with_history',
    label: 'Closed deals with history',
    definition: 'Closed deals of which a history tells how they came about.',
    sql: { deal: 'count(pushes) {closed}' },
    format: 'count',
    direction: 'up',
  },
];
