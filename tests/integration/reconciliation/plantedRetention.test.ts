import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { retainedOf, retentionMeasures } from '../../../src/lib/questions/motions/retention.ts';
import { bootstrapInterval } from '../../../src/lib/statistics/bootstrap.ts';
import { everything } from '../../../src/lib/access/scope.ts';
import { customerSubscriptions } from '../../../src/lib/records/customer/facts.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere } from './asking.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';
import { differences, toTheCent, type Figures } from './reconcile.ts';

/** Quarters of the demo company's calendar from its first ending on, by the day after their last. */
const quarters = [
  ['2025-Q2', '2024-05-01', '2024-08-01'],
  ['2025-Q4', '2024-11-01', '2025-02-01'],
  ['2026-Q1', '2025-02-01', '2025-05-01'],
  ['2026-Q3', '2025-08-01', '2025-11-01'],
  ['2027-Q1', '2026-02-01', '2026-05-01'],
  ['2027-Q3', '2026-08-01', '2026-11-01'],
] as const;

describe('the demo company’s contracts', () => {
  let warehouse: Warehouse;
  let plain: PlainSql;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(demo.exports);
    await plain.rows(`
      create table contract as
      select s.id, coalesce(paying.account_id, s.customer) as account_id, upper(s.currency) as currency,
        (timezone('UTC', to_timestamp(s.start_date::bigint)))::date as starts,
        coalesce((timezone('UTC', to_timestamp(s.ended_at::bigint)))::date, date '9999-12-31') as ends,
        (timezone('UTC', to_timestamp(s.current_period_end::bigint)))::date as due,
        round(s.unit_amount::double / 100 * s.quantity::double
          * (1 - coalesce(s.discount_coupon_percent_off::double, 0) / 100)
          / case s.interval when 'year' then 12 else 1 end, 4) as amount,
        s.metadata_renews_subscription_id as renews, s.metadata_opportunity_line_item_id as line_id
      from subscriptions s left join paying on paying.id = s.customer`);
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });

  /** The plan rate in force on the evening before a day, or the first there is. */
  const rate = (currency: string, day: string) => `case when ${currency} = 'USD' then 1.0 else coalesce(
    (select max_by(rate_to_base, on_date) from fx_rate where rate_set = 'plan' and currency = ${currency} and on_date::date < date '${day}'),
    (select min_by(rate_to_base, on_date) from fx_rate where rate_set = 'plan' and currency = ${currency}))::double end`;
  const paid = (day: string) => `select account_id, sum(amount * ${rate('currency', day)}) as paid
    from contract where starts < date '${day}' and ends >= date '${day}' group by account_id`;

  test('stand on the page of the customer that retention counts them for', async () => {
    const whose = await plain.rows(`
      select contract.account_id as id, string_agg(contract.id, ' ' order by contract.id) as contracts
      from contract where account_id in (
        select paying.account_id from customers join paying using (id) where metadata_account_id is null)
      group by all`);
    expect(whose.length).toBeGreaterThan(10);
    for (const { id, contracts } of whose) {
      const found = await customerSubscriptions(warehouse, String(id), everything);
      expect(
        found
          .map(({ subscription_id: one }) => one)
          .toSorted()
          .join(' '),
      ).toBe(contracts);
    }
  });

  test('are kept, quarter by quarter, as their spans say', async () => {
    for (const [quarter, from, to] of quarters) {
      const theirs = await plain.rows(`
        select sum(coalesce(s.paid, 0)) as start, sum(coalesce(e.paid, 0)) as end,
          count(*) filter (s.paid > 0) as customers, count(*) filter (s.paid > 0 and e.paid > 0) as stayed,
          sum(e.paid) filter (coalesce(s.paid, 0) = 0) as new, -sum(s.paid) filter (coalesce(e.paid, 0) = 0) as churn,
          (sum(least(coalesce(e.paid, 0), s.paid)) filter (s.paid > 0)) / sum(s.paid) as gross,
          (sum(coalesce(e.paid, 0)) filter (s.paid > 0)) / sum(s.paid) as net
        from (${paid(from)}) s full join (${paid(to)}) e using (account_id)`);
      const { rows } = await askHere(
        warehouse,
        `measures=${retentionMeasures.join(',')},recurring_new,recurring_churn&period=${quarter}`,
      );
      const figures = {
        start: 'recurring_start',
        end: 'recurring_end',
        customers: 'customers_start',
        stayed: 'customers_kept',
        new: 'recurring_new',
        churn: 'recurring_churn',
      };
      expect(differences(rows, theirs, { figures, within: toTheCent }), quarter).toEqual([]);
      const rates = { gross: 'gross_retention', net: 'net_retention' };
      expect(differences(rows, theirs, { figures: rates, within: 1e-6 }), quarter).toEqual([]);
    }
  });

  test('are kept as much as without the plan rates of February, customer by customer', async () => {
    const spans = [
      ...quarters,
      ['2026', '2025-02-01', '2026-02-01'],
      ['2025-11-01..2026-10-31', '2025-11-01', '2026-11-01'],
    ];
    // Plan rates change with the fiscal year alone: what stood through February was worth so much more from then on.
    const revalued = (february: string, march: string) => `
      select account_id, sum(amount * (${rate('currency', march)} - ${rate('currency', february)})) as gained
      from contract where starts < date '${february}' and ends >= date '${february}'
        and account_id in (select account_id from (${paid(march)}) where paid > 0) group by account_id`;
    for (const [period, from, to] of spans) {
      const year = Number(from!.slice(0, 4)) + (from!.slice(5) > '02-01' ? 1 : 0);
      const [february, march] = [`${year}-02-01`, `${year}-03-01`];
      const moves = march <= to!;
      const [theirs] = await plain.rows(`
        with customer as (
          select s.paid as start, if(e.paid > 0, e.paid - ${moves ? 'coalesce(gained, 0)' : '0'}, 0) as steady
          from (${paid(from!)}) s left join (${paid(to!)}) e using (account_id)
          left join (${revalued(february, march)}) using (account_id)
          where s.paid > 0)
        select sum(steady) / sum(start) as net, sum(least(steady, start)) / sum(start) as gross from customer`);
      const [ours] = (
        await askHere(
          warehouse,
          `measures=net_retention_steady,gross_retention_steady,net_retention&period=${period}`,
        )
      ).rows;
      const figure = (id: string) => Number(ours![id]);
      expect(figure('net_retention_steady'), period).toBeCloseTo(Number(theirs!.net), 4);
      expect(figure('gross_retention_steady'), period).toBeCloseTo(Number(theirs!.gross), 4);
      if (moves)
        expect(figure('net_retention') - figure('net_retention_steady'), period).not.toBeCloseTo(0, 2);
    }
  });

  test('come due, are renewed and signed in time as their dates say', async () => {
    const theirs = await plain.rows(`
      select year(due + interval 11 month) || '-Q' || quarter(due + interval 11 month) as fiscal_quarter,
        count(*) as due, count(after.renews) as renewed, count(*) filter (after.signed <= due) as on_time
      from contract
      left join (
        select renews, min(coalesce(o.CloseDate::date, starts)) as signed
        from contract left join OpportunityLineItem l on l.Id = line_id left join Opportunity o on o.Id = l.OpportunityId
        where renews is not null group by renews
      ) after on after.renews = contract.id
      where due <= date '2026-11-16' and (ends >= due or after.renews is not null)
      group by all`);
    const { rows } = await askHere(
      warehouse,
      'measures=contracts_due,contracts_renewed,contracts_on_time&by=fiscal_quarter',
    );
    expect(
      differences(
        rows.filter(({ contracts_due: due }) => Number(due) > 0),
        theirs,
        {
          key: { fiscal_quarter: 'fiscal_quarter' },
          figures: { due: 'contracts_due', renewed: 'contracts_renewed', on_time: 'contracts_on_time' },
        },
      ),
    ).toEqual([]);
  });

  test('are renewed dearer as the planted prices say: price is what the same quantity costs more', async () => {
    const [from, to] = ['2026-08-01', '2026-11-01'];
    // Of contracts alone in their chain and currency, renewed within the quarter by customers who stay.
    const [theirs] = await plain.rows(`
      with renewed as (
        select after.account_id, after.amount, before.amount as was, after_s.quantity::double as n, before_s.quantity::double as m, after.currency
        from contract after
        join contract before on before.id = after.renews
        join subscriptions after_s on after_s.id = after.id
        join subscriptions before_s on before_s.id = before.id
        where after.starts >= date '${from}' and after.starts < date '${to}' and after.ends >= date '${to}'
          and before.starts < date '${from}' and before.ends >= date '${from}' and before.ends <= after.starts
      )
      select sum((amount - was * n / m) * ${rate('currency', to)}) as price
      from renewed
      where account_id in (select account_id from (${paid(from)})) and account_id in (select account_id from (${paid(to)}))`);
    const { rows } = await askHere(warehouse, 'measures=recurring_price&period=2027-Q3');
    // What was renewed late, after a month without, has no price to compare with in the month it comes back.
    expect(Number(rows[0]!.recurring_price)).toBeGreaterThan(0);
    expect(Number(rows[0]!.recurring_price) / Number(theirs!.price)).toBeCloseTo(1, 1);
  });

  test('have intervals as drawing customers anew gives', async () => {
    const measures = retentionMeasures.join(',');
    const [whole] = (await askHere(warehouse, `measures=${measures}&period=2026`)).rows;
    const { gross, net } = retainedOf(whole!);
    const { rows } = await askHere(
      warehouse,
      `measures=recurring_start,recurring_end,recurring_currency&by=account_id&period=2026`,
    );
    const customers = rows
      .map(
        (row: Figures) =>
          [
            Number(row.recurring_start),
            Number(row.recurring_end) - Number(row.recurring_currency ?? 0),
          ] as const,
      )
      .filter(([start]) => start > 0);
    const ratio = (of: (start: number, end: number) => number) => (drawn: Int32Array) => {
      let [kept, start] = [0, 0];
      for (const at of drawn) {
        kept += of(...customers[at]!);
        start += customers[at]![0];
      }
      return kept / start;
    };
    const again = {
      gross: bootstrapInterval(customers.length, ratio(Math.min))!,
      net: bootstrapInterval(
        customers.length,
        ratio((_, end) => end),
      )!,
    };
    for (const [ours, theirs] of [
      [gross.interval!, again.gross],
      [net.interval!, again.net],
    ] as const) {
      const width = theirs.high - theirs.low;
      expect(Math.abs(ours.low - theirs.low) / width).toBeLessThan(0.12);
      expect(Math.abs(ours.high - theirs.high) / width).toBeLessThan(0.12);
    }
  });
});
