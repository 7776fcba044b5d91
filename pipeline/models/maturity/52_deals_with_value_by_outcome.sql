-- One row per quarter, region and team: deals won or lost in the quarter, and those with a recorded value of a final
-- outcome. Renewals at the same scope ask for no new value and are left out.
create view core.deals_with_value_by_outcome as
with valued as (
    select deal_id from core.deal_value where valued_on is not null
)

select
    quarter.fiscal_quarter,
    deal.region,
    deal.team,
    count(valued.deal_id)::double as hits,
    count(*)::double as cases,
    count(*)::double as asked,
    count(*) as n
from marts.fact_deal deal
join core.maturity_quarter quarter on deal.closed_on >= quarter.starts_on and deal.closed_on < quarter.ends_on
left join valued using (deal_id)
where deal.is_closed
and deal.deal_type is distinct from 'renewal'
and exists (select 1 from core.value_assessment)
group by quarter.fiscal_quarter, deal.region, deal.team;
