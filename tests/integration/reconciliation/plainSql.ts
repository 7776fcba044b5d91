import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Figures } from './reconcile.ts';

/** Plain SQL over a folder's CSVs, with nothing of the pipeline in between. */
export interface PlainSql {
  rows(sql: string): Promise<Figures[]>;
  close(): void;
}

/** Each CSV of the folder as a view of text columns, named by its file up to the date. */
async function readCsvs(folder: string): Promise<PlainSql> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    name.endsWith('.csv'),
  );
  for (const file of files) {
    const name = file.replace(/^.*\//, '').replace(/(_\d{4}-\d\d-\d\d)?\.csv$/, '');
    const path = join(folder, file).replaceAll("'", "''");
    await connection.run(
      `create view "${name}" as from read_csv('${path}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`,
    );
  }
  return {
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as Figures[],
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A quarter or year of a fiscal calendar that begins in February and is named by its end. */
const fiscal = (day: string) => `(${day} + interval 11 month)`;

/** Weekdays of the fiscal quarter that come after a day; the demo company names no holidays. */
const workingDaysLeft = (day: string) =>
  `len(list_filter(
     range(${day} + interval 1 day, date_trunc('quarter', ${day} - interval 1 month) + interval 4 month, interval 1 day),
     lambda d: isodow(d) <= 5))`;

/** Where a person stood on a day: dated places, of which the demo company writes every one. */
const stood = (person: string, day: string, table: string) =>
  `left join person_assignment ${table}
     on ${table}.person_id = ${person}
     and (${table}.valid_from is null or ${table}.valid_from::date <= ${day})
     and (${table}.valid_to is null or ${table}.valid_to::date > ${day})`;

/**
 * The demo company's deal lines with their dimensions as of the close, straight from its exports: `line` has
 * a row for every line of every deal, `deal` one for every deal. List is what the dated price book said on
 * the day of the close; amounts are in US dollars at the plan rate of the fiscal year, or at the actual rate.
 */
export async function plainDemo(exports: string): Promise<PlainSql> {
  const plain = await readCsvs(exports);
  await plain.rows(`
    create table deal_put_off as
    select OpportunityId as deal_id, count(*) filter (CloseDate > before and StageName not like 'Closed%') as pushes
    from (
      select *, lag(CloseDate) over (partition by OpportunityId order by CreatedDate, line) as before
      from (select *, row_number() over () as line from OpportunityHistory)
    )
    group by OpportunityId`);
  await plain.rows(`
    create table deal as
    select
      (select pushes from deal_put_off where deal_id = o.Id) as pushes, o.Probability::double as probability,
      nullif(o.Rfp_Engagement__c, '') as rfp_engagement, o.Selling_Model__c as selling_model,
      if('high' in (o.Purchase_Novelty__c, o.Purchase_Risk__c), 'new or risky', 'familiar and safe') as purchase,
      if(('high' in (o.Purchase_Novelty__c, o.Purchase_Risk__c)) = (o.Selling_Model__c = 'trusted_expert'),
        'fits', 'does not fit') as model_fit,
      coalesce((
        select min(evidence) from value_assessment join value_outcome using (outcome_id)
        where deal_id = o.Id and is_terminal = 'true' and (o.IsClosed = 'false' or assessed_on <= o.CloseDate)
      ), 'none') as value_evidence,
      -- Outcomes' worths where any final one has one, else what the deal itself says.
      coalesce((
        select bool_or(value_amount::double > 0) from value_assessment join value_outcome using (outcome_id)
        where deal_id = o.Id and is_terminal = 'true' and value_amount is not null
      ), nullif(o.Customer_Value__c, '')::double > 0, false) as has_value,
      coalesce(nullif(o.Committed_Amount__c, ''), nullif(o.Pro_Forma_Amount__c, '')) is not null as has_commitment,
      o.Id as deal_id, o.Name as deal_name, o.AccountId as account_id, account.Name as account_name,
      account.Segment__c as segment, account.Industry as industry, account.BillingCountry as country,
      account.Region__c as account_region, place.region, place.team, o.OwnerId as rep_id, rep.Name as rep_name,
      place.manager_id, manager.Name as manager_name, today.region as region_today, today.team as team_today,
      today.manager_id as manager_id_today, o.Type as source_type,
      case o.Type when 'New Business' then 'new' when 'Renewal' then 'renewal'
        when 'Existing Business - Upgrade' then 'upsell' when 'Existing Business - Cross-Sell' then 'cross_sell' end as deal_type,
      o.Channel__c as channel, o.Partner_Id__c as partner_id, o.StageName as stage, o.ForecastCategoryName as forecast_category,
      o.IsClosed = 'true' as is_closed, o.IsWon = 'true' as is_won, o.CloseDate::date as closed_on,
      (o.CreatedDate::timestamptz at time zone 'America/New_York')::date as created_on,
      year(${fiscal('o.CloseDate::date')}) as fiscal_year,
      year(${fiscal('o.CloseDate::date')}) || '-Q' || quarter(${fiscal('o.CloseDate::date')}) as fiscal_quarter,
      year(${fiscal('o.CloseDate::date')}) || '-M' || lpad(month(${fiscal('o.CloseDate::date')})::varchar, 2, '0') as fiscal_month,
      if(${workingDaysLeft('o.CloseDate::date')} < 10, 'late', 'earlier') as quarter_part,
      o.CurrencyIsoCode as currency, o.Original_Seller_Id__c as original_seller_id, o.Lost_Reason__c as lost_reason,
      case when o.CurrencyIsoCode = 'USD' then '1' else (
        select max_by(rate_to_base, on_date) from fx_rate
        where currency = o.CurrencyIsoCode and rate_set = 'plan' and on_date <= o.CloseDate) end::decimal(9, 4) as plan_rate,
      case when o.CurrencyIsoCode = 'USD' then '1' else (
        select max_by(rate_to_base, on_date) from fx_rate
        where currency = o.CurrencyIsoCode and rate_set = 'actual' and on_date <= o.CloseDate) end::decimal(9, 4) as actual_rate
    from Opportunity o
    left join Account account on account.Id = o.AccountId
    left join "User" rep on rep.Id = o.OwnerId
    ${stood('o.OwnerId', 'o.CloseDate::date', 'place')}
    ${stood('o.OwnerId', 'current_date', 'today')}
    left join "User" manager on manager.Id = place.manager_id`);
  await plain.rows(`
    create table line as
    with written as (
      select
        l.Id as deal_line_id, l.OpportunityId as deal_id, l.Product2Id as product_id, product.Name as product_name,
        product.Family as product_family, product.Offer_Model__c as offer_model,
        coalesce(lower(l.Discount_Kind__c), 'unknown') as discount_kind, l.Discount_Reason__c as discount_reason,
        l.Price_Period__c as price_period, l.TotalPrice::decimal(18, 4) as own_net,
        l.Quantity::decimal(18, 4) * l.ListPrice::decimal(18, 4)
          * case l.Price_Period__c when 'once' then 1 when 'year' then l.Term_Months__c::int / 12 else l.Term_Months__c::int end
          as list_today,
        l.Quantity::decimal(18, 4)
          * case l.Price_Period__c when 'once' then 1 when 'year' then l.Term_Months__c::int / 12 else l.Term_Months__c::int end
          as pieces,
        least(12 / greatest(coalesce(l.Term_Months__c::int, 12), 12), 1) as share_of_a_year
      from OpportunityLineItem l left join Product2 product on product.Id = l.Product2Id
    ), priced as (
      select written.*, deal.* exclude (deal_id),
        (pieces * price.unit_list::decimal(18, 4))::decimal(18, 4) as own_list,
        (pieces * price.unit_cost::decimal(18, 4))::decimal(18, 4) as own_cost
      from written
      join deal using (deal_id)
      left join list_price price
        on price.product_id = written.product_id and price.currency = deal.currency
        and price.valid_from::date <= deal.closed_on
        and (price.valid_to is null or price.valid_to::date > deal.closed_on)
    ), bare as (
      -- A deal that has an amount and no lines is one line without list.
      select deal.deal_id || ' (amount)' as deal_line_id, 'unknown' as discount_kind, 'once' as price_period,
        o.Amount::decimal(18, 4) as own_net, deal.*
      from deal join Opportunity o on o.Id = deal.deal_id
      where deal.deal_id not in (select OpportunityId from OpportunityLineItem) and o.Amount is not null
    ), whole as (
      select *, ((own_list - own_net) * 10000)::hugeint * 20 // (own_list * 10000)::hugeint as band
      from (from priced union all by name from bare)
    )
    select * exclude (band),
      (own_list * plan_rate)::decimal(18, 4) as list, (own_net * plan_rate)::decimal(18, 4) as net,
      (own_list * actual_rate)::decimal(18, 4) as list_actual, (own_net * actual_rate)::decimal(18, 4) as net_actual,
      (own_cost * plan_rate)::decimal(18, 4) as cost,
      (100 * greatest(own_list - own_net, 0) / nullif(own_list, 0))::double as discount_percent,
      case when own_list is not null then 'dated price book' end as list_source,
      case
        when own_list is null then null
        when own_net >= own_list then 'none'
        else lpad((band * 5)::varchar, 2, '0') || '–' || lpad((band * 5 + 5)::varchar, 2, '0') || '%'
      end as discount_band
    from whole`);
  // Whom the billing system means: the account it names, else the one of that name.
  await plain.rows(`
    create view paying as
    select customers.id, coalesce(metadata_account_id, account.Id) as account_id
    from customers left join Account account
      on metadata_account_id is null and lower(account.Name) = lower(customers.name)`);
  // What recurs with a customer: every subscription's amount a month, in dollars at the plan rate of a day.
  await plain.rows(`
    create table recurs as
    select coalesce(paying.account_id, s.customer) as account_id, upper(s.currency) as currency,
      (timezone('UTC', to_timestamp(s.start_date::bigint)))::date as starts,
      (timezone('UTC', to_timestamp(s.ended_at::bigint)))::date as ends,
      s.unit_amount::double / 100 * s.quantity::double * (1 - coalesce(s.discount_coupon_percent_off::double, 0) / 100)
        / case s.interval when 'year' then 12 else 1 end as amount
    from subscriptions s left join paying on paying.id = s.customer`);
  await plain.rows(`
    create table landing as
    with yearly as (
      select deal_id, account_id, closed_on, deal_type, is_won, product_family, sum(net * share_of_a_year) as amount
      from line group by all
    ), compared as (
      select now.*, (
          select sum(12 * amount * if(recurs.currency = 'USD', 1, (
            select max_by(rate_to_base, on_date) from fx_rate
            where rate_set = 'plan' and fx_rate.currency = recurs.currency and on_date::date <= now.closed_on)::double))
          from recurs
          where recurs.account_id = now.account_id and starts < least(now.closed_on, date '2026-11-16')
            and (ends is null or ends >= least(now.closed_on, date '2026-11-16'))
        ) as recurring, (
          select sum(amount) from yearly old where old.is_won and old.account_id = now.account_id
            and old.closed_on < now.closed_on and old.closed_on >= now.closed_on - interval 12 month
        ) as bought
      from yearly now
      where now.deal_type = 'cross_sell'
        and exists (from yearly old where old.is_won and old.account_id = now.account_id and old.closed_on < now.closed_on)
        and not exists (
          from yearly old where old.is_won and old.account_id = now.account_id
            and old.product_family = now.product_family and old.closed_on < now.closed_on)
    )
    select deal_id, product_family from compared
    where amount >= 0.25 * if(recurring > 0, recurring, coalesce(bought, 0))`);
  await plain.rows(`
    create view motion_line as
    select line.*,
      case deal_type
        when 'new' then case
          when offer_model is distinct from 'capex' or not exists (
            from line old where old.is_won and old.account_id = line.account_id and old.closed_on < line.closed_on)
            then 'land'
          when not exists (
            from line old where old.is_won and old.account_id = line.account_id and old.closed_on < line.closed_on
              and old.offer_model = 'capex')
            then 'new'
          else 'expand' end
        when 'renewal' then 'renew'
        when 'upsell' then 'expand'
        when 'cross_sell' then if((deal_id, product_family) in (from landing), 'land', 'expand')
      end as motion
    from line`);
  return plain;
}

/** Sums over lines in SQL, in dollars at the rates named. */
export const sumsOf = (rates: '' | '_actual' = ''): string => {
  const [list, net] = [`list${rates}`, `net${rates}`];
  return `count(*) as lines, count(distinct deal_id) as deals, sum(${list}) as list, sum(${net}) as net,
    sum(${list} - ${net}) filter (own_list > own_net) as below, sum(${net} - ${list}) filter (own_net > own_list) as above,
    sum(${net}) filter (own_list is null) as unpriced`;
};
