import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { answer } from '../../../src/lib/metrics/answer.ts';
import { moneyInWords } from '../../../src/lib/design/formats.ts';
import { everything, measureById } from '../../../src/lib/metrics/request.ts';
import { budget } from '../../../src/lib/questions/budget.ts';
import { change } from '../../../src/lib/questions/change.ts';
import { expenseToBookings, requestsOfExpense } from '../../../src/lib/questions/motions/expense.ts';
import { chain } from '../../../src/lib/questions/leakage/chain.ts';
import { leverage } from '../../../src/lib/questions/profit/leverage.ts';
import { splits } from '../../../src/lib/questions/splits.ts';
import { waterfall } from '../../../src/lib/questions/waterfall.ts';
import { behind, type Behind } from '../../../src/lib/questions/waterfall/behind.ts';
import { requestsOfBars } from '../../../src/lib/questions/waterfall/requestsOfBars.ts';
import { accountsKnown } from '../../../src/lib/records/accountsKnown.ts';
import { explanationOfParts } from '../../../src/lib/records/explanation.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { bridgeInSql } from './bridgeInSql.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';

const NOW = `'2026-08-01' and '2026-10-31'`;

/** What is billed, credited and paid late in the files of the billing system, in dollars at the plan rate of its day. */
const billing = `
  create table bill as
  select id as invoice_id, (timezone('UTC', to_timestamp(created::bigint)))::date as issued_on,
    (timezone('UTC', to_timestamp(due_date::bigint)))::date as due_on, upper(invoices.currency) as currency, status,
    subtotal::double / total::double as before_tax, deal.deal_id, deal.region
  from invoices left join deal on deal.deal_id = metadata_opportunity_id;
  create macro plan_rate(money, day) as if(money = 'USD', '1', (
    select max_by(rate_to_base, on_date) from fx_rate
    where fx_rate.currency = money and rate_set = 'plan' and on_date::date <= day))::decimal(9, 4);
  create table sold_by as
  select s.id as subscription, deal.region, deal.team from subscriptions s
  join OpportunityLineItem sold on sold.Id = s.metadata_opportunity_line_item_id
  join deal on deal.deal_id = sold.OpportunityId;
  create table of_customer as
  select i.id as invoice_id, account.Region__c as region from invoices i
  join paying on paying.id = i.customer
  join Account account on account.Id = paying.account_id;
  create table billed as
  select bill.* exclude (region), coalesce(bill.region, sold_by.region, of_customer.region) as region,
    case when bill.deal_id is null then sold_by.team else (select team from deal where deal.deal_id = bill.deal_id) end as team,
    ((l.amount::decimal(18, 4) / 100)::decimal(18, 2) * plan_rate(bill.currency, issued_on))::decimal(18, 4) as list,
    (((l.amount::decimal(18, 4) - coalesce(l.discount_amount, '0')::decimal(18, 4)) / 100)::decimal(18, 2)
      * plan_rate(bill.currency, issued_on))::decimal(18, 4) as net,
    l.discount_coupon is not null as has_code
  from invoice_line_items l join bill on bill.invoice_id = l.invoice
  left join sold_by on sold_by.subscription = l.subscription
  left join of_customer on of_customer.invoice_id = l.invoice
  where status not in ('draft', 'void');
  create table credited as
  select (timezone('UTC', to_timestamp(c.created::bigint)))::date as given_on, c.reason, bill.region,
    c.subtotal::double / 100 * plan_rate(upper(c.currency), (timezone('UTC', to_timestamp(c.created::bigint)))::date) as amount
  from credit_notes c left join bill on bill.invoice_id = c.invoice where c.status <> 'void';
  create table late as
  select bill.*, p.amount::double * before_tax * date_diff('day', due_on, p.paid_on::date) * 0.08 / 365
    * plan_rate(bill.currency, issued_on) as amount
  from payment p join bill using (invoice_id)
  where p.paid_on::date > due_on and status not in ('draft', 'void')`;

describe('the price waterfall of the demo company', () => {
  let warehouse: Warehouse;
  let plain: PlainSql;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(demo.exports);
    for (const statement of billing.split(';')) await plain.rows(statement);
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });

  const asked = (search: string) => readAsking(new URLSearchParams(search), warehouse);
  const drawn = async (search: string, basis: 'booked' | 'billed' = 'booked') => {
    const found = await waterfall(warehouse, await asked(search), everything, basis);
    const bar = (id: string) => found.bars.find((each) => each.id === id);
    return { ...found, bar, amount: (id: string) => bar(id)?.amount ?? 0 };
  };
  const one = async (sql: string) => {
    const [row] = await plain.rows(sql);
    return (id: string) => Number(row![id] ?? 0);
  };

  test.each([
    ['period=all', 'true'],
    ['period=2027-Q3', `closed_on between ${NOW}`],
    ['period=2027-Q3&region=West', `closed_on between ${NOW} and region = 'West'`],
    [
      'period=all&segment=Enterprise&product_family=Platform',
      `segment = 'Enterprise' and product_family = 'Platform'`,
    ],
    ['period=2026&deal_type=renewal', `fiscal_year = 2026 and deal_type = 'renewal'`],
  ])('as booked equals plain SQL to the cent: %s', async (search, where) => {
    const ours = await drawn(search);
    const theirs = await one(`
      select sum(list) filter (own_list is not null) as list, sum(net) as net, sum(cost) as cost,
        sum(list - net) filter (own_list > own_net and discount_kind = 'discretionary') as discretionary,
        sum(list - net) filter (own_list > own_net and discount_kind not in ('discretionary', 'unknown')) as programme,
        sum(list - net) filter (own_list > own_net and discount_kind = 'unknown') as other_discount,
        sum(net - list) filter (own_net > own_list) as uplift, sum(net) filter (own_list is null) as unpriced
      from line where is_won and ${where}`);
    expect(ours.list).toBeGreaterThan(0);
    expect(ours.list).toBeCloseTo(theirs('list'), 2);
    for (const id of ['discretionary', 'programme', 'other_discount'])
      expect(-ours.amount(id), id).toBeCloseTo(theirs(id), 2);
    expect(ours.amount('uplift')).toBeCloseTo(theirs('uplift'), 2);
    expect(ours.amount('unpriced_net')).toBeCloseTo(theirs('unpriced'), 2);
    expect(ours.invoice).toBeCloseTo(theirs('net'), 2);
    expect(-ours.amount('cost_amount')).toBeCloseTo(theirs('cost'), 2);
  });

  test.each([
    ['period=all', 'true', 'true', 'true'],
    [
      'period=2027-Q3',
      `issued_on between ${NOW}`,
      `given_on between ${NOW}`,
      `period_start::date between ${NOW}`,
    ],
  ])('what is given back equals plain SQL to the cent: %s', async (search, issued, given, begun) => {
    const ours = await drawn(search);
    const back = await one(`
      select sum(amount) filter (kind = 'rebate') as rebates, sum(amount) filter (kind = 'channel_fund') as channel_funds,
        sum(amount) filter (kind = 'free_service') as free_services
      from (select kind, period_start, amount::double * plan_rate(currency, period_start::date) as amount from rebate)
      where ${begun}`);
    const late = await one(`select sum(amount) as terms_cost from late where ${issued}`);
    const credits = await one(`
      select sum(amount) filter (reason = 'product_unsatisfactory') as price_credits,
        sum(amount) filter (reason is not null) / sum(amount) as told
      from credited where ${given}`);
    expect(Math.min(back('rebates'), late('terms_cost'), credits('price_credits'))).toBeGreaterThan(1);
    for (const id of ['rebates', 'channel_funds', 'free_services'])
      expect(-ours.amount(id), id).toBeCloseTo(back(id), 2);
    expect(-ours.amount('terms_cost')).toBeCloseTo(late('terms_cost'), 2);
    expect(-ours.amount('price_credits')).toBeCloseTo(credits('price_credits'), 2);
    expect(ours.bar('price_credits')!.coverage ?? 1).toBeCloseTo(credits('told'), 3);
    expect(ours.pocket).toBeCloseTo(
      ours.invoice -
        (['rebates', 'channel_funds', 'free_services'].reduce((sum, id) => sum + back(id), 0) +
          late('terms_cost') +
          credits('price_credits')),
      2,
    );
  });

  test('in a region counts what names one, says how much that is, and leaves out what never does', async () => {
    const ours = await drawn('period=all&region=West');
    const late = await one(`
      select sum(amount) filter (region = 'West') as west, sum(amount) filter (region is not null) / sum(amount) as placed from late`);
    const paid = await one(`
      select sum(net) filter (invoice_id in (select invoice_id from payment)) / sum(net) as share
      from billed where region = 'West'`);
    const credits = await one(`
      select sum(amount) filter (region = 'West' and reason = 'product_unsatisfactory') as west,
        sum(amount) filter (region is not null and reason = 'product_unsatisfactory')
          / sum(amount) filter (reason = 'product_unsatisfactory') as placed,
        sum(amount) filter (region = 'West' and reason is not null) / sum(amount) filter (region = 'West') as told
      from credited`);
    expect(-ours.amount('terms_cost')).toBeCloseTo(late('west'), 2);
    expect(ours.bar('terms_cost')!.coverage).toBeCloseTo(late('placed') * paid('share'), 6);
    expect(-ours.amount('price_credits')).toBeCloseTo(credits('west'), 2);
    expect(ours.bar('price_credits')!.coverage).toBeCloseTo(credits('placed') * credits('told'), 6);
    for (const id of ['rebates', 'channel_funds', 'free_services']) expect(ours.bar(id), id).toBeUndefined();
    expect(ours.absent).toContain('rebates, channel funds, free services are not known by region');
  });

  test('of a slice that holds nothing does not say that nothing is loaded', async () => {
    const { absent } = await drawn('period=all&region=Nowhere');
    expect(absent).toContain('there is no unit cost: nothing here was won');
    expect(absent).toContain('late payments can’t be told: nothing here was billed');
    expect(absent.join()).not.toContain('not loaded');
  });

  test.each([
    ['period=all', 'true'],
    ['period=2027-Q3', `issued_on between ${NOW}`],
    ['period=all&region=West', `region = 'West'`],
    ['period=2026&region=West', `region = 'West' and issued_on between '2025-02-01' and '2026-01-31'`],
    ['period=all&team=West+1', `team = 'West 1'`],
  ])('as billed equals plain SQL to the cent: %s', async (search, where) => {
    const ours = await drawn(search, 'billed');
    const theirs = await one(`
      select sum(list) as list, sum(net) as net, sum(list - net) filter (list > net and has_code) as by_code,
        sum(list - net) filter (list > net and not has_code) as other, sum(net - list) filter (net > list) as uplift
      from billed where ${where}`);
    expect(ours.list).toBeCloseTo(theirs('list'), 2);
    expect(-ours.amount('by_code')).toBeCloseTo(theirs('by_code'), 2);
    expect(-ours.amount('other_discount')).toBeCloseTo(theirs('other'), 2);
    expect(ours.amount('uplift')).toBeCloseTo(theirs('uplift'), 2);
    expect(ours.invoice).toBeCloseTo(theirs('net'), 2);
    expect(ours.absent).toContain('unit cost is on no bill');
    // What a bar opens into sums to the bar.
    for (const id of ['by_code', 'other_discount', 'uplift', 'net_amount']) {
      const rows = (await behind(warehouse, await asked(search), id, everything)) as Behind;
      expect(rows.total, id).toBeCloseTo(Math.abs(ours.amount(id)), 2);
    }
  });

  test('bills of a region are those of quote to cash, and all have one', async () => {
    const asking = await asked('period=2026&region=West');
    const [ours, { steps }] = [
      await drawn('period=2026&region=West', 'billed'),
      await chain(warehouse, asking, everything),
    ];
    expect(ours.invoice).toBeCloseTo(steps.find(({ id }) => id === 'billed')!.amount!, 2);
    const whole = await one(`select sum(net) filter (region is null) as untold from billed`);
    expect(whole('untold')).toBe(0);
    expect(ours.bar('net_amount')!.coverage).toBeNull();
  });

  test('says how much was billed that does not tell what is filtered for', async () => {
    const ours = await drawn('period=all&team=', 'billed');
    expect(ours.partial.join()).not.toContain('left out');
    const team = await one(`select sum(net) filter (team is null) as untold, sum(net) as net from billed`);
    const { bar, partial } = await drawn('period=all&team=West+1', 'billed');
    expect(team('untold')).toBeGreaterThan(1000);
    expect(partial[0]).toContain(`bills of ${moneyInWords(team('untold'), 'USD')} are left out`);
    const told = 1 - team('untold') / team('net');
    expect(bar('net_amount')!.coverage ?? 1).toBeCloseTo(told < 0.9995 ? told : 1, 6);
  });

  test('customers that only bills name have no page', async () => {
    const [account] = await plain.rows('select min(Id) as id from Account');
    const [billing] = await plain.rows(
      'select min(id) as id from customers where metadata_account_id is null',
    );
    const ids = [String(account!.id), String(billing!.id), null];
    expect([...(await accountsKnown(warehouse, ids, everything))]).toEqual([account!.id]);
    expect([...(await accountsKnown(warehouse, ids, { kind: 'people', ids: [] }))]).toEqual([]);
  });

  test.each(['terms_cost', 'net_amount', 'price_credits'])('customers of %s lead to pages', async (bar) => {
    const { rows } = (await behind(warehouse, await asked('period=all'), bar, everything)) as Behind;
    expect(rows.length).toBeGreaterThan(10);
    const accounts = new Set(
      (await plain.rows('select Id from Account')).map(({ Id }) => `/customers/${String(Id)}`),
    );
    for (const { href } of rows) expect(href === undefined || accounts.has(href), href).toBe(true);
  });

  test.each([
    'region',
    'segment',
    'manager_id',
    'product_family',
    'discount_kind',
    'account_id',
    'deal_type',
  ])('the bridge by %s equals plain SQL to the cent, within a year and across two', async (by) => {
    const pairs = [
      ['2027-Q3', 'previous', NOW, `'2026-05-01' and '2026-07-31'`],
      ['2027-Q3', 'year_ago', NOW, `'2025-08-01' and '2025-10-31'`],
      [
        '2025-03-10..2026-01-31',
        '2024-06-10..2025-01-10',
        `'2025-03-10' and '2026-01-31'`,
        `'2024-06-10' and '2025-01-10'`,
      ],
    ];
    for (const [period, compare, now, before] of pairs) {
      const asking = await asked(`period=${period}&compare=${compare}`);
      const { dollars, rates } = (await change(
        warehouse,
        asking,
        splits.find(({ id }) => id === by)!,
        everything,
      ))!;
      const theirs = await one(
        bridgeInSql(`
            select ${by} as grp, own_list, list, currency, closed_on between ${now} as is_now,
              greatest(own_list - own_net, 0) as own_discount, greatest(list - net, 0) as discount
            from line where is_won and own_list is not null
              and (closed_on between ${now} or closed_on between ${before})`),
      );
      for (const part of ['before', 'now', 'volume', 'mix', 'rate', 'added', 'gone', 'currency'] as const)
        expect(dollars[part], `${period} ${part}`).toBeCloseTo(theirs(part), 2);
      const { volume, mix, rate, added, gone, currency, restatement } = dollars;
      expect(volume + mix + rate + added + gone + currency + restatement).toBeCloseTo(
        dollars.now - dollars.before,
        6,
      );
      expect(rates.mix + rates.rate + rates.added + rates.gone + rates.currency).toBeCloseTo(
        rates.now - rates.before,
        12,
      );
    }
  });

  test.each([
    ['booked', 'period=2027-Q3'],
    ['booked', 'period=2027-Q3&region=West'],
    ['booked', 'period=2027-Q3&rates=actual'],
    ['billed', 'period=2027-Q3'],
  ] as const)('what is explained under the waterfall as %s is all of its bars: %s', async (basis, search) => {
    const asking = await asked(search);
    const steps = await drawn(search, basis);
    const requests = requestsOfBars(steps, asking);
    const told = new Map<string, number>();
    for (const request of requests) {
      const { rows, totals } = await answer(warehouse, request, everything).catch(() => ({
        ...{ rows: [], totals: {} as Record<string, unknown> },
      }));
      for (const [id, amount] of Object.entries(totals)) told.set(id, Number(amount));
      for (const row of rows)
        if (row.discount_kind) told.set(String(row.discount_kind), Number(row.discount));
    }
    const of = (...ids: string[]) => ids.reduce((sum, id) => sum + (told.get(id) ?? 0), 0);
    const programme = ['programme', 'channel', 'volume', 'promotion'];
    const sums: Record<string, number> = {
      discretionary: of('discretionary'),
      programme: of(...programme),
      other_discount: basis === 'booked' ? of('unknown') : of('billed_below_list') - of('billed_by_code'),
      by_code: of('billed_by_code'),
      ...(basis === 'billed'
        ? {
            list_amount: of('billed_priced_list'),
            uplift: of('billed_uplift'),
            unpriced_net: of('billed_unpriced'),
            net_amount: of('billed_net'),
          }
        : {}),
      currency: of('net_variance') - of('cost_variance') - of('given_variance') - of('credit_variance'),
    };
    const bars = steps.bars.filter(({ id }) => !['pocket', 'margin', 'other_rates'].includes(id));
    expect(bars.length).toBeGreaterThan(basis === 'booked' ? 7 : 5);
    for (const { id, amount } of bars)
      expect(Math.abs(amount!), id).toBeCloseTo(Math.abs(sums[id] ?? of(id)), 2);
    const { sql, notes } = explanationOfParts(warehouse, requests, everything, { n: 1, coverage: null });
    for (const id of told.keys())
      if (measureById.has(id)) {
        expect(sql, id).toContain(id);
        const { label } = measureById.get(id)!;
        if (id !== requests[0].measures[0])
          expect(notes!.some((note) => note.startsWith(`${label}: `))).toBe(true);
      }
  });

  test('budget, cost of sales and leverage come to what the files say', async () => {
    const found = (await budget(warehouse, await asked('period=2027-Q3'), 'region', everything))!;
    const rows = await plain.rows(`
      select region, sum(amount::double) as budget, any_value(spent) as spent
      from discount_budget
      join (select region, sum(list - net) filter (own_list > own_net) as spent from line
        where is_won and closed_on between ${NOW} group by region) using (region)
      where period_start = '2026-08-01' group by region`);
    expect(found.rows).toHaveLength(rows.length);
    const [behind] = await plain.rows(`
      select count(distinct deal_id) as deals from line
      join discount_budget using (region)
      where is_won and closed_on between ${NOW} and period_start = '2026-08-01'`);
    expect(found.n).toBe(Number(behind!.deals));
    const quarters = (await budget(warehouse, await asked('period=2027-Q3'), 'quarter', everything))!;
    expect(quarters.rows.length).toBeLessThanOrEqual(12);
    expect(quarters.rows.reduce((sum, { spent }) => sum + spent, 0)).toBeCloseTo(quarters.spent, 2);
    expect(quarters.rows.reduce((sum, one) => sum + (one.budget ?? 0), 0)).toBeCloseTo(quarters.budget, 2);
    for (const { region, budget: allowed, spent } of rows) {
      const row = found.rows.find(({ id }) => id === region)!;
      expect(row.budget).toBeCloseTo(Number(allowed), 2);
      expect(row.spent).toBeCloseTo(Number(spent), 2);
    }

    const year = `'2025-11-01' and '2026-10-31'`;
    const cost = (await expenseToBookings(
      warehouse,
      await asked('period=2027-Q3&expense=Sales'),
      everything,
    ))!;
    const sums = await one(`
      select (select sum(amount::double) from expense where department = 'Sales' and period_start::date between ${year}) as spent,
        (select sum((list - net) * share_of_a_year) from line
          where is_won and own_list > own_net and discount_kind = 'discretionary' and closed_on between ${year}) as given`);
    // What is explained under it is what was asked.
    const [spent, given] = requestsOfExpense(cost, await asked('period=2027-Q3&expense=Sales'));
    const shown = cost.quarters.slice(-4).map(({ period }) => period);
    for (const [request, measure, sum] of [
      [spent, 'expense', cost.year!.expense],
      [given, 'first_year_discretion', cost.year!.discount!],
    ] as const) {
      const { rows: quarters } = await answer(warehouse, request, everything);
      const told = quarters.filter((row) => shown.includes(String(row.fiscal_quarter)));
      expect(told.reduce((all, row) => all + Number(row[measure]), 0)).toBeCloseTo(sum, 2);
    }
    expect(cost.year!.expense).toBeCloseTo(sums('spent'), 2);
    expect(cost.year!.discount!).toBeCloseTo(sums('given'), 0);

    const price = (await leverage(warehouse, await asked('period=2027-Q3'), everything))!;
    const books = await one(`
      select sum(revenue::double) as revenue, sum(operating_profit::double) as profit,
        (select sum(amount::double * plan_rate(currency, period_start::date)) from rebate
          where kind in ('rebate', 'channel_fund') and period_start::date between ${year}) as partners
      from income_statement where period_start::date between ${year}`);
    expect(price.leverage).toBeCloseTo((books('revenue') - books('partners')) / 100 / books('profit'), 9);
    expect(price).toMatchObject({ isYear: true, periods: 4, months: { n: 12 } });
    expect(await leverage(warehouse, await asked('region=West'), everything)).toBeNull();
  });
});
