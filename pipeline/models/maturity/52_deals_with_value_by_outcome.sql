-- One row per quarter, region and team: deals won or lost in the quarter, and those with a recorded value of a final
-- outcome. Renewals at the same scope ask for no new value and are left out.
create view core.deals_with_value_by_outcome as
with valued as (
    select deal_id from core.deal_value where valued_on is not null
)

select
    fiscal_quarter,
    deal.region,
    deal.team,
    count(valued.deal_id)::double as hits,
    count(*)::double as cases,
    count(*)::double as asked,
    count(*) as n
from (select * from marts.fact_deal where exists (select 1 from core.value_assessment)) deal
join core.maturity_quarter quarter using (fiscal_quarter)
left join valued using (deal_id)
where deal.is_closed
and deal.deal_type is distinct from 'renewal'
group by fiscal_quarter, deal.region, deal.team;
