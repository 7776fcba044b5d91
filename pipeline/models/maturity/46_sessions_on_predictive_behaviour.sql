-- One row per quarter, region and team: coaching sessions whose subject is known, and those on behaviours that go before
-- results.
create view core.sessions_on_predictive_behaviour as
select
    fiscal_quarter,
    region,
    team,
    count(*) filter (is_predictive)::double as hits,
    count(is_predictive)::double as cases,
    count(*)::double as asked,
    count(is_predictive) as n
from core.coaching_focus
group by fiscal_quarter, region, team;
