interface Asked {
  /** Columns that say something about the customer. */
  attributes: string[];
  /** Columns that say when: each customer is taken together within each of their values. */
  times: string[];
  /** Conditions on the months. */
  tests: string[];
}

const summed = [
  'price_base',
  'currency_base',
  'due_lines',
  'renewed_lines',
  'on_time_lines',
  'due_base',
  'renewed_base',
  'on_time_base',
];

/**
 * SQL of customers over a span of months, from `marts.fact_account_month`: one row per customer and time asked for,
 * with the recurring amount on the evening before and on the last, and the sums between. A customer's first row in
 * a span has its amount from before wherever there was one, since every month with an amount has a row; the last
 * one likewise. What a customer is (segment, region, owner) is as of that first row, so that nobody moves between
 * the groups of a cohort.
 */
export function accountSpans({ attributes, times, tests }: Asked): string {
  const grouped = ['account_id', ...times].join(', ');
  const first = [...attributes.filter((column) => column !== 'account_id'), 'start_base', 'knows_churn'].map(
    (column) => `arg_min_null(${column}, month_starts_on) as ${column}`,
  );
  const sums = summed.map((column) => `sum(${column}) as ${column}`);
  return `(select ${[grouped, ...first, 'arg_max(end_base, month_starts_on) as end_base', ...sums].join(', ')}
    from marts.fact_account_month
    ${tests.length > 0 ? `where ${tests.join(' and ')}` : ''}
    group by ${grouped})`;
}
