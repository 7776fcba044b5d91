-- One row per currency of what recurs and month's end (currency, number): the plan rate in force on that evening
-- where there is one, else the actual rate; before the first rate of all, the first.
create table core.recurring_rate as
with asked as (
    select distinct currency from core.subscription where currency is not null
    union
    select distinct currency from core.deal_line
),

in_force as (
    select
        asked.currency,
        month.number,
        rate.rate_set,
        coalesce(
            arg_max(rate.rate_to_base, rate.on_date) filter (rate.on_date <= month.read_on),
            arg_min(rate.rate_to_base, rate.on_date)
        ) as rate_to_base
    from asked
    join core.rate_to_base rate using (currency)
    cross join core.recurring_month month
    where asked.currency <> (select currency from meta.build)
    group by asked.currency, month.number, rate.rate_set
)

select
    currency,
    number,
    coalesce(
        max(rate_to_base) filter (rate_set = 'plan'), max(rate_to_base) filter (rate_set = 'actual')
    )::decimal(18, 8) as rate
from in_force
group by currency, number
union all
select (select currency from meta.build), number, 1.0 from core.recurring_month;
