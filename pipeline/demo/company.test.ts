import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDemoCompany, type DemoReport } from './company.ts';

const folders: string[] = [];
const newFolder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'holdfast-demo-')));
  return folders.at(-1)!;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function hash(folder: string): string {
  const sum = createHash('sha256');
  for (const file of (readdirSync(folder, { recursive: true }) as string[]).sort())
    if (/\.\w+$/.test(file)) sum.update(file).update(readFileSync(join(folder, file)));
  return sum.digest('hex');
}

test('the same seed gives the same bytes, another seed others', async () => {
  const runs = [];
  for (const seed of [7, 7, 8]) runs.push(await writeDemoCompany({ seed, deals: 300, to: newFolder() }));
  const [first, again, other] = runs.map((run) => hash(run.folder));
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('the lean company has the same deals, without what grows beside them', async () => {
  const lean = await writeDemoCompany({ deals: 300, lean: true, to: newFolder() });
  const full = await writeDemoCompany({ deals: 300, to: newFolder() });
  const deals = (report: DemoReport): number => report.planted.totals.deals.all;
  expect(Math.abs(deals(lean) - deals(full))).toBeLessThan(60);
  expect(lean.files.find((file) => file.path.startsWith('stripe/invoices'))!.rows).toBe(0);
});

describe('the company of seed 1', () => {
  let report: DemoReport;
  let duckdb: DuckDBConnection;
  const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
    (await duckdb.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[];
  const one = async (sql: string): Promise<Record<string, unknown>> => (await rows(sql))[0]!;

  beforeAll(async () => {
    report = await writeDemoCompany({ to: newFolder() });
    duckdb = await (await DuckDBInstance.create()).connect();
    for (const file of report.files) {
      const name = file.path.replace(/^.*\//, '').replace(/_\d.*$/, '');
      await duckdb.run(
        `create view ${name} as from read_csv('${join(report.folder, file.path)}', all_varchar = true, header = true)`,
      );
    }
    await duckdb.run(`
      create table won_line as
      select
        deal.Id as deal_id, line.Id as line_id, deal.OwnerId as owner_id, deal.CurrencyIsoCode as currency,
        deal.CloseDate::date as closed_on, place.region, line.Discount_Kind__c as kind,
        line.TotalPrice::decimal(18, 4) as net,
        (price.unit_list::decimal(18, 2) * line.Quantity::decimal(18, 2)
          * case price.price_period
              when 'once' then 1
              when 'year' then line.Term_Months__c::int // 12
              else line.Term_Months__c::int
            end)::decimal(18, 4) as list,
        case when deal.CurrencyIsoCode = 'USD' then 1.0 else plan.rate_to_base::decimal(18, 4) end as rate
      from Opportunity deal
      join OpportunityLineItem line on line.OpportunityId = deal.Id
      join person_assignment place
        on place.person_id = deal.OwnerId
        and deal.CloseDate >= coalesce(place.valid_from, '') and deal.CloseDate < coalesce(place.valid_to, '9999')
      left join list_price price
        on price.product_id = line.Product2Id and price.currency = deal.CurrencyIsoCode
        and deal.CloseDate >= price.valid_from and deal.CloseDate < coalesce(price.valid_to, '9999')
      asof left join (from fx_rate where rate_set = 'plan') plan
        on plan.currency = deal.CurrencyIsoCode and plan.on_date <= deal.CloseDate
      where deal.IsWon = 'true'`);
  }, 60_000);

  test('is as large as it should be', async () => {
    const counts = await one(`
      select
        (select count(*) from Opportunity) as deals,
        (select count(*) from Account where "Type" <> 'Partner') as accounts,
        (select count(distinct OwnerId) from Opportunity) as owners,
        (select count(distinct manager_id) from person_assignment where role like 'account_%') as managers,
        (select count(*) from Product2) as products,
        (select count(distinct Family) from Product2) as families,
        (select count(distinct CurrencyIsoCode) from Opportunity) as currencies,
        (select count(distinct Region__c) from Account) as regions`);
    expect(counts).toMatchObject({ accounts: '1200', owners: '60', managers: '9', products: '40' });
    expect(counts).toMatchObject({ families: '6', currencies: '2', regions: '5' });
    expect(Number(counts.deals)).toBeGreaterThan(5700);
    expect(Number(counts.deals)).toBeLessThan(6300);
    const { won, lost, open } = report.planted.totals.deals;
    expect(won / (won + lost)).toBeCloseTo(0.31, 1);
    expect(open / (won + lost + open)).toBeCloseTo(0.24, 1);
  });

  test('its totals are those of the files, to the cent and beyond', async () => {
    const sums = (rate: string): string => `
      sum(round(list * ${rate}, 4)) as list,
      sum(round(net * ${rate}, 4)) filter (where list is not null) as net,
      sum(greatest(round(list * ${rate}, 4) - round(net * ${rate}, 4), 0)) as discount,
      sum(greatest(round(net * ${rate}, 4) - round(list * ${rate}, 4), 0)) filter (where list is not null) as uplift,
      coalesce(sum(round(net * ${rate}, 4)) filter (where list is null), 0) as unpriced_net`;
    const { totals } = report.planted;
    const close = (found: Record<string, unknown>, told: object): void => {
      for (const name of ['list', 'net', 'discount', 'uplift', 'unpriced_net'] as const)
        expect(Number(found[name]), name).toBeCloseTo(Number((told as Record<string, string>)[name]), 4);
    };
    close(await one(`select ${sums('rate')} from won_line`), totals.usd);
    for (const found of await rows(`select currency as key, ${sums('1')} from won_line group by currency`))
      close(found, totals.by_currency[String(found.key)]!);
    for (const found of await rows(`select region as key, ${sums('rate')} from won_line group by region`))
      close(found, totals.by_region[String(found.key)]!);
    const quarter = `year(closed_on + interval 11 month) || '-Q' || quarter(closed_on + interval 11 month)`;
    const quarters = await rows(`select ${quarter} as key, ${sums('rate')} from won_line group by all`);
    expect(quarters.map((found) => found.key).sort()).toEqual(Object.keys(totals.by_quarter));
    for (const found of quarters) close(found, totals.by_quarter[String(found.key)]!);
  });

  test('leaks where it says it does, and nowhere as much', async () => {
    const { leaking_reps, leaking_region } = report.planted.truths;
    const rate = `round(100 * sum((list - net) * rate) / sum(list * rate), 2)`;
    const reps = await rows(`
      select owner_id, ${rate} as rate from won_line
      where kind = 'discretionary' and list is not null group by all order by 2 desc`);
    for (const leak of leaking_reps) {
      const found = reps.find((rep) => rep.owner_id === leak.person_id)!;
      expect(Number(found.rate)).toBeCloseTo(leak.realised.rate, 1);
      expect(leak.because_of_it.points).toBeGreaterThan(6);
    }
    const regions = await rows(`
      select region, ${rate} as rate from won_line
      where kind = 'discretionary' and list is not null group by all order by 2 desc`);
    expect(regions[0]!.region).toBe(leaking_region.region);
    expect(Number(regions[0]!.rate)).toBeCloseTo(leaking_region.realised.rate, 1);
    expect(Number(regions[0]!.rate) - Number(regions[1]!.rate)).toBeGreaterThan(4);
  });

  test('bunches at the limit more than at other round rates', async () => {
    const found = await one(`
      select
        count(*) filter (where rate between 19.99 and 20) as at_20,
        count(*) filter (where rate between 14.99 and 15) as at_15,
        count(*) filter (where rate between 24.99 and 25) as at_25
      from (select 100 * (list - net) / list as rate from won_line where kind = 'discretionary' and list > 0)`);
    expect(Number(found.at_20)).toBeGreaterThan(1.5 * Math.max(Number(found.at_15), Number(found.at_25)));
  });

  test('bills wrongly what it says it does', async () => {
    const { causes, unapproved_credits, billed_net } = report.planted.billing;
    const counted = `join invoices bill on bill.id = line.invoice and bill.status not in ('draft', 'void')`;
    const late = await rows(`
      select line.id from invoice_line_items line ${counted}
      where line.discount_amount::bigint > 0 and line.period_start::bigint >= line.discount_end::bigint`);
    const told = new Set(causes.discount_past_end.invoice_line_ids);
    expect(late.length).toBeGreaterThan(10);
    for (const row of late) expect(told.has(String(row.id))).toBe(true);

    const missing = await rows(`
      select sold.Id from OpportunityLineItem sold
      join subscriptions sub on sub.id = sold.Subscription_Id__c
      left join invoice_line_items line on line.subscription = sub.id
      where line.id is null and sub.start_date::bigint < epoch(timestamp '2026-11-01')`);
    expect(missing.length).toBeGreaterThan(10);
    const unbilled = [...causes.not_billed.deal_line_ids, ...causes.late_start.deal_line_ids];
    for (const row of missing) expect(unbilled).toContain(row.Id);

    const credits = await rows(`
      select id from credit_notes where reason = 'product_unsatisfactory' and metadata_approved_by is null`);
    expect(credits.map((row) => row.id).sort()).toEqual([...unapproved_credits.credit_note_ids].sort());

    const net = await rows(`
      select upper(line.currency) as currency, sum(line.amount::bigint - line.discount_amount::bigint) as net
      from invoice_line_items line ${counted} group by all order by 1`);
    expect(Object.fromEntries(net.map((row) => [row.currency, (Number(row.net) / 100).toFixed(2)]))).toEqual(
      billed_net,
    );
    const odd = await one(`
      select count(*) as n from invoices bill
      where bill.subtotal::bigint <> (
        select sum(line.amount::bigint - line.discount_amount::bigint)
        from invoice_line_items line where line.invoice = bill.id)`);
    expect(odd.n).toBe('0');
  });

  test('closes on the day that its history says, in New York, also at 23:30', async () => {
    const found = await one(`
      select
        count(*) filter (where ("at"::timestamptz at time zone 'America/New_York')::date <> closed_on) as wrong,
        count(*) filter (where ("at"::timestamptz at time zone 'America/New_York')::time = time '23:30') as late
      from (
        select deal.CloseDate::date as closed_on, max(history.CreatedDate) as at
        from Opportunity deal join OpportunityHistory history on history.OpportunityId = deal.Id
        where deal.IsClosed = 'true' group by deal.Id, deal.CloseDate)`);
    expect(found).toEqual({
      wrong: '0',
      late: String(report.planted.truths.quarter_end.closed_at_2330_local.length),
    });
    expect(Number(found.late)).toBeGreaterThan(20);
  });

  test('has keys that are unique and resolve', async () => {
    for (const table of ['Account', 'Opportunity', 'OpportunityLineItem', 'OpportunityHistory', 'invoices'])
      expect(await one(`select count(*) - count(distinct Id) as twice from ${table}`)).toEqual({
        twice: '0',
      });
    const lost = await one(
      `
      select
        (select count(*) from Opportunity where AccountId not in (select Id from Account)) as accounts,
        (select count(*) from Opportunity where OwnerId not in (select Id from "User")) as owners,
        (select count(*) from OpportunityLineItem where Product2Id not in (select Id from Product2)) as products,
        (select count(*) from invoices where customer not in (select id from customers)) as customers,
        (select count(*) from account_role one join account_role two using (account_id, person_id, role)
          where one.rowid < two.rowid and coalesce(one.valid_from, '') < coalesce(two.valid_to, '9999')
            and coalesce(two.valid_from, '') < coalesce(one.valid_to, '9999')) as overlaps`.replaceAll(
        'rowid',
        'valid_from',
      ),
    );
    expect(lost).toEqual({ accounts: '0', owners: '0', products: '0', customers: '0', overlaps: '0' });
  });

  test('leaves customers without an owner as long as it says', async () => {
    for (const gap of report.planted.ownership.without_owner) {
      const owners = await one(`
        select count(*) as n from account_role
        where account_id = '${gap.account_id}' and role = 'owner'
          and coalesce(valid_from, '') < '${gap.to}' and coalesce(valid_to, '9999') > '${gap.from}'`);
      expect(owners).toEqual({ n: '0' });
    }
    expect(report.planted.ownership.without_owner.length).toBeGreaterThan(10);
    expect(report.planted.ownership.with_two_owners.length).toBeGreaterThan(10);
  });

  test('forecasts too much in one region alone', () => {
    const { bias_at_4_weeks, biased_region } = report.planted.forecast;
    for (const [region, { bias }] of Object.entries(bias_at_4_weeks))
      if (region === biased_region) expect(bias).toBeGreaterThan(0.15);
      else expect(Math.abs(bias)).toBeLessThan(0.12);
  });
});
