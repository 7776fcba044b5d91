import type { Measure } from '../definition.ts';

const days = (test: string) => `sum(days) {all and ${test}}`;
const ofDays = (test: string) => `coalesce(${days(test)}, 0)::double / nullif(sum(days) {all}, 0)`;
const ofRevenue = (test: string) =>
  `coalesce(sum(revenue_base) {all and ${test}}, 0)::double / nullif(sum(revenue_base) {all}, 0)::double`;

const brock = 'After Brock, "Who Owns The Customer?"';
const split = 'After "How to Split Ownership Across the Single-Threaded Team" (Disruption Selling)';

const cutNote = 'Spans are cut at fiscal quarters, so quarters and years are exact.';

/** A source that keeps no ends makes everyone stay. */
const endsNote =
  'Before the first day on which the end of an owner’s role is recorded nobody is seen to leave: ask from that quarter on.';

/** Who owns the customer, by day and by what its contracts earn. */
const ofCustomers: readonly Measure[] = [
  {
    id: 'customer_days',
    label: 'Account days',
    definition: `Days of the lives of all accounts, customers and prospects, from the first role or won deal on. ${cutNote}`,
    sql: { account_owner_span: 'sum(days) {all}' },
    format: 'count',
    direction: 'none',
  },
  ...(
    [
      ['one', 'one_owner', 'one owner', 'exactly one owner', 'up'],
      ['none', 'no_owner', 'no owner', 'no owner at all', 'down'],
      ['several', 'several_owners', 'several owners', 'two owners or more', 'down'],
    ] as const
  ).flatMap(([owned, id, label, words, direction]): Measure[] => [
    {
      id: `days_${id}`,
      label: `Days with ${label}`,
      definition: `Days on which accounts, customers and prospects, had ${words}. Who has left the company owns nothing.`,
      sql: { account_owner_span: days(`owned_by = '${owned}'`) },
      format: 'count',
      direction,
      source: brock,
    },
    {
      id: `share_${id}`,
      label: `Share of days with ${label}`,
      definition: `Days on which accounts, customers and prospects, had ${words} ÷ days of all accounts' lives. ${cutNote} ${endsNote}`,
      sql: { account_owner_span: ofDays(`owned_by = '${owned}'`) },
      format: 'rate',
      direction,
      source: brock,
    },
    {
      id: `revenue_${id}`,
      label: `Share of revenue with ${label}`,
      definition: `What contracts earned on days when their customer had ${words} ÷ all that they earned; the net of a won line is spread evenly over its term, twelve months where none is given.`,
      sql: { account_owner_span: ofRevenue(`owned_by = '${owned}'`) },
      format: 'rate',
      direction,
      source: brock,
    },
  ]),
  {
    id: 'days_orphaned',
    label: 'Days orphaned',
    definition: 'Days without an owner after an owner left or was reassigned.',
    sql: { account_owner_span: days("owned_by = 'none' and why_none <> 'never had one'") },
    format: 'count',
    direction: 'down',
    source: brock,
  },
  {
    id: 'customers_now',
    label: 'Accounts now',
    definition: 'Customers and prospects as they stand on the day of the newest export.',
    sql: { account_owner_span: 'count(*) {all and is_current}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'revenue_at_stake',
    label: 'Revenue at stake',
    definition: "What a customer's contracts in force on the day of the newest export earn in a year.",
    sql: { account_owner_span: 'sum(yearly_base) {all and is_current}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'days_as_now',
    label: 'Days as now',
    definition: 'Days for which accounts have stood with the owners that they have now, or without one.',
    sql: { account_owner_span: 'sum(span_to - owned_since) {all and is_current}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'owner_changes',
    label: 'Changes of owner',
    definition:
      'How often someone became owner of an account, customer or prospect, that others had owned before.',
    sql: { account_owner_span: 'sum(changes) {all}' },
    format: 'count',
    direction: 'down',
  },
  {
    id: 'owner_changes_a_year',
    label: 'Changes of owner a year',
    definition: `Changes of owner ÷ years of the lives of all accounts, customers and prospects. ${endsNote}`,
    sql: { account_owner_span: '(sum(changes) {all}) * 365.25 / nullif(sum(days) {all}, 0)' },
    format: 'number',
    direction: 'down',
    source: brock,
  },
];

const ofCells = (test: string) =>
  `coalesce(sum(days) {all and is_required and ${test}}, 0)::double / nullif(sum(days) {all and is_required}, 0)`;

/** Who owns each influence on a deal, by day while the deal is open. */
const ofInfluences: readonly Measure[] = [
  {
    id: 'influence_days',
    label: 'Influence days',
    definition:
      'Cells of deal, influence and open day that someone has to own at the stage the organisation had then. Deals of which no influence is recorded are left out.',
    sql: { influence_span: 'sum(days) {all and is_required}' },
    format: 'count',
    direction: 'none',
  },
  ...(
    [
      ['one', 'ownership_clarity', 'Ownership clarity', 'exactly one owner of the required role', 'up'],
      ['none', 'clarity_none', 'Influence without owner', 'no owner', 'down'],
      ['several', 'clarity_several', 'Influence with several owners', 'two owners or more', 'down'],
      [
        'wrong role',
        'clarity_wrong_role',
        'Influence with the wrong role',
        'one owner of another role than required',
        'down',
      ],
    ] as const
  ).map(([owned, id, label, words, direction]): Measure => ({
    id,
    label,
    definition: `Cells of deal, influence and open day with ${words} ÷ all cells.`,
    sql: { influence_span: ofCells(`owned_by = '${owned}'`) },
    format: 'rate',
    direction,
    source: split,
  })),
  {
    id: 'deals_with_influences',
    label: 'Deals with influences recorded',
    definition: 'Deals, open in the time asked about, of which it is recorded who owns an influence.',
    sql: { influence_span: 'count(distinct deal_id) {all}' },
    format: 'count',
    direction: 'none',
  },
];

const ofHandled = (how: string) =>
  `(count(*) {won and original_seller = '${how}'})::double / nullif(count(*) {won and original_seller is not null}, 0)`;

/** Who handles renewals, upsells and cross-sells. */
const ofHandling: readonly Measure[] = [
  {
    id: 'handled_deals',
    label: 'Renewals and expansions',
    definition:
      'Deals with a renewal, an upsell or a cross-sell, one for each of the three on it. Won deals, unless a filter says otherwise.',
    sql: { handling: 'count(*) {won}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'handled_net',
    label: 'Net of renewals and expansions',
    definition: 'Net of their renewal, upsell and cross-sell lines.',
    sql: { handling: 'sum({net}) {won}' },
    format: 'money',
    direction: 'up',
  },
  ...(
    [
      ['alone', 'seller_alone', 'Original seller alone', 'the original seller handled alone'],
      [
        'with others',
        'seller_with_others',
        'Original seller with others',
        'the original seller handled with an account manager, customer success or another seller',
      ],
      [
        'not involved',
        'seller_not_involved',
        'Original seller not involved',
        'were handled without the original seller',
      ],
    ] as const
  ).map(([how, id, label, words]): Measure => ({
    id,
    label,
    definition: `Share of renewals and expansions that ${words}, of those whose original seller is known.`,
    sql: { handling: ofHandled(how) },
    format: 'rate',
    direction: 'none',
    source: 'The three ways are those of the 2019 survey by Gainsight',
  })),
];

/** Who should own what, and does. */
export const ownership: readonly Measure[] = [...ofCustomers, ...ofInfluences, ...ofHandling];
