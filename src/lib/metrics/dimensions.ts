import type { Dimension, FactId } from './definition.ts';

const sales = ['deal', 'deal_line'] as const;
const billing = ['deal', 'deal_line', 'invoice_line'] as const;
const withConcessions = [...billing, 'concession'] as const;
const lines = ['deal_line'] as const;
/** Facts of forecasts deal by deal, and with them those by person; places are those of then, or of the close. */
const forecastDeals = ['forecast_deal', 'forecast_bridge', 'deal_week'] as const;
const forecasts = [...forecastDeals, 'forecast_week'] as const;
/** Facts of what deals are worth to the customer and how well they were sold. */
const valued = ['deal_value', 'value_assessment', 'selling_quality'] as const;
/** Facts of who owns and handles, and of value: of deals, and of customers too. */
const handledDeals = ['influence_span', 'handling', ...valued] as const;
/** Facts of single deals' steps, meetings and commitments. */
const dealings = ['deal_touch', 'meeting', 'consumption_deal'] as const;
const owned = [...handledDeals, 'account_owner_span', 'account_month', ...dealings] as const;

/** The same column on each of these facts. */
const column = (name: string, facts: readonly FactId[]) =>
  Object.fromEntries(facts.map((fact) => [fact, name]));

function text(id: string, label: string, definition: string, facts: readonly FactId[]): Dimension {
  return { id, label, definition, type: 'text', sql: column(id, facts) };
}

/** What is known of the whole deal, told of its lines. */
const ofDeal = (name: string, table: string) =>
  `(select any_value(${name}) from (select deal_id as of_deal, ${name} from ${table}) where of_deal = deal_id)`;

/** A name that the deal has and its forecasts, which are many a deal, do without. */
const withNames = (dimension: Dimension): Dimension => ({
  ...dimension,
  sql: { ...dimension.sql, forecast_deal: ofDeal(dimension.id, 'marts.fact_deal') },
});

/** How the deal was sold. */
const selling = (id: string, label: string, definition: string): Dimension => ({
  ...{ id, label, definition, type: 'text' },
  sql: { deal: id, deal_line: ofDeal(id, 'core.deal_selling') },
});

export const dimensions: readonly Dimension[] = [
  {
    ...text(
      'region',
      'Region',
      "The owner's sales region as of the close; the customer's where no one has a region.",
      [...billing, 'quota', 'budget', 'rep_month', ...owned, ...forecasts],
    ),
    today: column('region_today', [...sales, ...handledDeals]),
  },
  {
    ...text('team', 'Team', "The owner's team as of the close.", [
      ...sales,
      'quota',
      'rep_month',
      ...handledDeals,
      ...forecasts,
    ]),
    today: column('team_today', sales),
  },
  {
    ...text('rep_id', 'Rep (id)', 'The person accountable for the deal on its close date.', [
      ...billing,
      'quota',
      'rep_month',
      ...owned,
      ...forecasts,
    ]),
    today: column('rep_id_today', sales),
  },
  {
    ...text('rep_name', 'Rep', 'Name of the person accountable for the deal on its close date.', [
      ...billing,
      'quota',
      'rep_month',
      ...owned,
      ...forecasts,
    ]),
    today: column('rep_name_today', sales),
  },
  {
    ...text('manager_id', 'Manager (id)', "The owner's manager as of the close.", [
      ...sales,
      'quota',
      'rep_month',
      ...handledDeals,
      ...forecasts,
    ]),
    today: column('manager_id_today', sales),
  },
  {
    ...text('manager_name', 'Manager', "Name of the owner's manager as of the close.", [
      ...sales,
      'rep_month',
      ...handledDeals,
      ...forecasts,
    ]),
    today: column('manager_name_today', sales),
  },
  {
    id: 'reports_to',
    label: 'Reports to',
    definition: 'Everyone at or below this person as of the close: the person, their reports, and theirs.',
    type: 'text',
    sql: column(
      `(select list_concat(reports_to, reports_to_names) from core.reporting_line where id = reporting_line_id)`,
      [...sales, ...handledDeals, ...forecasts],
    ),
    filterOnly: true,
  },
  text('account_id', 'Customer (id)', 'The customer.', [...withConcessions, ...owned, ...forecastDeals]),
  withNames(
    text('account_name', 'Customer', 'Name of the customer as of the close.', [
      ...withConcessions,
      ...owned,
      'forecast_bridge',
      'deal_week',
    ]),
  ),
  {
    ...text('segment', 'Segment', "The customer's segment as of the close.", [
      ...withConcessions,
      ...owned,
      ...forecastDeals,
    ]),
    today: column('segment_today', [...sales, ...handledDeals]),
  },
  text('industry', 'Industry', "The customer's industry as of the close.", [...sales, ...owned]),
  text('country', 'Country', "The customer's country as of the close.", [...sales, ...owned]),
  text('account_region', 'Customer region', "The customer's region as of the close.", [
    ...sales,
    ...handledDeals,
  ]),
  text('product_id', 'Product (id)', 'The product sold.', ['deal_line', 'invoice_line']),
  text('product_name', 'Product', 'Name of the product sold.', ['deal_line', 'invoice_line']),
  text('product_family', 'Product family', 'Family of the product sold.', ['deal_line', 'invoice_line']),
  {
    ...text(
      'deal_type',
      'Deal type',
      "New, renewal, upsell or cross-sell; 'mixed' for a deal whose lines differ.",
      [...sales, ...forecastDeals, ...valued],
    ),
    byLine: true,
  },
  text('source_type', 'Deal type in the source', "The source's own word for the deal type.", sales),
  text('motion', 'Motion', "Land, expand, renew or new; 'mixed' for a deal whose lines differ.", [
    ...lines,
    'deal_touch',
    'meeting',
  ]),
  text('step', 'Step', 'Quote, configure, close, book, provision, entitle or credit.', ['deal_touch']),
  text('department', 'Department', 'The department that spent it.', ['expense']),
  text('channel', 'Channel', 'How the deal was sold: direct, partner, …', sales),
  text('partner_id', 'Partner', 'The partner on the deal.', [...sales, 'concession']),
  text(
    'discount_kind',
    'Discount kind',
    'Discretionary, or by programme (channel, volume, promotion), or unknown.',
    lines,
  ),
  text('discount_reason', 'Discount reason', 'The reason given for the discount.', lines),
  {
    id: 'discount_band',
    label: 'Discount band',
    definition: "The line's discount in percent of list, in steps of five.",
    type: 'text',
    sql: {
      deal_line: `case
        when list_amount is null then null
        when discount = 0 then 'none'
        else lpad((floor(discount / list_amount * 20 + 1e-9) * 5)::integer::varchar, 2, '0') || '–' ||
          lpad((floor(discount / list_amount * 20 + 1e-9) * 5 + 5)::integer::varchar, 2, '0') || '%' end`,
    },
  },
  {
    ...text('stage', 'Stage', "The deal's stage in the source; of forecasts, as it stood then.", [
      ...sales,
      ...forecastDeals,
    ]),
    decidesPopulation: true,
  },
  text(
    'forecast_category',
    'Forecast category',
    "The deal's forecast category in the source; of forecasts, as it stood then: commit, most_likely, best_case, pipeline or omitted.",
    [...sales, ...forecastDeals],
  ),
  {
    id: 'weeks_before',
    label: 'Weeks before the end',
    definition:
      "Weeks before the end of the quarter at which the forecast was frozen: 12, 8, 4, 2 or 1; 13 is the quarter's first day. Four where nothing is said.",
    type: 'number',
    sql: column('weeks_before', forecasts),
  },
  text('forecast', 'Forecast', 'Which forecast a bridge begins at: commit or best_case.', [
    'forecast_bridge',
  ]),
  text(
    'bar',
    'Bar',
    'What moved the forecast: lost, slipped, moved_down, removed, changed, transferred, currency, other_category, pulled_in, reopened, bluebird, not_known; forecast and actual are the ends.',
    ['forecast_bridge'],
  ),
  text(
    'became',
    'Became',
    "Of a deal open at the lead time, by the quarter's end: won, lost, slipped, still open or removed.",
    ['deal_week', 'forecast_deal'],
  ),
  text(
    'category_source',
    'Forecast category from',
    "Whether the deal's category then was recorded, or is its stage's.",
    ['deal_week', 'forecast_deal'],
  ),
  {
    id: 'is_due',
    label: 'Due in the quarter',
    definition: 'Whether the close date expected then was in the quarter.',
    type: 'boolean',
    sql: column('is_due', ['deal_week', 'forecast_deal']),
  },
  {
    id: 'probability',
    label: 'Stated probability',
    definition: 'The chance to win that the source states, in percent; of forecasts, as it stood then.',
    type: 'number',
    sql: { deal: 'probability', deal_week: 'probability', forecast_deal: 'probability' },
  },
  {
    id: 'pushes',
    label: 'Pushes',
    definition: 'How often the expected close was put off while the deal was open.',
    type: 'number',
    sql: column('pushes', ['deal', 'deal_week']),
  },
  {
    id: 'is_closed',
    label: 'Closed',
    definition: 'Whether the deal is won or lost.',
    type: 'boolean',
    sql: column('is_closed', [...sales, ...handledDeals, 'deal_touch', 'consumption_deal']),
    decidesPopulation: true,
  },
  {
    id: 'is_won',
    label: 'Won',
    definition: 'Whether the deal is won.',
    type: 'boolean',
    sql: column('is_won', [...sales, ...handledDeals, 'deal_touch', 'consumption_deal']),
    decidesPopulation: true,
  },
  {
    id: 'fiscal_year',
    label: 'Fiscal year',
    definition: 'Fiscal year of the close, or of the bill.',
    type: 'number',
    sql: column('fiscal_year', [
      ...forecasts,
      ...withConcessions,
      'quota',
      'budget',
      'rep_month',
      ...owned,
      'expense',
    ]),
  },
  text('fiscal_quarter', 'Fiscal quarter', 'Fiscal quarter of the close, or of the bill.', [
    ...withConcessions,
    'quota',
    'budget',
    'rep_month',
    ...owned,
    'expense',
    ...forecasts,
  ]),
  text('fiscal_month', 'Fiscal month', 'Fiscal month of the close, or of the bill.', [
    ...withConcessions,
    'quota',
    'budget',
    'rep_month',
    'handling',
    ...valued,
    'account_month',
    ...dealings,
    'expense',
  ]),
  {
    id: 'closed_on',
    label: 'Closed on',
    definition: 'Close date; for open deals the expected one.',
    type: 'date',
    sql: column('closed_on', [...sales, 'handling', ...valued]),
  },
  {
    id: 'created_on',
    label: 'Created on',
    definition: 'When the deal was opened.',
    type: 'date',
    sql: column('created_on', sales),
  },
  {
    id: 'period_start',
    label: 'Period start',
    definition: 'First day of the period that a target is for.',
    type: 'date',
    sql: { quota: 'period_start', invoice_line: 'period_start', ...column('period_start', forecasts) },
  },
  { ...text('currency', 'Currency', 'The currency of the line or bill.', billing), byLine: true },
  text('list_source', 'List price from', 'Which list price the line got, and where it came from.', lines),
  text('deal_id', 'Deal (id)', 'The deal.', [...billing, ...handledDeals, ...forecastDeals]),
  withNames(
    text('deal_name', 'Deal', 'Name of the deal.', [
      ...sales,
      ...handledDeals,
      'forecast_bridge',
      'deal_week',
    ]),
  ),
  text('deal_line_id', 'Line (id)', 'The line of the deal.', lines),
  text('price_period', 'Price period', 'What one list price pays for: once, a month or a year.', lines),
  text('original_seller_id', 'Original seller', 'Who first sold the contract.', ['deal']),
  text('lost_reason', 'Lost reason', 'Why the deal was lost.', ['deal']),
  text('discount_code', 'Discount code', 'Coupon or promotion on the bill.', ['invoice_line']),
  text('invoice_id', 'Bill (id)', 'The bill.', ['invoice_line']),
  text('source_file', 'Source file', 'The file the row was read from.', withConcessions),
  text(
    'activity',
    'Activity',
    'What is handled: a renewal, an upsell or a cross-sell; a deal may hold several.',
    ['handling'],
  ),
  text(
    'original_seller',
    'Original seller',
    'Whether who first sold to the customer handled it alone, with others, or was not involved.',
    ['handling'],
  ),
  text('owner_role', "Owner's role", "Role of the deal's owner as of the close.", ['handling']),
  text('owned_by', 'Owned by', 'One owner, none or several; for an influence also one of the wrong role.', [
    'influence_span',
    'account_owner_span',
  ]),
  {
    id: 'is_customer',
    label: 'Customer',
    definition: 'Whether the customer had bought by then; before, it was a prospect.',
    type: 'boolean',
    sql: { account_owner_span: 'is_customer' },
  },
  text('why_none', 'Why no owner', 'The owner left the company, was reassigned, or there never was one.', [
    'account_owner_span',
  ]),
  {
    id: 'owned_since',
    label: 'Owned since',
    definition: 'First day of the unbroken stretch with the same owners, or without one.',
    type: 'date',
    sql: { account_owner_span: 'owned_since' },
  },
  {
    id: 'owner_names',
    label: 'Owners',
    definition: 'Names of all owners over the span, in one text.',
    type: 'text',
    sql: { account_owner_span: "nullif(array_to_string(owner_names, ' and '), '')" },
  },
  {
    id: 'owners_before',
    label: 'Owners before',
    definition: 'Names of those who owned the customer last before, in one text.',
    type: 'text',
    sql: { account_owner_span: "array_to_string(names_before, ' and ')" },
  },
  text('influence', 'Influence', 'The buying-decision influence: tco, value_proposition, …', [
    'influence_span',
  ]),
  text('required_role', 'Required role', 'Who has to own the influence at the stage of that day.', [
    'influence_span',
  ]),
  {
    id: 'organisation_stage',
    label: 'Organisation stage',
    definition:
      'Product-Market Fit (1), Go-to-Market Fit (2), Ecosystem Fit (3), Solution Package (4), as configured for that day.',
    type: 'number',
    sql: { influence_span: 'stage' },
  },
  {
    id: 'value_evidence',
    label: 'Evidence of value',
    definition:
      "Best evidence of the deal's value when it closed: customer_confirmed, rep_estimated, not said, none, or after the close where it was recorded only then; of an assessment its own.",
    type: 'text',
    sql: {
      ...column('value_evidence', ['deal', 'deal_value', 'value_assessment']),
      deal_line: `coalesce(${ofDeal('value_evidence', 'core.deal_value')}, 'none')`,
    },
  },
  {
    id: 'has_value',
    label: 'Value recorded',
    definition: 'Whether a value to the customer above zero is recorded of the deal.',
    type: 'boolean',
    sql: {
      ...column('coalesce(value_base > 0, false)', ['deal', 'deal_value']),
      deal_line: `coalesce(${ofDeal('value_base', 'core.deal_value')} > 0, false)`,
    },
  },
  {
    id: 'has_commitment',
    label: 'Consumption deal',
    definition: 'Whether the deal tells what was committed, or what is expected beyond it.',
    type: 'boolean',
    sql: {
      ...column('deal_id in (select deal_id from marts.fact_consumption_deal)', ['deal', 'deal_line']),
      consumption_deal: 'true',
    },
  },
  text('outcome_id', 'Outcome (id)', 'The outcome of the value network.', ['value_assessment']),
  text('outcome_name', 'Outcome', 'What the outcome is called.', ['value_assessment']),
  text('persona', 'Persona', 'To whom the outcome is worth that much.', ['value_assessment']),
  {
    id: 'is_above_value',
    label: 'Priced above value',
    definition: 'Whether the price is above the value recorded.',
    type: 'boolean',
    sql: { deal_value: 'is_above_value' },
  },
  selling(
    'rfp_engagement',
    'Request for proposal',
    'How early we were in it: unknown before it came, known_without_content, content_known, shaped; nothing where there was none or nobody says.',
  ),
  selling('selling_model', 'Selling model', 'How it was sold: trusted_expert or divide_and_optimize.'),
  selling('purchase', 'Purchase', 'What the purchase is to the buyer: new or risky, or familiar and safe.'),
  selling('model_fit', 'Fit of the selling model', 'Whether the selling model fits the purchase.'),
];
