-- One row per customer and fiscal month (account_id, month_starts_on) in which they paid a recurring amount or one
-- came due: what it was a month in the reporting currency at the start and at the end, and the parts of the change,
-- which add up to it exactly. A customer who begins, or comes back, is new; one whose amount ends has churned, with
-- all of it; between these, price and currency stand apart and the rest, taken over the whole customer, is
-- expansion or contraction. basis says what the amounts are read from. knows_churn: an ending was on record by then,
-- so that whoever had left before is known not to be missing from the exports.
create table marts.fact_account_month as
with valued as (
    select
        change.account_id,
        change.number,
        times(change.amount_before, coalesce(before.rate, now.rate)) as start_base,
        times(change.amount_after, now.rate) as end_base,
        times(change.amount_before, now.rate) - times(change.amount_before, coalesce(before.rate, now.rate)) as currency_base,
        case
            -- Nothing but price changed: rounding must not look like quantity.
            when change.amount_after - change.amount_before = change.price
                then times(change.amount_after, now.rate) - times(change.amount_before, now.rate)
            else times(change.price, now.rate)
        end as price_base
    from core.recurring_change change
    join core.recurring_rate now on now.currency = change.currency and now.number = change.number
    left join core.recurring_rate before on before.currency = change.currency and before.number = change.number - 1
),

quiet_number as (
    select
        account_id,
        currency,
        amount_after,
        unnest(range(number + 1, coalesce(next_number, (select max(number) + 1 from core.recurring_month)))) as number
    from core.recurring_change
    where amount_after <> 0
),

quiet as (
    select
        quiet_number.account_id,
        quiet_number.number,
        times(quiet_number.amount_after, before.rate) as start_base,
        times(quiet_number.amount_after, now.rate) as end_base,
        times(quiet_number.amount_after, now.rate) - times(quiet_number.amount_after, before.rate) as currency_base,
        0::decimal(18, 4) as price_base
    from quiet_number
    join core.recurring_rate now on now.currency = quiet_number.currency and now.number = quiet_number.number
    join core.recurring_rate before on before.currency = quiet_number.currency and before.number = quiet_number.number - 1
),

-- Few customers pay in several currencies; for the others there is nothing to sum.
in_several as (
    select account_id from core.recurring_change group by account_id having min(currency) <> max(currency)
),

in_currency as (
    from valued where number > 0 and (start_base <> 0 or end_base <> 0)
    union all by name
    from quiet where number > 0
),

stood as (
    select account_id, number, start_base, end_base, currency_base as currency_moved, price_base as price_moved
    from in_currency
    where account_id not in (from in_several)
    union all by name
    select
        account_id,
        number,
        sum(start_base)::decimal(18, 4) as start_base,
        sum(end_base)::decimal(18, 4) as end_base,
        sum(currency_base)::decimal(18, 4) as currency_moved,
        sum(price_base)::decimal(18, 4) as price_moved
    from in_currency
    where account_id in (from in_several)
    group by account_id, number
),

due as (
    select
        account_id,
        number,
        count(*) as due_lines,
        count(*) filter (is_renewed) as renewed_lines,
        count(*) filter (is_on_time) as on_time_lines,
        coalesce(sum(amount_base), 0)::decimal(18, 4) as due_base,
        coalesce(sum(renewed_base), 0)::decimal(18, 4) as renewed_base,
        coalesce(sum(renewed_base) filter (is_on_time), 0)::decimal(18, 4) as on_time_base
    from core.recurring_due
    where number > 0
    group by account_id, number
),

month as (
    select
        coalesce(stood.account_id, due.account_id) as account_id,
        coalesce(stood.number, due.number) as number,
        coalesce(start_base, 0)::decimal(18, 4) as start_base,
        coalesce(end_base, 0)::decimal(18, 4) as end_base,
        case when start_base <> 0 and end_base <> 0 then currency_moved else 0 end::decimal(18, 4) as currency_base,
        case when start_base <> 0 and end_base <> 0 then price_moved else 0 end::decimal(18, 4) as price_base,
        coalesce(due_lines, 0) as due_lines,
        coalesce(renewed_lines, 0) as renewed_lines,
        coalesce(on_time_lines, 0) as on_time_lines,
        coalesce(due_base, 0)::decimal(18, 4) as due_base,
        coalesce(renewed_base, 0)::decimal(18, 4) as renewed_base,
        coalesce(on_time_base, 0)::decimal(18, 4) as on_time_base
    from stood
    full join due on due.account_id = stood.account_id and due.number = stood.number
),

several as (
    select account_id from core.account group by account_id having count(*) > 1
),

-- Most customers have one row, and nothing to choose from. Conditions of joins are plain comparisons throughout:
-- with others DuckDB compares every row with every other.
account_always as (
    select account_id, name, segment, industry, country, region
    from core.account
    where account_id not in (select account_id from several)
),

account_then as (
    select account.account_id, calendar.number, account.name, account.segment, account.industry, account.country, account.region
    from core.account account
    join core.recurring_month calendar
        on coalesce(account.valid_from, date '0001-01-01') <= calendar.starts_on
        and coalesce(account.valid_to, date '9999-12-31') > calendar.starts_on
    where account.account_id in (select account_id from several)
    qualify row_number() over (partition by account.account_id, calendar.number order by account.valid_from desc nulls last) = 1
),

-- Whom the customer's amount is told of: who owned them on the first day, where that was one person.
owner_row as (
    select
        account_id,
        person_id,
        coalesce(valid_from, date '0001-01-01') as owned_from,
        coalesce(valid_to, date '9999-12-31') as owned_to,
        count(*) over (partition by account_id) > 1 as is_one_of_several
    from core.account_role
    where role = 'owner'
),

owner_always as (
    from owner_row where not is_one_of_several
),

owner_then as (
    select role.account_id, calendar.number, any_value(role.person_id) as person_id
    from owner_row role
    join core.recurring_month calendar on role.owned_from <= calendar.starts_on and role.owned_to > calendar.starts_on
    where role.is_one_of_several
    group by role.account_id, calendar.number
    having min(role.person_id) = max(role.person_id)
),

owned as (
    select
        month.*,
        calendar.fiscal_month,
        calendar.starts_on,
        calendar.ends_on,
        calendar.read_on,
        coalesce(owner_always.person_id, owner_then.person_id) as rep_id
    from month
    join core.recurring_month calendar using (number)
    left join owner_always
        on owner_always.account_id = month.account_id
        and owner_always.owned_from <= calendar.starts_on
        and owner_always.owned_to > calendar.starts_on
    left join owner_then on owner_then.account_id = month.account_id and owner_then.number = month.number
),

first_ending as (
    select min(ended_on) as day from core.recurring_contract where ended_on > started_on
)

select
    month.account_id,
    coalesce(always.name, account_then.name, month.account_id) as account_name,
    coalesce(always.segment, account_then.segment) as segment,
    coalesce(always.industry, account_then.industry) as industry,
    coalesce(always.country, account_then.country) as country,
    coalesce(always.region, account_then.region) as region,
    month.rep_id,
    coalesce(owner.name, month.rep_id) as rep_name,
    month.starts_on as month_starts_on,
    month.read_on,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    month.start_base,
    month.end_base,
    case when month.start_base = 0 then month.end_base else 0 end::decimal(18, 4) as new_base,
    case
        when month.start_base <> 0 and month.end_base <> 0
            then greatest(month.end_base - month.start_base - month.price_base - month.currency_base, 0)
        else 0
    end::decimal(18, 4) as expansion_base,
    case
        when month.start_base <> 0 and month.end_base <> 0
            then least(month.end_base - month.start_base - month.price_base - month.currency_base, 0)
        else 0
    end::decimal(18, 4) as contraction_base,
    case when month.end_base = 0 then -month.start_base else 0 end::decimal(18, 4) as churn_base,
    month.price_base,
    month.currency_base,
    month.due_lines,
    month.renewed_lines,
    month.on_time_lines,
    month.due_base,
    month.renewed_base,
    month.on_time_base,
    coalesce(first_ending.day < month.ends_on, false) as knows_churn,
    (select any_value(basis) from core.recurring_contract) as basis
from owned month
join core.fiscal_day fiscal on fiscal.day = month.starts_on
left join account_always always on always.account_id = month.account_id
left join account_then on account_then.account_id = month.account_id and account_then.number = month.number
left join (select person_id, any_value(name) as name from core.person group by person_id) owner
    on owner.person_id = month.rep_id
cross join first_ending;
