-- One row per calendar day (day) with its place in the fiscal calendar. Business days are Monday to Friday, but for the
-- holidays of the configuration; those left are the quarter's that come after the day.
create table core.fiscal_day as
with day as (
    select unnest(generate_series(
        (select min(starts_on) from meta.fiscal_period),
        (select max(ends_on) from meta.fiscal_period) - interval 1 day,
        interval 1 day
    ))::date as day
),

holiday as (
    select unnest(from_json(configuration -> '$.holidays', '["date"]')) as day from meta.build
),

placed as (
    select
        day.day,
        year.period as fiscal_year_label,
        year.fiscal_year,
        quarter.period::core.fiscal_quarter as fiscal_quarter,
        month.period::core.fiscal_month as fiscal_month,
        quarter.starts_on as quarter_starts_on,
        quarter.ends_on as quarter_ends_on,
        isodow(day.day) < 6 and day.day not in (select day from holiday) as is_business_day
    from day
    join meta.fiscal_period year on year.kind = 'year' and day.day >= year.starts_on and day.day < year.ends_on
    join meta.fiscal_period quarter
        on quarter.kind = 'quarter' and day.day >= quarter.starts_on and day.day < quarter.ends_on
    join meta.fiscal_period month on month.kind = 'month' and day.day >= month.starts_on and day.day < month.ends_on
)

select
    *,
    count(*) filter (is_business_day) over (
        partition by fiscal_quarter order by day
    ) as business_day_of_quarter,
    count(*) filter (is_business_day) over (partition by fiscal_quarter) as business_days_in_quarter,
    count(*) filter (is_business_day) over (
        partition by fiscal_quarter order by day rows between 1 following and unbounded following
    ) as business_days_left
from placed;
