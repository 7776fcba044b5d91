-- One row per fiscal month up to the one of the newest export (number, from 1): the days on whose evening a
-- customer's recurring amount is read, before it and at its end; the month under way ends with the newest export.
-- Number 0 is the evening before the first.
create table core.recurring_month as
with month as (
    select period, starts_on, ends_on, row_number() over (order by starts_on) as number
    from meta.fiscal_period
    where kind = 'month' and starts_on <= (select data_on from meta.build)
)

select
    number,
    period as fiscal_month,
    starts_on,
    ends_on,
    starts_on - 1 as read_before,
    least(ends_on - 1, (select data_on from meta.build)) as read_on
from month
union all
select 0, null, null, null, null, starts_on - 1 from month where number = 1;
