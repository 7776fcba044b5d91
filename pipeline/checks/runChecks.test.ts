import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { modelled, type Given, type Modelled } from '../models/modelled.fixture.ts';
import { checks, keepCheckResults, runChecks } from './runChecks.ts';

const healthy: Given = {
  person: [
    { person_id: 'ann', name: 'Ann' },
    { person_id: 'bea', name: 'Bea' },
  ],
  person_assignment: [{ person_id: 'ann', region: 'East', valid_from: '2025-01-01' }],
  account: [{ account_id: 'acme', name: 'Acme' }],
  account_role: [{ account_id: 'acme', person_id: 'ann', role: 'owner', valid_from: '2025-01-01' }],
  product: [{ product_id: 'p', name: 'P' }],
  list_price: [{ product_id: 'p', unit_list: 10, valid_from: '2025-01-01' }],
  deal: [
    {
      deal_id: 'd',
      account_id: 'acme',
      owner_id: 'ann',
      type: 'new',
      closed_on: '2026-05-04',
      is_closed: true,
      is_won: true,
      amount: 8,
    },
    { deal_id: 'open', owner_id: 'ann', closed_on: '2027-01-04', is_closed: false, amount: 5 },
  ],
  deal_line: [{ deal_line_id: 'l', deal_id: 'd', product_id: 'p', quantity: 1, net_amount: 8 }],
  deal_line_period: [
    {
      deal_line_id: 'l',
      period_start: '2026-05-04',
      period_end: '2027-05-04',
      list_amount: 10,
      net_amount: 8,
    },
  ],
  deal_snapshot: [
    {
      deal_id: 'd',
      happened_at: '2026-03-02',
      stage: 'Offer',
      amount: 9,
      closed_on: '2026-05-29',
      forecast_category: 'Commit',
    },
  ],
  deal_team: [
    { deal_id: 'd', person_id: 'ann', role: 'owner', split_share: 60, is_revenue_split: true },
    { deal_id: 'd', person_id: 'bea', role: 'helper', split_share: 40, is_revenue_split: true },
  ],
  deal_influence: [
    { deal_id: 'd', influence: 'tco', person_id: 'ann', role: 'presales', valid_from: '2026-05-02' },
  ],
  invoice: [{ invoice_id: 'i', account_id: 'acme', deal_id: 'd', issued_on: '2026-05-05', currency: 'USD' }],
  invoice_line: [{ invoice_line_id: 'il', invoice_id: 'i', list_amount: 10, discount_amount: 2 }],
  credit_note_line: [{ credit_note_id: 'c', invoice_id: 'i', amount: 1, reason: 'error' }],
  subscription: [
    { subscription_id: 's', account_id: 'acme', started_on: '2026-05-10', quantity: 1, monthly_net: 5 },
  ],
};

const add = (table: string, columns: string, values: string) =>
  `insert into raw.${table}_row (source_file_id, source_line, ${columns}) values ('2026-11-16', 99, ${values})`;

/** What breaks each check, and it in the first place. */
const damage: Record<string, string> = {
  account_month_is_one_row: 'insert into marts.fact_account_month from marts.fact_account_month limit 1',
  account_months_add_up: 'update marts.fact_account_month set price_base = price_base + 0.0001',
  account_role_spans_do_not_overlap: `insert into core.account_role (account_id, person_id, role, valid_from)
    values ('acme', 'ann', 'owner', date '2026-01-01')`,
  billed_of_matches_equals_bills: `update marts.fact_billing_match set billed_amount = billed_amount + 0.01
    where invoice_line_id = 'il'`,
  billed_of_facts_equals_sources: 'update marts.fact_invoice_line set net_amount = net_amount + 0.01',
  bills_add_up: 'update marts.fact_bill set net_amount = net_amount + 0.01',
  discount_adds_up: 'update core.line_at_close set discount = discount + 0.0001',
  influence_spans_cover_each_deal: `update marts.fact_influence_span set span_from = span_from + 1 where influence = 'tco'`,
  forecast_actuals_equal_won: `delete from marts.fact_forecast_deal where weeks_before = 4`,
  forecast_bridges_add_up: `update marts.fact_forecast_deal set commit_changed_base = commit_changed_base + 0.01
    where weeks_before = 8`,
  list_prices_do_not_overlap: add(
    'list_price',
    'product_id, unit_list, valid_from',
    `'p', 11, date '2026-01-01'`,
  ),
  money_in_equals_money_out: `insert into raw.source_file_table values ('2026-11-16', 0, 'deal', 1, 1, 0, 0, 'Amount', 8.01, 8, 0, 0)`,
  no_sold_or_billed_line_lost_or_doubled: `insert into marts.fact_billing_match
    from marts.fact_billing_match where invoice_line_id = 'il'`,
  sold_of_matches_equals_won: `update marts.fact_billing_match set sold_amount = sold_amount - 0.01
    where deal_line_id = 'l' and invoice_line_id is not null`,
  net_of_facts_equals_sources: 'update core.line_at_close set net_amount = net_amount - 0.01',
  no_deal_line_lost_or_doubled: `delete from core.line_at_close where deal_line_id = 'l'`,
  no_deal_lost_or_doubled: 'insert into marts.fact_deal from marts.fact_deal limit 1',
  no_invoice_line_lost_or_doubled: 'insert into marts.fact_invoice_line from marts.fact_invoice_line',
  quoted_deals_are_one_row: `insert into marts.fact_quoted_deal (deal_id) values ('d'), ('d')`,
  rep_months_add_up: 'update marts.fact_rep_month set won = won + 1 where won > 0',
  owner_spans_cover_each_life:
    'delete from marts.fact_account_owner_span where span_from = (select min(span_from) from marts.fact_account_owner_span)',
  findings_are_one_row: `insert into marts.fact_finding (finding_id) values ('f'), ('f')`,
  restatements_are_one_row: `insert into marts.fact_restatement (deal_line_id) values ('l'), ('l')`,
  rows_in_equal_rows_out: 'update raw.source_file set rows_in = 1',
  accounts_not_known: `update raw.deal_row set account_id = 'nobody' where deal_id = 'd'`,
  contracts_without_amount: `update core.recurring_contract set amount = null`,
  amounts_differ_from_lines: `update raw.deal_row set amount = 10 where deal_id = 'd'`,
  bills_differ_from_lines: `update raw.invoice_row set subtotal = 8.01`,
  bills_without_lines: add('invoice', 'invoice_id, total', `'bare', 12`),
  credits_with_tax: `update core.credit_note_line set includes_tax = true`,
  currencies_without_a_rate: `update core.line_at_close set base_rate = null`,
  deal_types_without_a_meaning: `update raw.deal_row set type = 'odd'`,
  deals_that_may_be_open_or_lost: 'update raw.deal_row set is_won = false, is_closed = null',
  deals_that_may_be_won_or_not: 'update raw.deal_row set is_won = null',
  deals_that_vanished: `insert into latest.vanished (table_name, key, vanished_on) values ('deal', 'd', date '2026-11-20')`,
  open_deals_not_exported: `insert into latest.export_day (table_name, recognised_as, exported_on, taken_as)
    values ('deal', 'given', date '2026-11-20', 'part')`,
  lines_told_twice: `
    insert into raw.source_file select * replace ('twice' as source_file_id, 'another' as recognised_as)
      from raw.source_file limit 1;
    insert into raw.source_file_table select * replace ('twice' as source_file_id)
      from raw.source_file_table where table_name = 'deal_line';
    insert into latest.export select * replace ('twice' as source_file_id) from latest.export limit 1;
    insert into raw.deal_line_row (source_file_id, source_line, deal_line_id, deal_id) values ('twice', 2, 'l2', 'd')`,
  lines_without_their_deal: add('deal_line', 'deal_line_id, deal_id', `'stray', 'gone'`),
  owners_not_known: `update raw.deal_row set owner_id = 'x9'`,
  products_not_known: `update raw.deal_line_row set product_id = 'x9'`,
  periods_differ_from_their_line: `update core.line_period set net_amount = net_amount + 0.02`,
  reporting_currency_has_other_rates: add('fx_rate', 'currency, rate_to_base', `'USD', 0.9`),
  revenue_splits_add_up: `update raw.deal_team_row set split_share = 30 where role = 'helper'`,
  two_owners_at_once: `insert into core.account_role (account_id, person_id, role, valid_from)
    values ('acme', 'bea', 'owner', date '2026-01-01')`,
  two_places_at_once: add(
    'person_assignment',
    'person_id, region, valid_from',
    `'ann', 'West', date '2026-01-01'`,
  ),
  final_outcomes_that_lead_on: `insert into core.value_place (outcome_id, is_final, leads_on) values ('t', true, true)`,
  selling_words_without_a_meaning: `update raw.deal_row set rfp_engagement = 'perhaps' where deal_id = 'd'`,
  values_are_what_their_outcomes_say: `insert into marts.fact_deal_value (deal_id, value_source, value_base)
    values ('d', 'outcomes', 1)`,
  won_deals_without_a_close_date: `update raw.deal_row set closed_on = null where is_won`,
};

describe('the checks', () => {
  let warehouse: Modelled;
  beforeAll(async () => {
    warehouse = await modelled(healthy, '', undefined, { layers: ['core', 'marts'] });
  });
  beforeEach(async () => void (await warehouse.connection.run('begin')));
  afterEach(async () => void (await warehouse.connection.run('rollback')));
  const failing = async () =>
    (await runChecks([warehouse.connection])).filter((check) => !check.passed).map((check) => check.id);

  it('hold on a healthy warehouse, blocking ones first, and are kept in it', async () => {
    expect(await failing()).toEqual([]);
    const results = await runChecks([warehouse.connection]);
    expect(results.map((check) => check.severity).sort()).toEqual(results.map((check) => check.severity));
    await keepCheckResults(warehouse.connection, results);
    const kept = await warehouse.rows('select id, passed from meta.check_result');
    expect(kept).toEqual(checks.map(({ id }) => ({ id, passed: true })));
  });

  it('are all tried here', () => {
    expect(Object.keys(damage).sort()).toEqual(checks.map((check) => check.id).sort());
  });

  it.each(Object.entries(damage))('notice: %s', async (id, sql) => {
    await warehouse.connection.run(sql);
    const results = await runChecks([warehouse.connection]);
    const found = results.find((check) => check.id === id)!;
    expect(found.passed).toBe(false);
    expect(found.rows.length).toBeGreaterThan(0);
    expect(found.detail).toMatch(/rows? breaks? it$/);
    expect(found.what).toMatch(/^[A-Z].*\.$/);
  });
});
