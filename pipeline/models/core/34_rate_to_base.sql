-- One row per foreign currency, day from which it holds and rate set (currency, on_date, rate_set): what one unit is in
-- the reporting currency. How it is told (told_as): as that, as its inverse, or across a third currency; only where
-- to_currency says so. Of a currency and rate set the most direct way of telling counts, for all days.
create table core.rate_to_base as
with home as (
    select currency as base from meta.build
),

told as (
    select
        currency,
        coalesce(to_currency, base) as to_currency,
        coalesce(on_date, date '0001-01-01') as on_date,
        coalesce(lower(rate_set), 'actual') as rate_set,
        rate_to_base as rate
    from core.fx_rate, home
    where rate_to_base > 0 and currency <> coalesce(to_currency, base)
),

step as (
    select currency, to_currency, on_date, rate_set, rate, 1 as way from told
    union all
    select to_currency, currency, on_date, rate_set, (1 / rate::double)::decimal(18, 8), 2 from told
),

near as (
    select step.* from step, home where to_currency = base
    qualify way = min(way) over (partition by currency, rate_set)
),

-- A rate across holds from each day on which one of its two steps changes.
far as (
    select step.* from step, home
    where step.currency <> base and step.to_currency <> base
    and (step.currency, step.rate_set) not in (select (currency, rate_set) from near)
),

changed as (
    select currency, to_currency, rate_set, way, on_date from far
    union
    select far.currency, far.to_currency, far.rate_set, far.way, near.on_date
    from far
    join near on near.currency = far.to_currency and near.rate_set = far.rate_set
),

across as (
    select
        changed.currency,
        changed.on_date,
        changed.rate_set,
        (far.rate::double * near.rate::double)::decimal(18, 8) as rate,
        changed.to_currency,
        changed.way
    from changed
    asof join far
        on far.currency = changed.currency and far.to_currency = changed.to_currency
        and far.rate_set = changed.rate_set and far.way = changed.way and far.on_date <= changed.on_date
    asof join near
        on near.currency = changed.to_currency and near.rate_set = changed.rate_set and near.on_date <= changed.on_date
    -- Across one third currency throughout, told the same way round.
    qualify (changed.way, changed.to_currency)
        = min((changed.way, changed.to_currency)) over (partition by changed.currency, changed.rate_set)
)

select currency, on_date, rate_set, rate as rate_to_base, case way when 1 then 'direct' else 'inverse' end as told_as
from near
union all
select currency, on_date, rate_set, rate, 'across ' || to_currency from across;
