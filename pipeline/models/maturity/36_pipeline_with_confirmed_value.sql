-- One row per quarter, region and team: net of the deals that were open at the quarter's end, as it is known now, and
-- the part of it on deals for which the customer had confirmed a final outcome's value by then.
create view core.pipeline_with_confirmed_value as
with confirmed as (
    select deal_id, confirmed_on from core.deal_value where confirmed_on is not null
)

select
    quarter.fiscal_quarter,
    deal.region,
    deal.team,
    sum(deal.net_amount_base) filter (confirmed.confirmed_on < quarter.ends_on)::double as hits,
    sum(deal.net_amount_base)::double as cases,
    sum(deal.net_amount_base)::double as asked,
    count(*) as n
from (select * from marts.fact_deal where exists (select 1 from core.value_assessment)) deal
join core.maturity_quarter quarter
    on coalesce(deal.created_on, deal.closed_on) < quarter.ends_on and (not deal.is_closed or deal.closed_on >= quarter.ends_on)
left join confirmed using (deal_id)
group by quarter.fiscal_quarter, deal.region, deal.team;
