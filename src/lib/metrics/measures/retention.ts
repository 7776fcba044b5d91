import type { Measure } from '../definition.ts';

/** Customers who paid when the span began: nobody joins a closed cohort later. */
const cohort = '{all and start_base > 0}';
const stayed = '{all and start_base > 0 and end_base <> 0}';
const rest = 'end_base - start_base - price_base - currency_base';

/** Nobody is known to have left before the first ending on record: retention before it would be too good. */
const known = (sql: string) =>
  `case when bool_and(knows_churn) ${cohort} then (${sql}) / nullif(sum(start_base) ${cohort}, 0)::double end`;

/**
 * Standard error of Σ kept ÷ Σ start with customers as the sample. Rounded, since sums of floats differ by the order
 * in which they happen to be added.
 */
const errorOf = (kept: string) => {
  const sum = (of: string) => `sum((${of})::double) ${cohort}`;
  const ratio = `(${sum(kept)} / nullif(${sum('start_base')}, 0))`;
  return known(`round(sqrt(greatest(0, sum(pow((${kept})::double, 2)) ${cohort}
      - 2 * ${ratio} * sum((${kept})::double * start_base::double) ${cohort}
      + pow(${ratio}, 2) * sum(pow(start_base::double, 2)) ${cohort})
    * (count(*) ${cohort})::double / nullif((count(*) ${cohort}) - 1, 0)), 6)`);
};
const grossKept = (end: string) => `greatest(least(${end}, start_base), 0)`;

/** What is paid at the end had exchange rates left alone what stood; who left is not affected by them. */
const steadyEnd = 'if(end_base = 0, 0, end_base - currency_base)';

const money = (
  id: string,
  label: string,
  definition: string,
  sql: string,
  more: Partial<Measure> = {},
): Measure => ({
  ...{ id, label, definition, sql: { account_month: sql } },
  ...{ format: 'money', direction: 'up' },
  ...more,
});
const number = (id: string, label: string, definition: string, sql: string): Measure => ({
  ...{ id, label, definition, sql: { account_month: sql } },
  ...{ format: 'count', direction: 'none' },
});
const share = (id: string, label: string, definition: string, sql: string): Measure => ({
  ...{ id, label, definition, sql: { account_month: sql } },
  ...{ format: 'rate', direction: 'up' },
});

/** What recurs, and what becomes of it: over a span, of the customers who paid when it began. */
export const retention: readonly Measure[] = [
  money(
    'recurring_start',
    'Recurring at the start',
    'Recurring amount a month on the evening before the span, recomputed from contracts; annual amounts by twelfths, at the plan rate of that day.',
    'sum(start_base) {all}',
  ),
  money(
    'recurring_end',
    'Recurring at the end',
    'Recurring amount a month on the last evening of the span. Start, new and the parts of the change add up to it.',
    'sum(end_base) {all}',
  ),
  money(
    'recurring_new',
    'New recurring',
    'Recurring amount at the end of customers who paid nothing when the span began: new ones, and some who came back.',
    'sum(end_base) {all and start_base = 0}',
  ),
  money(
    'recurring_expansion',
    'Expansion',
    'What customers who stayed pay more at the end, price and exchange rates left out; taken over the whole customer.',
    `sum(greatest(${rest}, 0)) ${stayed}`,
  ),
  money(
    'recurring_contraction',
    'Contraction',
    'What customers who stayed pay less at the end, price and exchange rates left out; a negative amount.',
    `sum(least(${rest}, 0)) ${stayed}`,
  ),
  money(
    'recurring_churn',
    'Churn',
    'What customers paid at the start who pay nothing at the end; a negative amount.',
    'sum(-start_base) {all and start_base > 0 and end_base = 0}',
  ),
  money(
    'recurring_price',
    'Price',
    'What customers who stayed pay more or less for the same quantity of what they renewed, at the quantity after.',
    `sum(price_base) ${stayed}`,
  ),
  money(
    'recurring_currency',
    'Exchange rates',
    'What the same amounts in their own currencies became worth more or less, of customers who stayed.',
    `sum(currency_base) ${stayed}`,
    { direction: 'none' },
  ),
  share(
    'gross_retention',
    'Gross retention (GRR)',
    'Σ of the lesser of end and start, customer by customer, ÷ Σ start: growth of one customer never makes up for loss of another, so it is at most 100%.',
    known(`sum(${grossKept('end_base')}) ${cohort}`),
  ),
  share(
    'net_retention',
    'Net retention (NRR)',
    'Recurring amount at the end ÷ at the start, of customers who paid at the start; 1 + expansion, contraction, churn, price and exchange rates, each ÷ start.',
    known(`sum(end_base) ${cohort}`),
  ),
  share(
    'gross_retention_steady',
    'Gross retention (GRR), exchange rates left out',
    'As gross retention, with what exchange rates did to amounts that stood taken off the end: a dearer currency hides no loss.',
    known(`sum(${grossKept(steadyEnd)}) ${cohort}`),
  ),
  share(
    'net_retention_steady',
    'Net retention (NRR), exchange rates left out',
    '1 + expansion, contraction, churn and price, each ÷ start, of customers who paid at the start.',
    known(`sum(${steadyEnd}) ${cohort}`),
  ),
  money(
    'recurring_change',
    'Change of recurring',
    'Recurring amount at the end less at the start, of customers who paid at the start.',
    `sum(end_base - start_base) ${cohort}`,
  ),
  ...(
    [
      ['gross_retention', 'gross retention', grossKept('end_base')],
      ['net_retention', 'net retention', 'end_base'],
      ['gross_retention_steady', 'gross retention, exchange rates left out', grossKept(steadyEnd)],
      ['net_retention_steady', 'net retention, exchange rates left out', steadyEnd],
    ] as const
  ).map(([id, name, kept]): Measure => ({
    ...share(
      `${id}_error`,
      `Standard error of ${name}`,
      'How far it would move if other customers of the same kind had been there.',
      errorOf(kept),
    ),
    direction: 'none',
    source: 'Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4: variance of a ratio estimate',
  })),
  share(
    'logo_retention',
    'Customers kept',
    'Customers who paid at the start and still pay at the end ÷ customers who paid at the start.',
    `case when bool_and(knows_churn) ${cohort}
      then (count(*) ${stayed})::double / nullif(count(*) ${cohort}, 0) end`,
  ),
  number(
    'customers_start',
    'Customers at the start',
    'Customers with a recurring amount when the span began.',
    `count(*) ${cohort}`,
  ),
  number(
    'customers_end',
    'Customers at the end',
    'Customers with a recurring amount at the end of the span.',
    'count(*) {all and end_base > 0}',
  ),
  number(
    'customers_kept',
    'Customers who stayed',
    'Customers who paid at the start and still pay at the end.',
    `count(*) ${stayed}`,
  ),
  number(
    'contracts_due',
    'Contract lines due',
    'Recurring lines whose renewal came due in the span. Contracts over several years that are not due stay out, and so do lines that ended before.',
    'sum(due_lines) {all}',
  ),
  number(
    'contracts_renewed',
    'Contract lines renewed',
    'Of the lines due, those that another one renews.',
    'sum(renewed_lines) {all}',
  ),
  number(
    'contracts_on_time',
    'Renewed on time',
    'Of the lines due, those whose renewal was signed on the due day or before; where no deal says when, the day it begins counts.',
    'sum(on_time_lines) {all}',
  ),
  money(
    'amount_due',
    'Amount due',
    'Recurring amount a month of the lines that came due.',
    'sum(due_base) {all}',
  ),
  money(
    'amount_renewed',
    'Amount renewed',
    'Recurring amount a month of the renewals of lines that came due, each up to the amount due.',
    'sum(renewed_base) {all}',
  ),
  share(
    'renewal_rate',
    'Renewal rate',
    'Lines renewed ÷ lines due.',
    '(sum(renewed_lines) {all})::double / nullif(sum(due_lines) {all}, 0)',
  ),
  share(
    'renewal_rate_by_amount',
    'Renewal rate by amount',
    'Amount renewed ÷ amount due; what a renewal adds is expansion or price, so it is at most 100%.',
    '(sum(renewed_base) {all})::double / nullif(sum(due_base) {all}, 0)::double',
  ),
  share(
    'on_time_renewal_rate',
    'On-time renewal rate',
    'Lines whose renewal was signed on the due day or before ÷ lines due.',
    '(sum(on_time_lines) {all})::double / nullif(sum(due_lines) {all}, 0)',
  ),
];
