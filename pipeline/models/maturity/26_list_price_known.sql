-- One row per quarter, region and team: net of won deals in the reporting currency, and the part of it whose list
-- price is known.
create view core.list_price_known as
select
    fiscal_quarter,
    deal.region,
    deal.team,
    sum(deal.net_amount_base - coalesce(deal.unpriced_net_base, 0))::double as hits,
    sum(deal.net_amount_base)::double as cases,
    sum(deal.net_amount_base)::double as asked,
    count(*) as n
from marts.fact_deal deal
join core.maturity_quarter quarter using (fiscal_quarter)
where deal.is_won
group by fiscal_quarter, deal.region, deal.team;
