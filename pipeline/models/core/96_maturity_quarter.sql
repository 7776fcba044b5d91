-- One row per fiscal quarter (fiscal_quarter) that maturity is told for: the last twelve that were over when the
-- newest export was made, or the one under way where there is no other. answers_until is exclusive: the last quarter
-- hears what people have said since.
create table core.maturity_quarter as
with begun as (
    select period as fiscal_quarter, starts_on, ends_on, ends_on <= build.data_on as is_over
    from meta.fiscal_period
    cross join meta.build build
    where kind = 'quarter' and starts_on <= build.data_on
    and starts_on >= (
        select coalesce(min(day), date '0001-01-01')
        from (
            select min(quarter_starts_on) as day from core.fiscal_day where day >= (select min(closed_on) from core.deal)
        )
    )
)

select
    fiscal_quarter,
    starts_on,
    ends_on,
    is_over,
    row_number() over (order by starts_on desc) = 1 as is_last,
    case
        when row_number() over (order by starts_on desc) = 1 then greatest(
            ends_on,
            (select data_on from meta.build) + 1,
            (select max(answered_on) from core.assessment_answer) + 1
        )
        else ends_on
    end as answers_until
from begun
where is_over or not exists (select 1 from begun where is_over)
qualify row_number() over (order by starts_on desc) <= 12;
