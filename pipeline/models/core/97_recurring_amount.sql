-- One row per customer and month in which they paid a recurring amount (customer, number): what it was in the reporting
-- currency before and after, and how much of the change is another rate and another price. Only the model that follows
-- needs it.
-- Apart by account_id.
create table passing.recurring_amount as
with several as (
    select account_id from core.recurring_change group by account_id having min(currency) <> max(currency)
),

-- Few customers pay in several currencies; for the others there is nothing to sum.
change as (
    select
        change.* exclude (account_id),
        customer.customer,
        customer.account_id in (select account_id from several) as is_in_several
    from core.recurring_change change
    join passing.recurring_customer customer using (account_id)
),

rate as (
    select now.currency, now.number, now.rate, coalesce(before.rate, now.rate) as rate_before
    from core.recurring_rate now
    left join core.recurring_rate before on before.currency = now.currency and before.number = now.number - 1
),

valued as (
    select
        change.customer,
        change.number,
        change.is_in_several,
        times(change.amount_before, rate.rate_before) as start_base,
        times(change.amount_after, rate.rate) as end_base,
        times(change.amount_before, rate.rate) - times(change.amount_before, rate.rate_before) as currency_base,
        case
            -- Nothing but price changed: rounding must not look like quantity.
            when change.amount_after - change.amount_before = change.price
                then times(change.amount_after, rate.rate) - times(change.amount_before, rate.rate)
            else times(change.price, rate.rate)
        end as price_base
    from change
    join rate on rate.currency = change.currency and rate.number = change.number
    where change.number > 0
),

quiet_number as (
    select
        customer,
        currency,
        is_in_several,
        amount_after,
        unnest(range(
            greatest(number + 1, 1), coalesce(next_number, (select max(number) + 1 from core.recurring_month))
        )) as number
    from change
    where amount_after <> 0
),

quiet_at as (
    select
        quiet_number.customer,
        quiet_number.number,
        quiet_number.is_in_several,
        case when rate.rate_before = 1 then amount_after else times(amount_after, rate.rate_before) end as start_base,
        case when rate.rate = 1 then amount_after else times(amount_after, rate.rate) end as end_base
    from quiet_number
    join rate on rate.currency = quiet_number.currency and rate.number = quiet_number.number
),

in_currency as not materialized (
    select * from valued where start_base <> 0 or end_base <> 0
    union all by name
    select *, end_base - start_base as currency_base, 0::decimal(18, 4) as price_base from quiet_at
)

select
    customer,
    number::integer as number,
    start_base::decimal(18, 4) as start_base,
    end_base::decimal(18, 4) as end_base,
    currency_base::decimal(18, 4) as currency_moved,
    price_base::decimal(18, 4) as price_moved
from in_currency
where not is_in_several
union all
select
    customer,
    number::integer as number,
    sum(start_base)::decimal(18, 4) as start_base,
    sum(end_base)::decimal(18, 4) as end_base,
    sum(currency_base)::decimal(18, 4) as currency_moved,
    sum(price_base)::decimal(18, 4) as price_moved
from in_currency
where is_in_several
group by customer, number;
