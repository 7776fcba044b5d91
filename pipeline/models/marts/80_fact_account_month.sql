-- One row per customer and fiscal month (account_id, month_starts_on) in which they paid a recurring amount or one
-- came due: what it was a month in the reporting currency at the start and at the end, and the parts of the change,
-- which add up to it exactly. A customer who begins, or comes back, is new; one whose amount ends has churned, with
-- all of it; between these, price and currency stand apart and the rest, taken over the whole customer, is
-- expansion or contraction. basis says what the amounts are read from. knows_churn: an ending was on record by then,
-- so that whoever had left before is known not to be missing from the exports.
-- Apart by account_id.
create table marts.fact_account_month as
with due as (
    select
        customer.customer,
        due.number::integer as number,
        count(*) as due_lines,
        count(*) filter (is_renewed) as renewed_lines,
        count(*) filter (is_on_time) as on_time_lines,
        coalesce(sum(amount_base), 0)::decimal(18, 4) as due_base,
        coalesce(sum(renewed_base), 0)::decimal(18, 4) as renewed_base,
        coalesce(sum(renewed_base) filter (is_on_time), 0)::decimal(18, 4) as on_time_base
    from core.recurring_due due
    join passing.recurring_customer customer using (account_id)
    where due.number > 0
    group by customer.customer, due.number
),

paid as (
    select
        amount.*,
        due.* exclude (customer, number)
    from passing.recurring_amount amount
    left join due on due.customer = amount.customer and due.number = amount.number
    union all by name
    select due.*
    from due
    anti join passing.recurring_amount amount on amount.customer = due.customer and amount.number = due.number
),

month as (
    select
        customer,
        number,
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
    from paid
),

calendar as (
    select month.*, fiscal.fiscal_year, fiscal.fiscal_quarter
    from core.recurring_month month
    join core.fiscal_day fiscal on fiscal.day = month.starts_on
),

-- Conditions of joins are plain comparisons throughout: with others DuckDB compares every row with every other.
account_then as (
    select
        customer.customer,
        calendar.number,
        account.name,
        account.segment::core.segment as segment,
        account.industry::core.industry as industry,
        account.country::core.country as country,
        account.region::core.region as region
    from passing.recurring_customer customer
    join core.account account using (account_id)
    join calendar
        on coalesce(account.valid_from, date '0001-01-01') <= calendar.starts_on
        and coalesce(account.valid_to, date '9999-12-31') > calendar.starts_on
    where customer.is_in_several_places
    qualify row_number() over (partition by customer.customer, calendar.number order by account.valid_from desc nulls last) = 1
),

-- Whom the customer's amount is told of: who owned them on the first day, where that was one person.
owner_then as (
    select customer.customer, calendar.number, any_value(role.person_id)::core.person_id as owner_id
    from passing.recurring_customer customer
    join core.account_role role using (account_id)
    join calendar
        on coalesce(role.valid_from, date '0001-01-01') <= calendar.starts_on
        and coalesce(role.valid_to, date '9999-12-31') > calendar.starts_on
    where customer.is_owned_several_times and role.role = 'owner'
    group by customer.customer, calendar.number
    having min(role.person_id) = max(role.person_id)
),

owned as (
    select
        month.*,
        calendar.* exclude (number),
        customer.account_id,
        coalesce(customer.name, account_then.name, customer.account_id) as account_name,
        coalesce(customer.segment, account_then.segment) as segment,
        coalesce(customer.industry, account_then.industry) as industry,
        coalesce(customer.country, account_then.country) as country,
        coalesce(customer.region, account_then.region) as region,
        case
            when customer.is_owned_several_times then owner_then.owner_id
            when customer.owned_from <= calendar.starts_on and customer.owned_to > calendar.starts_on then customer.owner_id
        end as rep_id
    from month
    join passing.recurring_customer customer using (customer)
    join calendar using (number)
    left join account_then on account_then.customer = month.customer and account_then.number = month.number
    left join owner_then on owner_then.customer = month.customer and owner_then.number = month.number
)

select
    month.account_id,
    month.account_name,
    month.segment,
    month.industry,
    month.country,
    month.region,
    month.rep_id,
    coalesce(owner.name, month.rep_id)::core.person_name as rep_name,
    month.starts_on as month_starts_on,
    month.read_on,
    month.fiscal_year,
    month.fiscal_quarter,
    month.fiscal_month,
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
    coalesce(told.first_ended_on < month.ends_on, false) as knows_churn,
    told.basis
from owned month
left join (
    select person_id::core.person_id as person_id, any_value(name)::core.person_name as name
    from core.person
    where try_cast(person_id as core.person_id) is not null
    group by person_id
) owner
    on owner.person_id = month.rep_id
cross join core.recurring_told told;
