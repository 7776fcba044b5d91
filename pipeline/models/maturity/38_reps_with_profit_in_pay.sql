-- One row per quarter, region and team: people with a pay plan in force at the quarter's end, and those whose plan has
-- a part that rests on profit.
create view core.reps_with_profit_in_pay as
with plan as (
    select quarter.fiscal_quarter, plan.person_id, plan.profit_share
    from core.compensation_plan plan
    join core.maturity_quarter quarter on plan.period_start is null or plan.period_start < quarter.ends_on
    qualify row_number() over (
        partition by quarter.fiscal_quarter, plan.person_id order by plan.period_start desc nulls last
    ) = 1
)

select
    plan.fiscal_quarter,
    place.region,
    place.team,
    count(*) filter (plan.profit_share > 0)::double as hits,
    count(plan.profit_share)::double as cases,
    count(*)::double as asked,
    count(plan.profit_share) as n
from plan
left join core.maturity_place place using (fiscal_quarter, person_id)
group by plan.fiscal_quarter, place.region, place.team;
