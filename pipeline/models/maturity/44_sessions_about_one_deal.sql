-- One row per quarter, region and team: coaching sessions whose subject is known, and those about one deal.
create view core.sessions_about_one_deal as
select
    fiscal_quarter,
    region,
    team,
    count(*) filter (is_told and is_about_one_deal)::double as hits,
    count(*) filter (is_told)::double as cases,
    count(*)::double as asked,
    count(*) filter (is_told) as n
from core.coaching_focus
group by fiscal_quarter, region, team;
