-- One row per quarter, region and team: won deals over what their seller may grant alone, and those of them that were
-- approved on or before the day of the close. One approved on a day that nobody recorded is no case.
create view core.over_limit_approved_before_close as
select
    fiscal_quarter,
    over_limit.region,
    over_limit.team,
    count(*) filter (approval = 'before')::double as hits,
    count(approval)::double as cases,
    count(*)::double as asked,
    count(approval) as n
from marts.fact_over_limit over_limit
join core.maturity_quarter quarter using (fiscal_quarter)
where over_limit.is_won and exists (select 1 from core.price_exception)
group by fiscal_quarter, over_limit.region, over_limit.team;
