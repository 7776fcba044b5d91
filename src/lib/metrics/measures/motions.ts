import type { FactId, Format, Measure } from '../definition.ts';

/** An expansion below this, in the reporting currency, is one of the "little dots": ours. */
export const LITTLE_DOT = 5000;

/** Our people ÷ theirs in a meeting: from here on it is flagged (B4B, "Land + Expand"). */
export const CROWDED = 2;

const on =
  (fact: FactId, format: Format, direction: Measure['direction'] = 'none') =>
  (id: string, label: string, definition: string, sql: string): Measure => ({
    ...{ id, label, definition, sql: { [fact]: sql } },
    ...{ format, direction },
  });

const touchCount = on('deal_touch', 'count');
const meetingCount = on('meeting', 'count');
const consumed = on('consumption_deal', 'money');

/** What the four sales motions cost, and what they take. */
export const motions: readonly Measure[] = [
  on('deal_part', 'money', 'up')(
    'little_dots',
    'Little dots',
    `Net of won deals that come to less than ${LITTLE_DOT} as far as their lines fit what is asked for: with motion=expand, small expansions.`,
    `sum({net}) {won and net_amount_base < ${LITTLE_DOT}}`,
  ),
  on('deal_part', 'count')(
    'little_dot_deals',
    'Number of little dots',
    `Won deals that come to less than ${LITTLE_DOT} as far as their lines fit what is asked for.`,
    `count(*) {won and net_amount_base < ${LITTLE_DOT}}`,
  ),
  on('deal_line', 'money', 'down')(
    'first_year_discretion',
    'Discretionary discount of the first year',
    "Discount that someone decided, as far as it falls into a contract's first twelve months.",
    `sum(({discount}::double * least(12 / greatest(coalesce(term_months, 12), 12), 1))::decimal(18, 4))
      {won and discount_kind = 'discretionary'}`,
  ),
  on('expense', 'money', 'down')(
    'expense',
    'Expense',
    'What departments spent in the periods that begin in the time asked about.',
    'sum(amount) {all}',
  ),
  touchCount(
    'steps_known',
    'Steps known',
    'Steps of deals of which it is known whether a person had to act.',
    'count(touched) {all}',
  ),
  touchCount(
    'steps_touched',
    'Steps with a person',
    'Steps of deals in which a person had to act.',
    'count(*) {all and touched}',
  ),
  on('deal_touch', 'rate', 'down')(
    'touch_rate',
    'Human touch',
    'Steps in which a person had to act ÷ steps of which it is known.',
    '(count(*) {all and touched})::double / nullif(count(touched) {all}, 0)',
  ),
  meetingCount(
    'meetings',
    'Meetings',
    'Sales meetings whose attendance is known.',
    'count(our_people + their_people) {all}',
  ),
  on('meeting', 'number')(
    'people_ratio',
    'Our people to theirs',
    'Our people ÷ their people over all sales meetings whose attendance is known.',
    `(sum(our_people) {all and their_people is not null})::double / nullif(sum(their_people) {all and our_people is not null}, 0)`,
  ),
  meetingCount(
    'crowded_meetings',
    'Crowded meetings',
    `Sales meetings with at least ${CROWDED} of ours for each of theirs.`,
    `count(*) {all and our_people >= ${CROWDED} * their_people}`,
  ),
  on('consumption_deal', 'count')(
    'consumption_deals',
    'Consumption deals',
    'Won deals that tell what was committed, or what is expected beyond it. All of them with a filter on the stage or the outcome.',
    'count(*) {won}',
  ),
  consumed(
    'committed_amount',
    'Committed',
    'What customers of consumption deals committed to.',
    'sum(committed_base) {won}',
  ),
  consumed(
    'pro_forma_amount',
    'Pro forma',
    'What customers of consumption deals are expected to consume beyond what they committed to.',
    'sum(pro_forma_base) {won}',
  ),
  consumed(
    'pro_forma_counted',
    'Pro forma counted as sold',
    'How much of what is only expected stands in the amounts of consumption deals.',
    'sum(claimed_base) {won}',
  ),
];
