-- One row per period and region (period_start, region): what discounts may cost there. Where a budget is given
-- for the company as well as for regions, the row without a region is what is left of it, so that rows add up.
create table marts.fact_budget as
with whole as (
    select period_start, sum(amount) as amount from core.discount_budget where region is null group by period_start
),

part as (
    select period_start, region, sum(amount) as amount, any_value(source_file_id) as source_file_id, min(source_line) as source_line
    from core.discount_budget
    where region is not null
    group by period_start, region
),

budget as (
    select * from part
    union all
    select whole.period_start, null, whole.amount - coalesce(sum(part.amount), 0), null, null
    from whole
    left join part using (period_start)
    group by whole.period_start, whole.amount
)

select
    budget.period_start,
    budget.region,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    budget.amount,
    file.path as source_file,
    budget.source_line
from budget
left join core.fiscal_day fiscal on fiscal.day = budget.period_start
left join raw.source_file file on file.source_file_id = budget.source_file_id;
