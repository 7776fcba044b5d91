/** One row per deal (deal_id) of a build, with what is compared; sums are in the reporting currency. */
const dealsOf = (build: 'before' | 'after') => `create view ${build}_deal as
  select deal_id, deal_name::varchar as deal_name, account_id::varchar as account_id,
    account_name::varchar as account_name, rep_id::varchar as rep_id, rep_name::varchar as rep_name,
    region::varchar as region, stage::varchar as stage, coalesce(is_closed, false) as is_closed,
    coalesce(is_won, false) as is_won, closed_on, fiscal_quarter::varchar as fiscal_quarter,
    coalesce(list_amount_base, 0)::decimal(18, 4) as list_amount,
    coalesce(net_amount_base, 0)::decimal(18, 4) as net_amount,
    coalesce(discount_base, 0)::decimal(18, 4) as discount,
    lines, source_file::varchar as source_file, source_line
  from ${build}.marts.fact_deal`;

/** One row per line of a deal (deal_id, deal_line_id) of a build, in its own currency and the reporting one. */
const linesOf = (build: 'before' | 'after') => `create view ${build}_line as
  select deal_id, deal_line_id, product_name::varchar as product_name, currency::varchar as currency, quantity,
    term_months, price_period::varchar as price_period, unit_list, list_amount, net_amount,
    coalesce(discount, 0)::decimal(18, 4) as discount,
    base_rate, coalesce(list_amount_base, 0)::decimal(18, 4) as list_base,
    coalesce(net_amount_base, 0)::decimal(18, 4) as net_base,
    coalesce(discount_base, 0)::decimal(18, 4) as discount_base,
    list_source::varchar as list_source, source_file::varchar as source_file, source_line
  from ${build}.marts.fact_deal_line`;

/** Every deal of either build (deal_id). */
const pairedDeals = `create view paired_deal as
  select coalesce(a.deal_id, b.deal_id) as deal_id, b.deal_id is not null as was_there, a.deal_id is not null as is_there,
    coalesce(b.is_won, false) as was_won, coalesce(a.is_won, false) as is_won, b as before, a as after
  from before_deal b full join after_deal a using (deal_id)`;

/** Every line that is not in both builds the same (deal_id, deal_line_id). */
const changedLines = `create table changed_line as
  select coalesce(a.deal_id, b.deal_id) as deal_id, coalesce(a.deal_line_id, b.deal_line_id) as deal_line_id,
    b.deal_id is not null as was_there, a.deal_id is not null as is_there,
    coalesce(a.product_name, b.product_name) as product_name,
    coalesce(a.source_file, b.source_file) as source_file, coalesce(a.source_line, b.source_line) as source_line,
    coalesce(a.list_source, b.list_source) like '%price book' as is_listed_elsewhere,
    b.currency is not distinct from a.currency as is_same_currency,
    b.quantity is not distinct from a.quantity and b.term_months is not distinct from a.term_months
      and b.price_period is not distinct from a.price_period as is_same_quantity,
    b.base_rate as before_rate, a.base_rate as after_rate,
    coalesce(b.list_amount, 0) as before_list, coalesce(a.list_amount, 0) as after_list,
    coalesce(b.net_amount, 0) as before_net, coalesce(a.net_amount, 0) as after_net,
    coalesce(b.discount, 0) as before_discount, coalesce(a.discount, 0) as after_discount,
    coalesce(b.list_base, 0) as before_list_base, coalesce(a.list_base, 0) as after_list_base,
    coalesce(b.net_base, 0) as before_net_base, coalesce(a.net_base, 0) as after_net_base,
    coalesce(b.discount_base, 0) as before_discount_base, coalesce(a.discount_base, 0) as after_discount_base
  from before_line b full join after_line a using (deal_id, deal_line_id)
  where b.deal_id is null or a.deal_id is null or b.currency is distinct from a.currency
    or b.quantity is distinct from a.quantity or b.term_months is distinct from a.term_months
    or b.list_amount is distinct from a.list_amount or b.net_amount is distinct from a.net_amount
    or b.list_base is distinct from a.list_base or b.net_base is distinct from a.net_base
    or b.discount_base is distinct from a.discount_base`;

/**
 * What a line that is in both builds changed by, taken apart in one order: first its list price at the quantity and
 * the rate before, then what was edited, then the exchange rate. The edited part is what the others leave, so the
 * three add up to the cent. Which file a price of a price book or a rate came in, lines don't say.
 */
const lineParts = `create view line_part as
  with stepped as (
    select *, case when is_same_currency and is_same_quantity then after_list else before_list end as list_between,
      coalesce(before_rate, after_rate, 0) as rate,
      is_same_currency and before_rate <> after_rate as is_rate_changed,
      is_same_currency and (before_rate is null) <> (after_rate is null) as is_rate_found
    from changed_line where was_there and is_there
  ),
  listed as (
    select *, case when list_between > 0 then greatest(list_between - before_net, 0) else 0 end as discount_between
    from stepped
  ),
  parted as (
    select *,
      round((list_between - before_list) * rate, 4)::decimal(18, 4) as priced_list,
      round((discount_between - before_discount) * rate, 4)::decimal(18, 4) as priced_discount,
      ${rated('list')} as rated_list, ${rated('net')} as rated_net, ${rated('discount')} as rated_discount
    from listed
  )
  select deal_id, deal_line_id, case when not is_listed_elsewhere then source_file end as source_file,
    case when not is_listed_elsewhere then source_line end as source_line, 'list_price' as cause, priced_list as list_amount,
    0::decimal(18, 4) as net_amount, priced_discount as discount
  from parted
  union all
  select deal_id, deal_line_id, source_file, source_line, 'edited',
    after_list_base - before_list_base - priced_list - rated_list, after_net_base - before_net_base - rated_net,
    after_discount_base - before_discount_base - priced_discount - rated_discount
  from parted
  union all
  select deal_id, deal_line_id, null, null, 'rates', rated_list, rated_net, rated_discount
  from parted
  union all
  select deal_id, deal_line_id, source_file, source_line, case when is_there then 'line_came' else 'line_went' end,
    after_list_base - before_list_base, after_net_base - before_net_base, after_discount_base - before_discount_base
  from changed_line where not (was_there and is_there)`;

function rated(amount: 'list' | 'net' | 'discount'): string {
  const difference = `after_${amount}_base - before_${amount}_base`;
  return `case
    when is_rate_changed
      then ${difference} - round((after_${amount} - before_${amount}) * before_rate, 4)::decimal(18, 4)
    when is_rate_found and before_${amount} = after_${amount} then ${difference}
    else 0 end`;
}

/**
 * One row per deal or line, fiscal quarter and cause (deal_id, deal_line_id, fiscal_quarter, cause) by which the
 * sums of won deals differ. Over any quarter, and over all, the rows add up to after less before.
 */
const changes = `create table change as
  with deal_part as (
    select deal_id, null::varchar as deal_line_id, after.fiscal_quarter as fiscal_quarter,
      case when was_there then 'won_since' else 'came' end as cause, after.source_file as source_file,
      after.source_line as source_line, 1 as deals, after.list_amount as list_amount, after.net_amount as net_amount,
      after.discount as discount
    from paired_deal where is_won and not was_won
    union all
    select deal_id, null, before.fiscal_quarter, case when is_there then 'no_longer_won' else 'went' end,
      coalesce(after.source_file, before.source_file), coalesce(after.source_line, before.source_line), -1,
      -before.list_amount, -before.net_amount, -before.discount
    from paired_deal where was_won and not is_won
    union all
    select deal_id, null, case when is_left then before.fiscal_quarter else after.fiscal_quarter end,
      case when before.closed_on is distinct from after.closed_on then 'close_date' else 'calendar' end,
      after.source_file, after.source_line, sign, sign * before.list_amount, sign * before.net_amount,
      sign * before.discount
    from paired_deal, (values (true, -1), (false, 1)) side (is_left, sign)
    where was_won and is_won and before.fiscal_quarter is distinct from after.fiscal_quarter
  )
  select * from deal_part
  union all by name
  select deal_id, deal_line_id, after.fiscal_quarter as fiscal_quarter, cause, line_part.source_file as source_file,
    line_part.source_line as source_line, 0 as deals, line_part.list_amount as list_amount,
    line_part.net_amount as net_amount, line_part.discount as discount
  from line_part join paired_deal using (deal_id)
  where was_won and is_won
    and (line_part.list_amount <> 0 or line_part.net_amount <> 0 or line_part.discount <> 0)`;

/** Every deal that is not in both builds the same (deal_id), with its part of the differences. */
const changedDeals = `create table changed_deal as
  with part as (
    select deal_id, sum(list_amount) as list_change, sum(net_amount) as net_change, sum(discount) as discount_change,
      list(distinct cause order by cause) as causes, list(distinct fiscal_quarter) as quarters
    from change group by deal_id
  )
  select paired.*, coalesce(list_change, 0) as list_change, coalesce(net_change, 0) as net_change,
    coalesce(discount_change, 0) as discount_change, coalesce(causes, ['none']) as causes,
    coalesce(quarters, [coalesce(after.fiscal_quarter, before.fiscal_quarter)]) as quarters
  from paired_deal paired left join part using (deal_id)
  where part.deal_id is not null or not was_there or not is_there
    or before.is_won <> after.is_won or before.is_closed <> after.is_closed
    or before.stage is distinct from after.stage or before.closed_on is distinct from after.closed_on
    or before.fiscal_quarter is distinct from after.fiscal_quarter
    or before.account_id is distinct from after.account_id or before.rep_id is distinct from after.rep_id
    or before.region is distinct from after.region or before.deal_name is distinct from after.deal_name
    or before.list_amount <> after.list_amount or before.net_amount <> after.net_amount
    or before.discount <> after.discount`;

/** One row per customer (account_id) of a build; where it is told more than once, one word of each kind. */
const customersOf = (build: 'before' | 'after') => `create view ${build}_customer as
  select account_id, max(name) as name, max(segment) as segment, max(industry) as industry, max(country) as country,
    max(region) as region
  from ${build}.core.account where account_id is not null group by account_id`;

/** Every customer that is not in both builds the same (account_id). */
const changedCustomers = `create table changed_customer as
  select coalesce(a.account_id, b.account_id) as account_id, b.account_id is not null as was_there,
    a.account_id is not null as is_there, b as before, a as after
  from before_customer b full join after_customer a using (account_id)
  where b is distinct from a`;

/** One row per file name of either build (path): whether it was there, and whether its content is new. */
const changedPaths = `create view changed_path as
  select path, bool_or(was_there) as was_there, bool_or(is_there and not was_there_so) as is_changed
  from (
    select coalesce(a.path, b.path) as path, a.path is not null as is_there, b.path is not null as was_there_so,
      b.path is not null or a.path in (select path from before.raw.source_file) as was_there
    from before.raw.source_file b full join after.raw.source_file a using (source_file_id)
  ) group by path`;

/** What is worked out once of two builds, in this order, before anything is asked of them. */
export const preparation: readonly string[] = [
  dealsOf('before'),
  dealsOf('after'),
  linesOf('before'),
  linesOf('after'),
  pairedDeals,
  changedLines,
  lineParts,
  changes,
  changedDeals,
  customersOf('before'),
  customersOf('after'),
  changedCustomers,
  changedPaths,
];
