-- One row per quarter, region and team: net of the deals that were open at the quarter's end, as it is known now, and
-- the part of it on deals for which the customer had confirmed a final outcome's value by then.
create view core.pipeline_with_confirmed_value as
with terminal as (
    select outcome_id from core.value_outcome group by outcome_id having bool_or(is_terminal)
),

confirmed as (
    select deal_id, min(assessed_on) as confirmed_on
    from core.value_assessment
    where evidence = 'customer_confirmed' and value_amount > 0
    and (outcome_id in (select outcome_id from terminal) or not exists (select 1 from core.value_outcome))
    group by deal_id
)

select
    quarter.fiscal_quarter,
    deal.region,
    deal.team,
    sum(deal.net_amount_base) filter (coalesce(confirmed.confirmed_on, quarter.starts_on) < quarter.ends_on and confirmed.deal_id is not null)::double as hits,
    sum(deal.net_amount_base)::double as cases,
    sum(deal.net_amount_base)::double as asked,
    count(*) as n
from marts.fact_deal deal
join core.maturity_quarter quarter
    on coalesce(deal.created_on, deal.closed_on) < quarter.ends_on and (not deal.is_closed or deal.closed_on >= quarter.ends_on)
left join confirmed using (deal_id)
where exists (select 1 from core.value_assessment)
group by quarter.fiscal_quarter, deal.region, deal.team;
