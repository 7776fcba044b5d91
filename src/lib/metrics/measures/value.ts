import type { Measure } from '../definition.ts';

const networks = 'After Boundy, "Using Value Networks to Grow Your Business"';
const reputation = 'After Boundy, "Your Value Focused Journey: What is Your Sales Reputation?"';
const nagle = 'Nagle & Hogan, The Strategy and Tactics of Pricing, 4th ed. 2006, chapter 3: economic value';

const counted = 'Outcomes that lead to others are not counted, nor is one outcome twice; nothing is imputed.';
/** Deals whose price and value can be set against each other. */
const both = 'value_base > 0 and price_base is not null';

/** What deals are worth to the customer, by evidence; open, won and lost deals alike. */
const recorded: readonly Measure[] = [
  {
    id: 'value_recorded',
    label: 'Value recorded',
    definition: `What the offer is worth to customers, as recorded on deals. ${counted}`,
    sql: { deal_value: 'sum(value_base) {all}', value_assessment: 'sum(counted_base) {all}' },
    format: 'money',
    direction: 'up',
    source: networks,
  },
  {
    id: 'value_confirmed',
    label: 'Value confirmed by customers',
    definition: `The part of the value recorded that the customer confirmed. ${counted}`,
    sql: {
      deal_value: 'sum(coalesce(confirmed_base, 0)) {all}',
      value_assessment:
        "sum(case when value_evidence = 'customer_confirmed' then counted_base else 0 end) {all}",
    },
    format: 'money',
    direction: 'up',
    source: networks,
  },
  {
    id: 'value_estimated',
    label: 'Value estimated by reps',
    definition: `The part of the value recorded that is a rep's estimate. ${counted}`,
    sql: {
      deal_value: 'sum(coalesce(estimated_base, 0)) {all}',
      value_assessment: "sum(case when value_evidence = 'rep_estimated' then counted_base else 0 end) {all}",
    },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'deals_with_value',
    label: 'Deals with value recorded',
    definition: 'Deals of which a value above zero is recorded: open, won and lost.',
    sql: {
      deal: 'count(*) {all and value_base > 0}',
      deal_value: 'count(*) {all and value_base > 0}',
      value_assessment: 'count(distinct deal_id) {all and counted_base > 0}',
    },
    format: 'count',
    direction: 'up',
  },
  {
    id: 'value_coverage',
    label: 'Share of deals with value recorded',
    definition: 'Deals of which a value above zero is recorded ÷ all deals: open, won and lost.',
    sql: { deal: '(count(*) {all and value_base > 0})::double / nullif(count(*) {all}, 0)' },
    format: 'rate',
    direction: 'up',
  },
];

const ratio = `(sum(price_base) {all and ${both}})::double / nullif(sum(value_base) {all and ${both}}, 0)::double`;

/** Price against value. */
const priced: readonly Measure[] = [
  {
    id: 'price_to_value',
    label: 'Price to value',
    definition: 'Price ÷ value, a ratio of sums over deals with a value above zero.',
    sql: {
      deal_value: ratio,
    },
    format: 'rate',
    direction: 'none',
  },
  {
    id: 'price_to_value_error',
    label: 'Standard error of price to value',
    definition: 'How far price to value would move if other deals of the same kind had been valued.',
    sql: {
      deal_value: `round(sqrt(greatest(0,
          sum(pow(price_base::double, 2)) {all and ${both}}
          - 2 * (${ratio}) * sum(price_base::double * value_base::double) {all and ${both}}
          + pow(${ratio}, 2) * sum(pow(value_base::double, 2)) {all and ${both}})
        * (count(*) {all and ${both}})::double / nullif((count(*) {all and ${both}}) - 1, 0))
        / nullif(sum(value_base) {all and ${both}}, 0)::double, 10)`,
    },
    format: 'rate',
    direction: 'none',
    source: 'Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4: variance of a ratio estimate',
  },
  {
    id: 'value_less_price',
    label: 'Value less price',
    definition: "Value less price, over deals with a value above zero: the customer's preference in money.",
    sql: { deal_value: 'sum(value_less_price_base) {all}' },
    format: 'money',
    direction: 'up',
    source: 'After Boundy, "Your Value Focus Journey: Enablement and Elite Customer Focus"',
  },
  {
    id: 'differentiation_captured',
    label: 'Differentiation captured in price',
    definition:
      "(Price − next best price) ÷ (value − next best price), a ratio of sums over deals where the price of the customer's next best choice is known and value is above it.",
    sql: {
      deal_value: `(sum(price_base - next_best_base) {all and captured is not null})::double
        / nullif(sum(differentiation_base) {all and captured is not null}, 0)::double`,
    },
    format: 'rate',
    direction: 'none',
    source: nagle,
  },
  {
    id: 'deals_with_next_best',
    label: 'Deals with a next best price',
    definition:
      'Deals with value recorded whose differentiation is above zero, so that its captured part is known.',
    sql: { deal_value: 'count(*) {all and captured is not null}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'deals_priced_above_value',
    label: 'Deals priced above value',
    definition: 'Deals whose price is above the value recorded: the value is wrong, or the price is.',
    sql: { deal_value: 'count(*) {all and is_above_value}' },
    format: 'count',
    direction: 'down',
  },
  {
    id: 'deals_with_undefined_value',
    label: 'Deals with no usable value',
    definition: 'Deals whose recorded value is zero or less: a price has no share of it.',
    sql: { deal_value: 'count(*) {all and is_undefined}' },
    format: 'count',
    direction: 'down',
  },
];

const anyAssessed = '(select count(*) from core.deal_value where value_base is not null) > 0';

/** What of the funnel stands on value, on requests that we shaped, and on a fitting way of selling. */
const funnel: readonly Measure[] = [
  {
    id: 'pipeline_with_confirmed_value',
    label: 'Pipeline with confirmed value',
    definition:
      'Net of open deals for which the customer confirmed the value of a final outcome ÷ net of all open deals. Not known where no value is recorded at all.',
    sql: {
      deal: `case when ${anyAssessed} then coalesce(sum({net}) {open and is_value_confirmed}, 0)::double
        / nullif(sum({net}) {open}, 0)::double end`,
    },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'rfp_deals',
    label: 'Deals with a request for proposal',
    definition: 'Deals that say how early we were in a request for proposal: open, won and lost.',
    sql: { deal: 'count(*) {all and rfp_engagement is not null}' },
    format: 'count',
    direction: 'none',
    source: reputation,
  },
  {
    id: 'rfp_shaped_share',
    label: 'Requests for proposal we shaped',
    definition:
      'Deals with a request for proposal that we had shaped ÷ deals with a request: open, won and lost.',
    sql: {
      deal: `(count(*) {all and rfp_engagement = 'shaped'})::double
        / nullif(count(*) {all and rfp_engagement is not null}, 0)`,
    },
    format: 'rate',
    direction: 'up',
    source: reputation,
  },
  {
    id: 'model_fit_share',
    label: 'Selling model fits the purchase',
    definition:
      'Deals whose selling model fits the purchase ÷ deals of which both are known: a trusted expert where it is new or risky to the buyer, dividing and optimizing where it is neither.',
    sql: {
      deal: `(count(*) {all and model_fit = 'fits'})::double / nullif(count(*) {all and model_fit is not null}, 0)`,
    },
    format: 'rate',
    direction: 'up',
    source: 'After Boundy, "Trusted Advisors or Structured Sales: Pick One"',
  },
];

const pick = 'After Boundy, "Trusted Advisors or Structured Sales: Pick One": quality, not activity';

/** How well was sold, where it is recorded. Never how much. */
const quality: readonly Measure[] = [
  {
    id: 'deals_with_quality',
    label: 'Deals with quality of selling',
    definition: 'Deals of which the quality of selling is recorded: outcomes, allies or behaviour.',
    sql: { selling_quality: 'count(*) {all}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'outcomes_quantified_per_deal',
    label: 'Outcomes quantified per deal',
    definition: 'Business outcomes with an amount per deal on which outcomes are recorded.',
    sql: {
      selling_quality:
        '(sum(outcomes_quantified) {all})::double / nullif(count(outcomes_identified) {all}, 0)',
    },
    format: 'number',
    direction: 'up',
    source: pick,
  },
  {
    id: 'allies_per_deal',
    label: 'Natural allies per deal',
    definition: "Natural allies among the buyer's people per deal on which these are recorded.",
    sql: { selling_quality: '(sum(allies) {all})::double / nullif(count(buyers) {all}, 0)' },
    format: 'number',
    direction: 'up',
    source: pick,
  },
  {
    id: 'insights_per_deal',
    label: 'Insights offered per deal',
    definition: 'Business insights offered per deal on which selling behaviour is recorded.',
    sql: { selling_quality: '(sum(insights) {all})::double / nullif(count(insights) {all}, 0)' },
    format: 'number',
    direction: 'up',
    source: pick,
  },
];

/** Everything about value. */
export const value: readonly Measure[] = [...recorded, ...priced, ...funnel, ...quality];
