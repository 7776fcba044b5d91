-- One row per quarter, region and team: deals with a request for proposal that were open on some day of the quarter,
-- and those of them whose request we had shaped.
create view core.rfp_shaped as
select
    quarter.fiscal_quarter,
    deal.region,
    deal.team,
    count(*) filter (deal.rfp_engagement = 'shaped')::double as hits,
    count(*)::double as cases,
    count(*)::double as asked,
    count(*) as n
from marts.fact_deal deal
join core.maturity_quarter quarter
    on coalesce(deal.created_on, deal.closed_on) < quarter.ends_on
    and (not deal.is_closed or deal.closed_on >= quarter.starts_on)
where deal.rfp_engagement is not null
group by quarter.fiscal_quarter, deal.region, deal.team;
