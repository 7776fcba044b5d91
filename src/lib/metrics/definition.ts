export type FactId =
  | 'deal'
  | 'deal_line'
  | 'deal_part'
  | 'invoice_line'
  | 'concession'
  | 'credit'
  | 'bill'
  | 'quoted_deal'
  | 'budget'
  | 'quota'
  | 'rep_month'
  | 'account_month'
  | 'expense'
  | 'income'
  | 'deal_touch'
  | 'meeting'
  | 'consumption_deal'
  | 'account_owner_span'
  | 'influence_span'
  | 'handling'
  | 'forecast_week'
  | 'forecast_deal'
  | 'forecast_bridge'
  | 'deal_week'
  | 'deal_value'
  | 'value_assessment'
  | 'selling_quality'
  | 'over_limit'
  | 'exception'
  | 'billing_match'
  | 'customer_deal'
  | 'restatement'
  | 'finding';

export type Format = 'text' | 'date' | 'money' | 'rate' | 'points' | 'count' | 'number' | 'days' | 'boolean';

export interface Fact {
  id: FactId;
  /** Table of the published file. */
  table: string;
  oneRowIs: string;
  /** The date that a period applies to. */
  date: string;
  /** Conditions by dimension that hold where a request neither filters nor groups by it. */
  standard?: Record<string, string>;
}

export interface Measure {
  id: string;
  label: string;
  /** In words, for the dictionary, tooltips and exports. */
  definition: string;
  /**
   * SQL aggregate per fact. `{won}` and its like stand for the filter of that population and the period;
   * `{discount}`, `{list}`, `{net}`, `{uplift}`, `{cost}`, `{given}` for the column in the chosen rate set.
   */
  sql: Partial<Record<FactId, string>>;
  format: Format;
  /** Counts deals: answered from deals even where a dimension is told line by line. */
  countsDeals?: boolean;
  /** Which way is better for the company. */
  direction: 'up' | 'down' | 'none';
  /** Where the method or the figure comes from, if not from us. */
  source?: string;
}

export interface Dimension {
  id: string;
  label: string;
  definition: string;
  type: 'text' | 'date' | 'number' | 'boolean';
  /** SQL over each fact's columns. */
  sql: Partial<Record<FactId, string>>;
  /** The same as things stand today, where that differs. */
  today?: Partial<Record<FactId, string>>;
  /** Only for filters: it would count a row more than once. */
  filterOnly?: boolean;
  /** Told line by line: amounts are summed over lines, since a deal may have lines of several kinds. */
  byLine?: boolean;
  /** Says which deals are counted, so that filtering by it lifts the measures' own choice. */
  decidesPopulation?: boolean;
}
