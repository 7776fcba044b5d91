import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReport } from '../../../pipeline/build.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { ask, askHere, loadedOnce, type AnswerRow } from './asking.ts';
import { expectEveryRow, outsideData } from './outsideData.ts';
import { differences, percentOf, sum, type Figures } from './reconcile.ts';

const wave = outsideData('salesforce_wave_demo');

const counts = 'won_deals,lost_deals,open_deals,win_rate';
const deals = {
  n: (row: AnswerRow) => Number(row.won_deals) + Number(row.lost_deals) + Number(row.open_deals),
  won: 'won_deals',
  lost: 'lost_deals',
  won_amount: 'net_amount',
  win_rate_pct: percentOf('win_rate'),
};
const lines = { list_value: 'list_amount', discount_money: 'discount' };
/** All deals, whatever became of them. */
const whatever = 'is_closed=true,false';

describe.skipIf(!wave.isThere)('Salesforce Wave demo org', () => {
  let out: string;
  let report: BuildReport;
  let warehouse: Warehouse;
  beforeAll(async () => {
    ({ out, report } = await loadedOnce('salesforce_wave_demo'));
    warehouse = await openWarehouse(out);
  });
  afterAll(() => warehouse?.close());
  const won = (rows: AnswerRow[]) => rows.filter((row) => Number(row.won_deals) > 0);

  test('loses no row', async () => {
    const tables = ['Account', 'Opportunity', 'OpportunityHistory', 'OpportunityLineItem', 'PricebookEntry'];
    expectEveryRow(
      report,
      wave,
      [...tables, 'Product2', 'Quota', 'User'].map((name) => `${name}.csv`),
    );
    const [found] = await warehouse.rows(`select
      (select count(*) from core.deal) as opps, (select count(distinct deal_id) from marts.fact_deal) as opp_ids,
      (select count(*) from core.deal_snapshot) as history, (select count(*) from core.deal_line) as lines,
      (select count(*) from core.account) as accounts, (select count(*) from core.person) as users,
      (select count(*) from marts.fact_quota) as quota_rows,
      (select count(*) from core.deal anti join core.person on person_id = owner_id) as opps_with_unknown_owner,
      (select count(*) from core.deal anti join core.account using (account_id)) as opps_with_unknown_account,
      (select count(*) from core.deal_snapshot anti join core.deal using (deal_id)) as history_orphans,
      (select count(*) from core.deal anti join core.deal_snapshot using (deal_id)) as opps_without_history,
      (select count(*) from core.deal_line anti join core.deal using (deal_id)) as line_orphans,
      (select count(*) from core.person_assignment where manager_id is null) as users_without_manager`);
    const expected = wave.expected('rowcounts_and_integrity');
    const figures = Object.fromEntries(Object.keys(expected[0]!).map((name) => [name, name]));
    expect(differences([found as Figures], expected, { figures })).toEqual([]);
  });

  test('agrees by stage and forecast category', async () => {
    const request = `measures=deals,net_amount&by=stage,forecast_category&${whatever}`;
    const { rows } = await ask(out, request);
    const days = await askHere(warehouse, `${request.replace('&by=', '&by=closed_on,')}`);
    const closed = (row: AnswerRow) =>
      days.rows
        .filter((day) => day.stage === row.stage && day.forecast_category === row.forecast_category)
        .map((day) => String(day.closed_on))
        .sort();
    expect(
      differences(rows, wave.expected('by_stage'), {
        key: { stage: 'stage', fc: 'forecast_category' },
        figures: {
          n: 'deals',
          amount: 'net_amount',
          min_close: (row: AnswerRow) => closed(row)[0],
          max_close: (row: AnswerRow) => closed(row).at(-1),
        },
      }),
    ).toEqual([]);
  });

  test('agrees by type: won, lost, win rate', async () => {
    const { rows } = await ask(out, `measures=net_amount,${counts}&by=source_type`);
    const key = { otype: 'source_type' };
    expect(differences(rows, wave.expected('by_type_ownership_mix'), { key, figures: deals })).toEqual([]);
  });

  test('agrees by owner, and by owner and type', async () => {
    const owners = await ask(out, `measures=net_amount,${counts}&by=rep_id,rep_name,team`);
    const key = { uid: 'rep_id', uname: 'rep_name', urole: 'team' };
    expect(differences(owners.rows, wave.expected('by_owner'), { key, figures: deals })).toEqual([]);
    const types = await askHere(warehouse, `measures=net_amount,won_deals&by=rep_id,rep_name,source_type`);
    const { won: won_, won_amount } = deals;
    expect(
      differences(won(types.rows), wave.expected('by_owner_and_type_won_amount'), {
        key: { uid: 'rep_id', uname: 'rep_name', otype: 'source_type' },
        figures: { won: won_, won_amount },
      }),
    ).toEqual([]);
  });

  test('agrees by manager, quarter and year of close', async () => {
    const figures = { won: 'won_deals', won_amount: 'net_amount' };
    const managers = await ask(out, 'measures=net_amount,won_deals&by=manager_name');
    expect(
      differences(managers.rows, wave.expected('by_manager'), { key: { manager: 'manager_name' }, figures }),
    ).toEqual([]);
    const quarters = await ask(out, 'measures=net_amount,won_deals&by=fiscal_quarter');
    const quarterOf = ({ q }: Figures) =>
      `${String(q).slice(0, 4)}-Q${(Number(String(q).slice(5, 7)) + 2) / 3}`;
    const expected = wave.expected('won_by_close_quarter').map((row) => ({ ...row, q: quarterOf(row) }));
    expect(differences(won(quarters.rows), expected, { key: { q: 'fiscal_quarter' }, figures })).toEqual([]);
  });

  test('agrees line by line with the price book', async () => {
    const { rows } = await ask(out, `measures=lines,list_amount,net_amount,discount,uplift&${whatever}`);
    const each = await askHere(warehouse, `measures=discount,uplift&by=deal_line_id&${whatever}`);
    const lineCount = (measure: string) => each.rows.filter((row) => Number(row[measure]) > 0).length;
    expect(
      differences(rows, wave.expected('line_items_vs_list'), {
        figures: {
          n_lines: 'lines',
          list_value: 'list_amount',
          total_price: 'net_amount',
          net_discount: 'discount',
          below_list: 'discount',
          above_list: 'uplift',
          n_below: () => lineCount('discount'),
          n_above: () => lineCount('uplift'),
        },
      }),
    ).toEqual([]);
    const [{ equal, differ } = {}] = wave.expected('line_total_equals_opportunity_amount');
    const [amounts] = await warehouse.rows(`select
      count(*) filter (amount = net_amount)::varchar as equal, count(*) filter (amount <> net_amount)::varchar as differ
      from marts.fact_deal`);
    expect(amounts).toEqual({ equal, differ });
  });

  test.each([
    ['line_items_vs_list_won_only_by_product', { product: 'product_name', family: 'product_family' }],
    ['product_discount_by_owner_won', { uid: 'rep_id' }],
    ['product_discount_by_type_won', { otype: 'source_type' }],
  ])('agrees %s', async (block, key: Record<string, string>) => {
    const by = Object.values(key).join(',');
    const { rows } = await ask(out, `measures=lines,list_amount,net_amount,discount&by=${by}`);
    const all = {
      ...lines,
      n_lines: 'lines',
      sold: 'net_amount',
      total_price: 'net_amount',
      net_discount: 'discount',
    };
    const given = Object.keys(wave.expected(block)[0]!);
    const figures = Object.fromEntries(Object.entries(all).filter(([name]) => given.includes(name)));
    expect(Object.keys(figures).length).toBeGreaterThan(2);
    expect(differences(rows, wave.expected(block), { key, figures })).toEqual([]);
  });

  test('agrees on quotas by person and year, and what they came to', async () => {
    const { rows } = await ask(out, 'measures=quota&by=rep_id,rep_name,period_start');
    const people = [...new Set(rows.map((row) => row.rep_id))].map((id) => {
      const months = rows.filter((row) => row.rep_id === id);
      const starts = months.map((row) => String(row.period_start)).sort();
      const { rep_name: name } = months[0]!;
      return {
        id,
        name,
        n: months.length,
        first: starts[0],
        last: starts.at(-1),
        quota: sum(months, 'quota'),
      };
    });
    expect(
      differences(people, wave.expected('quota_by_user'), {
        key: { uid: 'id', name_in_user_file: 'name' },
        figures: { n: 'n', first_month: 'first', last_month: 'last', quota: 'quota' },
      }),
    ).toEqual([]);
    const years = await askHere(warehouse, 'measures=quota&by=fiscal_year');
    const n = (row: AnswerRow) =>
      rows.filter((each) => String(each.period_start).startsWith(`${row.fiscal_year}`)).length;
    expect(
      differences(years.rows, wave.expected('quota_total_by_year'), {
        key: { y: 'fiscal_year' },
        figures: { n, quota: 'quota' },
      }),
    ).toEqual([]);
    const both = await ask(out, 'measures=quota,net_amount&by=rep_id&period=2016');
    expect(
      differences(both.rows, wave.expected('quota_attainment_by_user_2016'), {
        key: { uid: 'rep_id' },
        figures: {
          quota: 'quota',
          won_amount: 'net_amount',
          attainment_pct: (row: AnswerRow) =>
            Math.round((Number(row.net_amount) / Number(row.quota)) * 1e6) / 1e4,
        },
      }),
    ).toEqual([]);
  });

  test('knows whose account it is, and what came before', async () => {
    const owners = await warehouse.rows(`select deal.type, count(*) as n,
        count(*) filter (deal.owner_id <> role.person_id) as owner_differs
      from core.deal join core.account_role role on role.account_id = deal.account_id and role.role = 'owner'
      group by deal.type`);
    expect(
      differences(owners, wave.expected('owner_differs_from_account_owner'), {
        key: { otype: 'type' },
        figures: { n: 'n', owner_differs: 'owner_differs' },
      }),
    ).toEqual([]);
    const last = await warehouse.rows(`select count(*) as n,
        count(*) filter (last.stage = deal.stage) as same_stage, count(*) filter (last.amount = deal.amount) as same_amount,
        count(*) filter (last.closed_on = deal.closed_on) as same_close_date
      from core.deal join (
        from core.deal_snapshot
        qualify row_number() over (partition by deal_id order by happened_at desc, sequence desc) = 1
      ) last using (deal_id)`);
    const expected = wave.expected('history_last_row_equals_opportunity');
    const figures = Object.fromEntries(Object.keys(expected[0]!).map((name) => [name, name]));
    expect(differences(last, expected, { figures })).toEqual([]);
  });
});
