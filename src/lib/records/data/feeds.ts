/** Something that the figures ask of the data: the fields that may say it, and where it is used. */
export interface Feeds {
  what: string;
  /** `table.column`; whichever is known best counts. */
  fields: readonly string[];
  /** What it is used for, in words. */
  feeds: string;
  /** Pages that say more with it, the first most. */
  pages: readonly string[];
  /** 3: without it a page has little to say; 2: a question of it can't be answered; 1: a figure is finer with it. */
  worth: 1 | 2 | 3;
}

const feed = (
  what: string,
  worth: Feeds['worth'],
  fields: string,
  feeds: string,
  ...pages: string[]
): Feeds => ({
  ...{ what, worth, feeds, pages },
  fields: fields.split(' '),
});

/** What the pages ask of the data, by what it is about. A new page that reads another field adds its line. */
export const feeds: readonly Feeds[] = [
  feed(
    'list price',
    3,
    'deal_line.unit_list deal_line.list_amount list_price.unit_list',
    'every discount and its rate',
    '/discounts',
    '/teams',
    '/',
  ),
  feed(
    'what was agreed',
    3,
    'deal_line.net_amount deal_line.unit_net deal_line.discount_percent deal.amount',
    'every amount',
    '/',
    '/deals',
  ),
  feed('close date', 3, 'deal.closed_on', 'the quarter that everything counts in', '/', '/forecast'),
  feed(
    'owner of the deal',
    3,
    'deal.owner_id',
    'who is compared with whom, and who owns what',
    '/teams',
    '/ownership',
  ),
  feed(
    'whether it was won',
    3,
    'deal.is_won deal.stage',
    'which deals count, and win rates',
    '/',
    '/forecast',
  ),
  feed(
    'customer of the deal',
    3,
    'deal.account_id',
    'retention, motions, ownership',
    '/motions',
    '/ownership',
  ),
  feed('manager', 2, 'person_assignment.manager_id', 'managers and their teams', '/teams', '/coaching'),
  feed(
    'region of the owner',
    2,
    'person_assignment.region',
    'comparisons with the own region',
    '/discounts',
    '/teams',
  ),
  feed(
    'segment of the customer',
    2,
    'account.segment',
    'discounts at like customers',
    '/discounts',
    '/teams',
  ),
  feed(
    'product',
    2,
    'deal_line.product_id',
    'product families, cross-sells, what recurs',
    '/discounts',
    '/motions',
  ),
  feed('product family', 1, 'product.family', 'discounts by family', '/discounts'),
  feed(
    'deal type',
    2,
    'deal_line.deal_type deal.type',
    'new business, renewals, upsells, cross-sells',
    '/motions',
    '/discounts',
  ),
  feed(
    'kind of discount',
    2,
    'deal_line.discount_kind',
    'what was given at discretion, apart from programmes',
    '/discounts',
    '/teams',
  ),
  feed('reason for the discount', 1, 'deal_line.discount_reason', 'what reasons are given', '/discounts'),
  feed('creation date', 2, 'deal.created_on', 'cycle length, and pipeline as it was', '/forecast', '/teams'),
  feed(
    'term of a subscription',
    2,
    'deal_line.term_months deal_line.subscription_id',
    'what recurs, renewals due, retention',
    '/motions',
  ),
  feed('start of service', 1, 'deal_line.service_from', 'from when a line recurs', '/motions'),
  feed(
    'forecast category',
    2,
    'deal.forecast_category deal_snapshot.forecast_category',
    'the forecast from deals',
    '/forecast',
  ),
  feed(
    'history of deals',
    3,
    'deal_snapshot.deal_id deal_event.deal_id',
    'forecasts as they stood, slips and pushes',
    '/forecast',
  ),
  feed('submitted forecasts', 2, 'forecast_submission.amount', 'who forecasts how well', '/forecast'),
  feed('quotas', 2, 'quota.amount', 'attainment', '/teams'),
  feed(
    'roles at customers',
    2,
    'account_role.person_id',
    'one owner, and who sold against who keeps',
    '/ownership',
  ),
  feed('touches on deals', 1, 'deal_touch.touched', 'who handled a deal', '/ownership'),
  feed(
    'approvals',
    2,
    'price_exception.approved_rate price_exception.decision',
    'discounts over the limit, with and without approval',
    '/discounts',
    '/maturity',
  ),
  feed(
    'invoices',
    3,
    'invoice_line.invoice_line_id invoice_line.invoice_id',
    'what was billed against what was sold',
    '/leakage',
    '/discounts',
  ),
  feed(
    'contracts of the lines sold',
    1,
    'subscription.deal_line_id deal_line.subscription_id',
    'bills matched by id and not by likeness',
    '/leakage',
  ),
  feed('payments', 1, 'payment.amount', 'what has come in of what was billed', '/leakage'),
  feed('offers', 1, 'quote_line.net_amount', 'what was offered against what was booked', '/leakage'),
  feed(
    'who allowed a credit',
    1,
    'credit_note_line.approved_by',
    'credits for price that nobody approved',
    '/leakage',
  ),
  feed(
    'credits after the bill',
    1,
    'credit_note_line.amount',
    'price given away after the sale',
    '/discounts',
    '/leakage',
  ),
  feed('exchange rates', 2, 'fx_rate.rate_to_base', 'amounts in several currencies', '/', '/motions'),
  feed('coaching sessions', 3, 'coaching_session.rep_id', 'whether coaching pays', '/coaching'),
  feed(
    'worth to the customer',
    3,
    'value_assessment.value_amount value_assessment.deal_id',
    'price against value',
    '/value',
  ),
  feed(
    'findings of value',
    1,
    'value_finding.finding_id value_finding.person_id',
    'who finds value, and for whom',
    '/value',
  ),
  feed('budgets for discounts', 1, 'discount_budget.amount', 'what is left to give', '/discounts'),
  feed(
    'answers on how you work',
    2,
    'assessment_answer.level',
    'the maturity profile where figures end',
    '/maturity',
  ),
  feed(
    'cost of what is sold',
    1,
    'deal_line.unit_cost list_price.unit_cost',
    'margin beside discount',
    '/discounts',
  ),
  feed(
    'partner',
    1,
    'deal.partner_id deal.channel',
    'what partners sell, and at what discount',
    '/discounts',
  ),
];
