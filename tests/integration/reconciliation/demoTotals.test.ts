import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dimensions } from '../../../src/lib/metrics/dimensions.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { ask, askHere, type AnswerRow } from './asking.ts';
import { plainDemo, sumsOf, type PlainSql } from './plainSql.ts';
import { differences, exactly, sum, toTheCent, type Figures } from './reconcile.ts';

const amounts = 'deals,lines,list_amount,net_amount,discount,uplift,unpriced_net';
const nothing = (id: string) => (row: AnswerRow) => row[id] ?? 0;
/** The plain sums' names, and how we call the same. Sums of nothing are nothing on either side. */
const figures = {
  deals: 'deals',
  lines: 'lines',
  list: 'list_amount',
  net: 'net_amount',
  below: nothing('discount'),
  above: nothing('uplift'),
  unpriced: nothing('unpriced_net'),
};
const filled = (rows: Figures[]) =>
  rows.map((row) => ({ ...row, below: row.below ?? 0, above: row.above ?? 0, unpriced: row.unpriced ?? 0 }));

/**
 * Dimensions of deal lines and of deals that are told by a file's own name or filter alone; approval, which is held
 * against the deals that were planted; and what became of customers, which is held against their months below.
 */
const notGroups = ['reports_to', 'source_file', 'approval', 'year_after'];
const byLine = dimensions
  .filter(({ id, sql }) => sql.deal_line && !notGroups.includes(id))
  .map(({ id }) => id);
const byDeal = dimensions.filter(({ id, sql }) => sql.deal && !notGroups.includes(id)).map(({ id }) => id);

describe('the demo company', () => {
  let exports: string;
  let out: string;
  let warehouse: Warehouse;
  let plain: PlainSql;
  let planted: Planted;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    ({ exports, warehouse: out } = demo);
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(exports);
    planted = JSON.parse(readFileSync(join(exports, 'planted.json'), 'utf8')) as Planted;
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });

  const compared = (ours: AnswerRow[], theirs: Figures[], by: string, within = toTheCent) =>
    differences(ours, filled(theirs), { key: by ? { [by]: by } : {}, figures, within });

  test('comes to what plain SQL over its files comes to', async () => {
    const { rows } = await ask(out, `measures=${amounts}`);
    expect(
      compared(rows, await plain.rows(`select ${sumsOf()} from line where is_won`), '', exactly),
    ).toEqual([]);
    const all = await ask(out, `measures=${amounts}&is_closed=true,false`);
    expect(compared(all.rows, await plain.rows(`select ${sumsOf()} from line`), '', exactly)).toEqual([]);
  });

  test('comes to what was planted', async () => {
    const { usd, by_region, by_quarter, by_deal_type, by_currency, deals } = planted.totals;
    const named = (groups: Record<string, object>) =>
      Object.entries(groups).map(([name, sums]) => ({ name, ...sums }) as Figures);
    const told = {
      deals: 'deals',
      lines: 'lines',
      list: 'list_amount',
      discount: 'discount',
      uplift: 'uplift',
      unpriced_net: nothing('unpriced_net'),
      net: (row: AnswerRow) => Number(row.net_amount) - Number(row.unpriced_net ?? 0),
    };
    const check = async (by: string, groups: Record<string, object>) => {
      const { rows } = await askHere(warehouse, `measures=${amounts}&by=${by}`);
      return differences(rows, named(groups), { key: { name: by }, figures: told, within: exactly });
    };
    expect(
      differences((await askHere(warehouse, `measures=${amounts}`)).rows, [{ ...usd }], { figures: told }),
    ).toEqual([]);
    expect(await check('region', by_region)).toEqual([]);
    expect(await check('fiscal_quarter', by_quarter)).toEqual([]);
    expect(await check('deal_type', by_deal_type)).toEqual([]);
    const own = await warehouse.rows(`select currency, count(distinct deal_id) as deals, count(*) as lines,
        sum(list_amount) as list_amount, sum(net_amount) as net_amount, sum(discount) as discount, sum(uplift) as uplift,
        sum(net_amount) filter (list_amount is null) as unpriced_net
      from marts.fact_deal_line where is_won group by currency`);
    expect(differences(own, named(by_currency), { key: { name: 'currency' }, figures: told })).toEqual([]);
    const [counted] = (await askHere(warehouse, 'measures=won_deals,lost_deals,open_deals')).rows;
    expect(counted).toEqual({ won_deals: deals.won, lost_deals: deals.lost, open_deals: deals.open });
  });

  test.each(byLine)('agrees by %s, to the cent', async (by) => {
    const theirs = await plain.rows(`select ${by}, ${sumsOf()} from motion_line where is_won group by ${by}`);
    const { rows, totals } = await askHere(warehouse, `measures=${amounts}&by=${by}`);
    expect(compared(rows, theirs, by)).toEqual([]);
    for (const id of ['list_amount', 'net_amount', 'discount', 'uplift', 'lines'])
      expect(sum(rows, id), id).toBeCloseTo(Number(totals[id]), 3);
  });

  test.each(byDeal)('counts deals won, lost and open by %s', async (by) => {
    const theirs = await plain.rows(`select ${by}, count(*) filter (is_won) as won,
        count(*) filter (is_closed and not is_won) as lost, count(*) filter (not is_closed) as open,
        count(*) filter (is_won) / nullif(count(*) filter (is_closed), 0) as rate
      from deal group by ${by}`);
    const { rows } = await askHere(warehouse, `measures=won_deals,lost_deals,open_deals,win_rate&by=${by}`);
    expect(
      differences(rows, theirs, {
        key: { [by]: by },
        figures: { won: 'won_deals', lost: 'lost_deals', open: 'open_deals', rate: 'win_rate' },
        within: 1e-9,
      }),
    ).toEqual([]);
  });

  test('tells what became of customers a year after as their months do', async () => {
    const theirs = await warehouse.rows<Figures>(`
      with month as (select account_id, month_starts_on as on_day, end_base > 0 as pays, knows_churn from marts.fact_account_month),
      edge as (select data_on, (select min(on_day) from month where knows_churn) as first_known from meta.build),
      began as (
        select deal.deal_id, deal.discount_base,
          (select min(on_day) from month where pays and month.account_id = deal.account_id
            and date_diff('month', deal.closed_on, on_day) between 0 and 6) as day, deal.account_id
        from marts.fact_deal deal, edge where is_won and closed_on <= edge.data_on
      ),
      told as (
        select began.*, day + interval 15 month <= data_on and day + interval 12 month >= first_known as is_known,
          exists (from month where pays and month.account_id = began.account_id
            and date_diff('month', day, on_day) between 12 and 14) as stayed
        from began, edge
      )
      select case when not coalesce(is_known, false) then 'not known' when stayed then 'stayed' else 'left' end as year_after,
        count(*)::integer as deals, sum(discount_base)::double as below
      from told group by all`);
    const { rows } = await askHere(warehouse, 'measures=deals,discount&by=year_after');
    expect(rows.map(({ year_after }) => year_after).toSorted()).toEqual(['left', 'not known', 'stayed']);
    const key = { year_after: 'year_after' };
    expect(differences(rows, theirs, { key, figures: { deals: 'deals', below: 'discount' } })).toEqual([]);
  });

  test('agrees where two dimensions cross, and where filters narrow', async () => {
    for (const [by, and] of [
      ['region', 'discount_kind'],
      ['manager_id', 'fiscal_quarter'],
      ['product_family', 'segment'],
    ]) {
      const theirs = await plain.rows(
        `select ${by}, ${and}, ${sumsOf()} from motion_line where is_won group by all`,
      );
      const { rows } = await askHere(warehouse, `measures=${amounts}&by=${by},${and}`);
      const key = { [by!]: by!, [and!]: and! };
      expect(differences(rows, filled(theirs), { key, figures, within: toTheCent }), `${by}, ${and}`).toEqual(
        [],
      );
    }
    const narrow = `is_won and region <> 'West' and discount_kind in ('discretionary', 'channel')
      and closed_on >= '2025-03-10' and closed_on <= '2026-06-30'`;
    const { rows } = await ask(
      out,
      `measures=${amounts}&by=rep_id&region!=West&discount_kind=discretionary,channel&closed_on=2025-03-10..2026-06-30`,
    );
    const theirs = await plain.rows(`select rep_id, ${sumsOf()} from line where ${narrow} group by rep_id`);
    expect(compared(rows, theirs, 'rep_id')).toEqual([]);
  });

  test('compares with the days that the comparison means', async () => {
    const spans: [string, string, string][] = [
      ['period=2027-Q2&compare=previous', "'2026-05-01' and '2026-07-31'", "'2026-02-01' and '2026-04-30'"],
      ['period=2027-Q2&compare=year_ago', "'2026-05-01' and '2026-07-31'", "'2025-05-01' and '2025-07-31'"],
      ['period=2026&compare=previous', "'2025-02-01' and '2026-01-31'", "'2024-02-01' and '2025-01-31'"],
      [
        'period=2026-03-01..2026-03-31&compare=previous',
        "'2026-03-01' and '2026-03-31'",
        "'2026-01-29' and '2026-02-28'",
      ],
      [
        'period=2026-M01&compare=2024-06-10..2024-06-20',
        "'2025-02-01' and '2025-02-28'",
        "'2024-06-10' and '2024-06-20'",
      ],
    ];
    for (const [asked, now, before] of spans) {
      const theirs = await plain.rows(`select region,
          coalesce(sum(list - net) filter (own_list > own_net and closed_on between ${now}), 0) as now,
          coalesce(sum(list - net) filter (own_list > own_net and closed_on between ${before}), 0) as before
        from line where is_won and (closed_on between ${now} or closed_on between ${before}) group by region`);
      const { rows } = await askHere(warehouse, `measures=discount&by=region&${asked}`);
      const ours = {
        now: nothing('discount'),
        before: nothing('discount_before'),
      };
      expect(
        differences(rows, theirs, { key: { region: 'region' }, figures: ours, within: toTheCent }),
        asked,
      ).toEqual([]);
      for (const row of rows.filter((each) => each.discount !== null && each.discount_before !== null))
        expect(Number(row.discount_change)).toBeCloseTo(
          Number(row.discount) - Number(row.discount_before),
          3,
        );
    }
  });

  test('agrees at the actual rates of the close', async () => {
    for (const by of ['region', 'currency', 'fiscal_month', 'product_id']) {
      const theirs = await plain.rows(
        `select ${by}, ${sumsOf('_actual')} from line where is_won group by ${by}`,
      );
      const { rows } = await askHere(
        warehouse,
        `measures=deals,lines,list_amount,net_amount,discount,uplift&by=${by}&rates=actual`,
      );
      const { unpriced: _, ...known } = figures;
      expect(
        differences(rows, filled(theirs), { key: { [by]: by }, figures: known, within: toTheCent }),
        by,
      ).toEqual([]);
    }
  });

  test.each(['product_family', 'region'])('agrees on cost and margin by %s', async (by) => {
    const theirs = await plain.rows(`select ${by}, sum(cost) as cost, sum(net - cost) as margin,
        sum(net) filter (cost is not null) / sum(net) as known
      from line where is_won group by ${by}`);
    const { rows } = await askHere(warehouse, `measures=cost_amount,gross_margin,cost_coverage&by=${by}`);
    const ours = { cost: 'cost_amount', margin: 'gross_margin', known: 'cost_coverage' };
    expect(differences(rows, theirs, { key: { [by]: by }, figures: ours, within: toTheCent })).toEqual([]);
  });

  test.each(['product_family', 'region'])('agrees on what exchange rates moved by %s', async (by) => {
    const theirs = await plain.rows(
      `select ${by}, sum(net_actual - net) as net from line where is_won and currency <> 'USD' group by ${by}`,
    );
    const { rows } = await askHere(warehouse, `measures=net_variance&by=${by}`);
    expect(theirs.filter(({ net }) => Number(net) !== 0).length).toBeGreaterThan(1);
    expect(
      differences(
        rows,
        theirs.filter(({ net }) => net !== null),
        {
          ...{ key: { [by]: by }, figures: { net: 'net_variance' } },
          within: toTheCent,
        },
      ),
    ).toEqual([]);
  });

  test('moves amounts between people, never in or out, by the hierarchy of today', async () => {
    const [whole] = (await askHere(warehouse, `measures=${amounts}`)).rows;
    let moved = 0;
    for (const by of ['region', 'team', 'manager_id', 'segment']) {
      const theirs = await plain.rows(
        `select ${by === 'segment' ? by : `${by}_today as ${by}`}, ${sumsOf()} from line where is_won group by all`,
      );
      const today = await askHere(warehouse, `measures=${amounts}&by=${by}&hierarchy=today`);
      expect(compared(today.rows, theirs, by), by).toEqual([]);
      const closed = await askHere(warehouse, `measures=${amounts}&by=${by}`);
      expect(today.totals).toEqual(closed.totals);
      expect({ ...today.totals, [by]: undefined }).toEqual({ ...whole, [by]: undefined });
      if (JSON.stringify(today.rows) !== JSON.stringify(closed.rows)) moved++;
    }
    expect(moved).toBeGreaterThan(0);
  });

  test('adds everyone below a manager as of the close, at every level', async () => {
    const chain = `with recursive above as (
        select deal_id, rep_id as person, closed_on from deal
        union
        select above.deal_id, place.manager_id, above.closed_on
        from above join person_assignment place on place.person_id = above.person
          and (place.valid_from is null or place.valid_from::date <= above.closed_on)
          and (place.valid_to is null or place.valid_to::date > above.closed_on)
        where place.manager_id is not null
      )
      select above.person as manager_id, ${sumsOf()} from line join (select deal_id as id, person from above) above
        on above.id = line.deal_id where is_won group by above.person`;
    const theirs = (await plain.rows(chain)).filter((row) => Number(row.deals) > 40);
    expect(theirs.length).toBeGreaterThan(12);
    const ours = await Promise.all(
      theirs.map(async ({ manager_id }) => ({
        manager_id,
        ...(await askHere(warehouse, `measures=${amounts}&reports_to=${String(manager_id)}`)).rows[0],
      })),
    );
    expect(compared(ours as AnswerRow[], theirs, 'manager_id')).toEqual([]);
    const top = theirs.toSorted((a, b) => Number(b.deals) - Number(a.deals))[0]!;
    expect(Number(top.deals)).toBe(planted.totals.usd.deals);
  });
});
