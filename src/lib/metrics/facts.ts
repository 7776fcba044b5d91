import type { Fact, FactId } from './definition.ts';

/** Lead times are never added up: four weeks before the quarter's end, unless others are asked for. */
const fourWeeks = { weeks_before: 'weeks_before = 4' };

/** In the order in which a measure prefers them: the smaller table first. */
export const facts: Record<FactId, Fact> = {
  deal: { id: 'deal', table: 'marts.fact_deal', oneRowIs: 'a deal', date: 'closed_on' },
  deal_line: {
    id: 'deal_line',
    table: 'marts.fact_deal_line',
    oneRowIs: 'a line of a deal',
    date: 'closed_on',
  },
  deal_part: {
    id: 'deal_part',
    table: 'marts.fact_deal_line',
    oneRowIs: 'a deal as far as its lines fit what is asked for',
    date: 'closed_on',
  },
  invoice_line: {
    id: 'invoice_line',
    table: 'marts.fact_invoice_line',
    oneRowIs: 'a line of a bill',
    date: 'issued_on',
  },
  bill: { id: 'bill', table: 'marts.fact_bill', oneRowIs: 'a bill', date: 'issued_on' },
  quoted_deal: {
    id: 'quoted_deal',
    table: 'marts.fact_quoted_deal',
    oneRowIs: 'a deal whose offer is known',
    date: 'closed_on',
  },
  concession: {
    id: 'concession',
    table: 'marts.fact_concession',
    oneRowIs: 'a price given back outside of the invoice',
    date: 'given_on',
  },
  credit: {
    id: 'credit',
    table: 'marts.fact_concession',
    oneRowIs: 'a credit on a bill, or a bill that was paid late',
    date: 'given_on',
  },
  budget: {
    id: 'budget',
    table: 'marts.fact_budget',
    oneRowIs: 'what discounts may cost in a period and region',
    date: 'period_start',
  },
  quota: {
    id: 'quota',
    table: 'marts.fact_quota',
    oneRowIs: 'a target of a person for a period',
    date: 'period_start',
  },
  account_month: {
    id: 'account_month',
    table: 'marts.fact_account_month',
    oneRowIs: 'a customer over the months asked for',
    date: 'month_starts_on',
  },
  expense: {
    id: 'expense',
    table: 'marts.fact_expense',
    oneRowIs: 'what a department spent in a period',
    date: 'period_start',
  },
  income: {
    id: 'income',
    table: 'marts.fact_income',
    oneRowIs: 'a period of the income statement',
    date: 'period_start',
  },
  deal_touch: {
    id: 'deal_touch',
    table: 'marts.fact_deal_touch',
    oneRowIs: 'a step of a deal',
    date: 'closed_on',
  },
  meeting: { id: 'meeting', table: 'marts.fact_meeting', oneRowIs: 'a sales meeting', date: 'held_on' },
  consumption_deal: {
    id: 'consumption_deal',
    table: 'marts.fact_consumption_deal',
    oneRowIs: 'a deal with a commitment to consume',
    date: 'closed_on',
  },
  rep_month: {
    id: 'rep_month',
    table: 'marts.fact_rep_month',
    oneRowIs: 'a rep in a month',
    date: 'month_start',
  },
  account_owner_span: {
    id: 'account_owner_span',
    table: 'marts.fact_account_owner_span',
    oneRowIs: 'a customer over a span with the same owners',
    date: 'span_from',
  },
  influence_span: {
    id: 'influence_span',
    table: 'marts.fact_influence_span',
    oneRowIs: 'an influence on an open deal over a span with the same owners',
    date: 'span_from',
  },
  handling: {
    id: 'handling',
    table: 'marts.fact_handling',
    oneRowIs: 'a renewal, upsell or cross-sell of a deal',
    date: 'closed_on',
  },
  forecast_week: {
    id: 'forecast_week',
    table: 'marts.fact_forecast_week',
    oneRowIs: 'a forecast of a person for a quarter at a lead time',
    date: 'period_start',
    standard: fourWeeks,
  },
  forecast_deal: {
    id: 'forecast_deal',
    table: 'marts.fact_forecast_deal',
    oneRowIs: 'a deal in the forecast of a quarter at a lead time, or in what was won of it',
    date: 'period_start',
    standard: fourWeeks,
  },
  forecast_bridge: {
    id: 'forecast_bridge',
    table: 'marts.fact_forecast_bridge',
    oneRowIs: 'what a deal does to a bar of the bridge from a forecast to what was won',
    date: 'period_start',
    standard: { ...fourWeeks, forecast: "forecast = 'commit'" },
  },
  deal_week: {
    id: 'deal_week',
    table: 'marts.fact_deal_week',
    oneRowIs: 'a deal that was open at a lead time of a quarter',
    date: 'period_start',
    standard: fourWeeks,
  },
  deal_value: {
    id: 'deal_value',
    table: 'marts.fact_deal_value',
    oneRowIs: 'a deal with a recorded value to the customer',
    date: 'closed_on',
  },
  value_assessment: {
    id: 'value_assessment',
    table: 'marts.fact_value_assessment',
    oneRowIs: 'what an outcome is worth to a persona on a deal',
    date: 'closed_on',
  },
  selling_quality: {
    id: 'selling_quality',
    table: 'marts.fact_selling_quality',
    oneRowIs: 'a deal of which the quality of selling is recorded',
    date: 'closed_on',
  },
  over_limit: {
    id: 'over_limit',
    table: 'marts.fact_over_limit',
    oneRowIs: 'a deal over what its seller may grant alone',
    date: 'closed_on',
  },
  exception: {
    id: 'exception',
    table: 'marts.fact_exception',
    oneRowIs: 'a request to sell below what the seller may grant',
    date: 'requested_on',
  },
  billing_match: {
    id: 'billing_match',
    table: 'marts.fact_billing_match',
    oneRowIs: 'a part of a sold line and the billed line that bills it',
    date: 'happened_on',
  },
  customer_deal: {
    id: 'customer_deal',
    table: 'marts.fact_customer_deal',
    oneRowIs: "a won deal in its customer's path of deals",
    date: 'closed_on',
  },
  restatement: {
    id: 'restatement',
    table: 'marts.fact_restatement',
    oneRowIs: 'a line of which a later export changed a quarter that was over',
    date: 'exported_on',
  },
  finding: {
    id: 'finding',
    table: 'marts.fact_finding',
    oneRowIs: 'something to act on',
    date: 'happened_on',
  },
};

/**
 * SQL of an amount at the rate of the close, rounded to four decimals. DuckDB multiplies decimals of more than 18 digits
 * many times slower than those of 18, and most rates have four decimals and most amounts fit.
 */
export const atActualRate = (column: string) => `case
  when actual_rate::decimal(18, 4) = actual_rate and abs(${column}::double * actual_rate::double) < 9e9
    then (${column} * actual_rate::decimal(18, 4))::decimal(18, 4)
  else (${column}::decimal(38, 4) * actual_rate)::decimal(18, 4)
end`;

/** What `{discount}` and its like mean on a fact in a rate set. */
export function amountColumn(fact: FactId, name: string, rates: 'plan' | 'actual'): string {
  if (name === 'given') return rates === 'actual' ? 'amount_actual' : 'amount_base';
  if ((fact === 'handling' || fact === 'bill') && rates === 'actual') return `${name}_actual`;
  const column = fact === 'invoice_line' && name === 'discount' ? 'discount_amount' : name;
  if ((fact === 'deal_line' || fact === 'invoice_line') && rates === 'actual') return atActualRate(column);
  return `${column}_base`;
}

const dealColumns = ['deal_id', 'is_won', 'is_closed', 'created_on', 'closed_on'];
const summed = ['list_amount', 'net_amount', 'discount', 'uplift', 'cost_amount'];

/**
 * SQL of deals as far as their lines fit: one row per deal and group, and one per deal for the total, so that
 * a deal whose lines fall into several groups is still one deal of all. Keys are columns of the lines; those that
 * stand `always` are the same for all lines of a deal.
 */
export function dealParts(lines: string, keys: string[], always: string[], rates: 'plan' | 'actual'): string {
  const sums = summed.map((name) => `sum(${amountColumn('deal_line', name, rates)}) as ${name}_base`);
  const deal = [...dealColumns, ...always].join(', ');
  const sets = keys.length > 0 ? `grouping sets ((${[...keys, deal].join(', ')}), (${deal}))` : deal;
  const isTotal = keys.length > 0 ? `grouping(${keys[0]}) = 1` : 'true';
  return `(select ${[...keys, deal, `${isTotal} as is_total`, ...sums].join(', ')} from ${lines} group by ${sets})`;
}
