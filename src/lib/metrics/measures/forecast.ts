import type { FactId, Measure } from '../definition.ts';

/** Of the forecast that deals make: answered by person where that is enough, else deal by deal. */
const ofDeals = (sql: string): Partial<Record<FactId, string>> => ({
  forecast_week: sql.replace(/\{all(?: and )?/g, (found) =>
    found.endsWith('and ') ? "{all and source = 'deals' and " : "{all and source = 'deals'",
  ),
  forecast_deal: sql,
});

const atTheRate = 'In the reporting currency, at the rate in force when it was frozen.';
const standard = 'Four weeks before the end of the quarter, unless weeks_before says otherwise.';

const sum = (id: string, label: string, column: string, definition: string): Measure => ({
  id,
  label,
  definition: `${definition} ${standard} ${atTheRate}`,
  sql: ofDeals(`sum(${column}) {all}`),
  format: 'money',
  direction: 'none',
});

const bias = (column: string) =>
  `((sum(${column} - actual_base) {all and is_over})::double / nullif(sum(actual_base) {all and is_over}, 0))`;

/** Standard error of ln(F ÷ A), with deals as the sample: residuals of a ratio (Cochran 1977, 6.4), over F. */
function logError(column: string): string {
  const over = '{all and is_over}';
  const product = (a: string, b: string) => `(sum(${a}::double * ${b}::double) ${over})`;
  const ratio = `((sum(${column}) ${over})::double / nullif(sum(actual_base) ${over}, 0))`;
  const squares = `(${product(column, column)} - 2 * ${ratio} * ${product(column, 'actual_base')} + ${ratio} * ${ratio} * ${product('actual_base', 'actual_base')})`;
  return `sqrt(greatest(${squares}, 0)) / nullif((sum(${column}) ${over})::double, 0)`;
}

const larger = (column: string) => `greatest(${column}, actual_base)::double`;

const errors = (id: string, label: string, column: string): Measure[] => [
  {
    id: `${id}_log_error`,
    label: `Error of the ${label} forecast’s bias`,
    definition:
      'Standard error of ln(forecast ÷ actual), with deals as the sample; for intervals and comparisons.',
    sql: { forecast_deal: logError(column) },
    format: 'number',
    direction: 'none',
    source: 'Cochran 1977, section 6.4; Hedges, Gurevitch & Curtis 1999',
  },
  {
    id: `${id}_effective_deals`,
    label: `Effective deals of the ${label} forecast`,
    definition: 'Deals of equal size that would say as much about the forecast: (Σ size)² ÷ Σ size².',
    sql: {
      forecast_deal: `((sum(${larger(column)}) {all and is_over}) * (sum(${larger(column)}) {all and is_over})
        / nullif(sum(${larger(column)} * ${larger(column)}) {all and is_over}, 0))`,
    },
    format: 'number',
    direction: 'none',
    source: 'Kish 1965',
  },
  {
    id: `${id}_deals`,
    label: `Deals in the ${label} forecast or won`,
    definition: `Deals that the forecast counted on or that were won in the quarter. ${standard}`,
    sql: {
      forecast_deal: `count(distinct deal_id) {all and is_over and (${column} <> 0 or actual_base <> 0)}`,
    },
    format: 'count',
    direction: 'none',
  },
];

/** What was forecast for a quarter at a fixed lead time, and what was won. */
export const forecast: readonly Measure[] = [
  sum(
    'forecast_commit',
    'Forecast (commit)',
    'commit_base',
    'Won to date in the quarter, and open in commit with a close date in it, as deals stood then.',
  ),
  sum(
    'forecast_best_case',
    'Forecast (best case)',
    'best_case_base',
    'Won to date in the quarter, and open in best case or surer with a close date in it, as deals stood then.',
  ),
  {
    id: 'forecast_actual',
    label: 'Won in the quarter forecast',
    definition:
      'What was won in the quarters that are over; deals count where their owner stood at the close.',
    sql: ofDeals('sum(actual_base) {all and is_over}'),
    format: 'money',
    direction: 'up',
  },
  {
    id: 'forecast_bias',
    label: 'Forecast bias (commit)',
    definition: `Σ(forecast − actual) ÷ Σ actual over quarters that are over: above zero is too high. ${standard}`,
    sql: ofDeals(bias('commit_base')),
    format: 'rate',
    direction: 'none',
  },
  {
    id: 'forecast_bias_best_case',
    label: 'Forecast bias (best case)',
    definition: `Σ(forecast − actual) ÷ Σ actual over quarters that are over: above zero is too high. ${standard}`,
    sql: ofDeals(bias('best_case_base')),
    format: 'rate',
    direction: 'none',
  },
  {
    id: 'forecast_won_to_date',
    label: 'Won to date',
    definition: `Won in the quarter when the forecast was frozen. ${standard}`,
    sql: { forecast_deal: "sum(commit_base) {all and stood = 'won'}" },
    format: 'money',
    direction: 'none',
  },
  ...errors('forecast_commit', 'commit', 'commit_base'),
  ...errors('forecast_best_case', 'best case', 'best_case_base'),
  {
    id: 'forecast_submitted',
    label: 'Forecast submitted (commit)',
    definition: `What people submitted by the end of the day, of those whom nobody above them submitted for. ${standard}`,
    sql: { forecast_week: 'sum(submitted_commit_base) {all and submitted_counts}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'forecast_submitted_best_case',
    label: 'Forecast submitted (best case)',
    definition: `What people submitted as best case by the end of the day. ${standard}`,
    sql: { forecast_week: 'sum(submitted_best_case_base) {all and submitted_counts}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'forecast_submitted_actual',
    label: 'Won by those submitted for',
    definition: 'What was won by everyone that the submitted forecasts cover, in quarters that are over.',
    sql: { forecast_week: 'sum(submitted_actual_base) {all and submitted_counts and is_over}' },
    format: 'money',
    direction: 'up',
  },
  {
    id: 'forecast_submitted_bias',
    label: 'Bias of submitted forecasts',
    definition: `Σ(submitted − actual) ÷ Σ actual over quarters that are over: above zero is too high. ${standard}`,
    sql: {
      forecast_week: `((sum(submitted_commit_base - submitted_actual_base) {all and submitted_counts and is_over})::double
        / nullif(sum(submitted_actual_base) {all and submitted_counts and is_over}, 0))`,
    },
    format: 'rate',
    direction: 'none',
  },
  {
    id: 'bridge_amount',
    label: 'Amount in the bridge from forecast to actual',
    definition: `What deals add to or take from the way from the forecast to what was won, by bar; forecast and all other bars come to actual. Of the commit forecast, unless forecast says otherwise. ${standard}`,
    sql: { forecast_bridge: 'sum(amount_base) {all}' },
    format: 'money',
    direction: 'none',
  },
  {
    id: 'bridge_deals',
    label: 'Deals in the bridge from forecast to actual',
    definition: `Deals behind a bar of the bridge. ${standard}`,
    sql: { forecast_bridge: 'count(distinct deal_id) {all}' },
    format: 'count',
    direction: 'none',
  },
];
