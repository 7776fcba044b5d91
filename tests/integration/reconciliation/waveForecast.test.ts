import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { ask, askHere, loadedOnce, type AnswerRow } from './asking.ts';
import { outsideData } from './outsideData.ts';
import { differences, toTheCent, type Figures } from './reconcile.ts';

const wave = outsideData('salesforce_wave_demo');

const quarterOf = ({ q }: Figures) => `${String(q).slice(0, 4)}-Q${(Number(String(q).slice(5, 7)) + 2) / 3}`;

describe.skipIf(!wave.isThere)('forecasts of the Salesforce Wave demo org', () => {
  let out: string;
  let warehouse: Warehouse;
  beforeAll(async () => {
    ({ out } = await loadedOnce('salesforce_wave_demo'));
    warehouse = await openWarehouse(out);
  });
  afterAll(() => warehouse?.close());

  /** The quarters that the history covers whole: what stood before it began is not known. */
  const known = (block: string) =>
    wave
      .expected(block)
      .filter((row) => row.best_case !== null)
      .map((row) => ({ ...row, q: quarterOf(row) }));

  /** Open deals due in the quarter on its first day, by category and quarter, as the command answers. */
  const onDayOne = async (measures: string): Promise<Map<string, AnswerRow>> => {
    const { rows } = await ask(
      out,
      `measures=${measures}&by=fiscal_quarter,forecast_category&weeks_before=13&is_due=true`,
    );
    return new Map(rows.map((row) => [`${row.fiscal_quarter} ${row.forecast_category}`, row]));
  };

  test('stood on the first day of each quarter as its history says', async () => {
    const amounts = await onDayOne('week_amount,week_deals');
    const of = (category: string, measure: string) => (row: AnswerRow) =>
      (amounts.get(`${row.fiscal_quarter} ${category}`)?.[measure] ?? 0) as number;
    const { rows } = await ask(
      out,
      'measures=forecast_commit,forecast_best_case,forecast_won_to_date,forecast_actual&by=fiscal_quarter&weeks_before=13',
    );
    const closed = rows.filter((row) => Number(row.forecast_actual) > 0);
    // "Forecast" is what Salesforce calls commit in its API: both words are the same category.
    expect(
      differences(closed, known('snapshot_forecast_commit_including_alias_Forecast'), {
        key: { q: 'fiscal_quarter' },
        figures: {
          commit_amt: of('commit', 'week_amount'),
          commit_deals: of('commit', 'week_deals'),
          best_case: of('best_case', 'week_amount'),
          pipeline: of('pipeline', 'week_amount'),
          actual: 'forecast_actual',
          commit_error_pct_of_actual: (row: AnswerRow) => {
            const commit = of('commit', 'week_amount')(row);
            return Math.round((1 - commit / Number(row.forecast_actual)) * 1e6) / 1e4;
          },
        },
        within: toTheCent,
      }),
    ).toEqual([]);
    // The forecast is what was won to date and what stood in commit, and nothing else.
    for (const row of closed)
      expect(
        Number(row.forecast_won_to_date ?? 0) + of('commit', 'week_amount')(row),
        String(row.fiscal_quarter),
      ).toBeCloseTo(Number(row.forecast_commit), 2);
  });

  test('counts every open deal that was due', async () => {
    const { rows } = await ask(out, 'measures=week_deals&by=fiscal_quarter&weeks_before=13&is_due=true');
    const expected = known('snapshot_forecast_at_quarter_start');
    const quarters = new Set(expected.map(({ q }) => q));
    expect(
      differences(
        rows.filter((row) => quarters.has(String(row.fiscal_quarter))),
        expected,
        { key: { q: 'fiscal_quarter' }, figures: { open_deals_due_in_quarter: 'week_deals' } },
      ),
    ).toEqual([]);
  });

  test('bridges every forecast to what was won, manager by manager', async () => {
    for (const weeks of [13, 12, 8, 4, 2, 1]) {
      const { rows } = await askHere(
        warehouse,
        `measures=bridge_amount&by=manager_name,fiscal_quarter,bar&weeks_before=${weeks}`,
      );
      const won = await askHere(warehouse, 'measures=net_amount&by=manager_name,fiscal_quarter');
      const keys = new Set(rows.map((row) => `${row.manager_name} ${row.fiscal_quarter}`));
      expect(keys.size).toBeGreaterThan(20);
      for (const key of keys) {
        const these = rows.filter((row) => `${row.manager_name} ${row.fiscal_quarter}` === key);
        const cents = (test: (bar: string) => boolean) =>
          these
            .filter((row) => test(String(row.bar)))
            .reduce((sum, row) => sum + Math.round(Number(row.bridge_amount) * 100), 0);
        const net = won.rows.find((row) => `${row.manager_name} ${row.fiscal_quarter}` === key);
        expect(
          cents((bar) => bar === 'actual'),
          key,
        ).toBe(Math.round(Number(net?.net_amount ?? 0) * 100));
        expect(
          cents((bar) => bar !== 'actual'),
          key,
        ).toBe(cents((bar) => bar === 'actual'));
      }
    }
  });

  test('finds the deals that were lost and came back', async () => {
    const [expected] = wave.expected('reopened_then_won');
    const [found] = await warehouse.rows<{ opps: number; in_bridge: number }>(`
      with moment as (
        select deal_id, stage, lead(stage) over (partition by deal_id order by happened_at, sequence) as next
        from core.deal_snapshot
      )
      select count(distinct deal_id) filter (deal_id in (select deal_id from core.deal where is_won)) as opps,
        (select count(distinct deal_id) from marts.fact_forecast_bridge where bar = 'reopened') as in_bridge
      from moment where stage = 'Closed Lost' and next is not null`);
    expect(found!.opps).toBe(Number(expected!.opps));
    // Those that came back between two of the fixed lead times were never seen as lost.
    const [seen] = await warehouse.rows<{ n: number }>(`
      with stood as (
        select lead.fiscal_quarter, lead.weeks_before, snapshot.deal_id, snapshot.stage
        from core.lead_time lead
        join core.deal_snapshot snapshot on snapshot.happened_at < lead.instant
        where lead.weeks_before > 0 and lead.has_history
        qualify row_number() over (partition by lead.fiscal_quarter, lead.weeks_before, snapshot.deal_id
          order by snapshot.happened_at desc, snapshot.sequence desc) = 1
      )
      select count(distinct deal_id) as n from stood
      join marts.fact_deal deal using (deal_id, fiscal_quarter)
      where stood.stage = 'Closed Lost' and deal.is_won`);
    expect(found!.in_bridge).toBe(seen!.n);
    expect(seen!.n).toBeGreaterThan(20);
  });

  test('counts how often each deal was put off as its file tells', async () => {
    const number = (row: Record<string, string>) => Number(/\d+$/.exec(row.External_Id__c!)![0]);
    // Rows are numbered from the newest to the oldest; the day alone leaves ties.
    const rows = wave
      .csv('OpportunityHistory.csv')
      .toSorted((a, b) => a.CreatedDate__c!.localeCompare(b.CreatedDate__c!) || number(b) - number(a));
    const last = new Map<string, string>();
    const expected = new Map<string, number>();
    for (const row of rows) {
      const deal = row['Opportunity.External_Id__c']!;
      const day = row.CloseDate__c!;
      const put = last.has(deal) && day > last.get(deal)! && !row.StageName__c!.startsWith('Closed');
      expected.set(deal, (expected.get(deal) ?? 0) + Number(put));
      last.set(deal, day);
    }
    const found = await warehouse.rows<{ deal_id: string; pushes: number }>(
      'select deal_id, pushes from marts.fact_deal where pushes is not null',
    );
    expect(new Map(found.map(({ deal_id, pushes }) => [deal_id, pushes]))).toEqual(expected);
    expect([...expected.values()].filter((pushes) => pushes > 0).length).toBeGreaterThan(50);
  });
});
