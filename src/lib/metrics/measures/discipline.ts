import type { Measure } from '../definition.ts';

const won = 'count(*) {won}';
/** Deals of which it is known whether anybody was asked. */
const told = `nullif(count(*) {won and approval is not null}, 0)`;
const approved = (when: string) => `(count(*) {won and approval = '${when}'})::double / ${told}`;
const decided = `nullif(count(*) {all and decision in ('approved', 'rejected')}, 0)`;
/** Requests that were decided, and of which it is known by what. */
const byCriterion = `count(*) {all and decision in ('approved', 'rejected') and criterion in ('objective', 'subjective')}`;
/** Approvals of which both is known: how much, and of what list. */
const granted = 'all and approved_rate is not null and list_amount_base > 0';
const asOfRequest =
  'Over the limit that its seller had; of limits that fit, the one for the family and segment counts before the one for all.';

/** Deals over the limit of their seller, and the requests for them. */
export const discipline: readonly Measure[] = [
  {
    id: 'over_limit_deals',
    label: 'Deals over the limit',
    definition: `Won deals whose discount is over what their seller could grant alone, on a line or as a whole. ${asOfRequest}`,
    sql: { over_limit: won },
    format: 'count',
    direction: 'down',
  },
  {
    id: 'over_limit_amount',
    label: 'Discount over the limit',
    definition: 'Discount of won deals beyond what their seller could grant alone.',
    sql: { over_limit: 'sum(excess_base) {won}' },
    format: 'money',
    direction: 'down',
  },
  {
    id: 'approved_before',
    label: 'Approved before the close',
    definition:
      'Won deals over the limit that were approved on or before the day of the close ÷ all of them.',
    sql: { over_limit: approved('before') },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'approved_after',
    label: 'Approved after the close',
    definition: 'Won deals over the limit that were approved only after the close ÷ all of them.',
    sql: { over_limit: approved('after') },
    format: 'rate',
    direction: 'down',
  },
  {
    id: 'never_approved',
    label: 'Never approved',
    definition: 'Won deals over the limit that nobody approved ÷ all of them.',
    sql: { over_limit: approved('none') },
    format: 'rate',
    direction: 'down',
  },
  {
    id: 'requests',
    label: 'Requests for approval',
    definition: 'Requests to sell below what the seller may grant, by the day of the request.',
    sql: { exception: 'count(*) {all}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'requests_pending',
    label: 'Requests waiting',
    definition: 'Requests for approval of deals that are still open, which nobody has decided.',
    sql: { exception: "count(*) {open and decision = 'pending'}" },
    format: 'count',
    direction: 'down',
  },
  {
    id: 'grant_rate',
    label: 'Grant rate',
    definition: 'Requests approved ÷ requests approved or rejected.',
    sql: { exception: `(count(*) {all and decision = 'approved'})::double / ${decided}` },
    format: 'rate',
    direction: 'none',
  },
  {
    id: 'granted_percent',
    label: 'Discount granted',
    definition:
      'Discount that was granted ÷ list price of the deals it was granted on, in percent. Approvals that tell no rate, and deals without a list price, are left out.',
    sql: {
      exception: `sum(approved_rate * list_amount_base::double) {${granted}}
        / nullif(sum(list_amount_base) {${granted}}, 0)::double`,
    },
    format: 'number',
    direction: 'down',
  },
  {
    id: 'objective_share',
    label: 'Decided by an objective criterion',
    definition:
      'Requests approved or rejected by an objective criterion ÷ those of which the criterion is known.',
    sql: {
      exception: `(count(*) {all and decision in ('approved', 'rejected') and criterion = 'objective'})::double
        / nullif(${byCriterion}, 0)`,
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'requests_with_criterion',
    label: 'Requests whose criterion is known',
    definition:
      'Requests approved or rejected that say whether an objective or a subjective criterion decided.',
    sql: { exception: byCriterion },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'decision_days',
    label: 'Days to decide',
    definition: 'Days from a request to its decision, median.',
    sql: { exception: 'median(decision_days) {all}' },
    format: 'days',
    direction: 'down',
  },
];
