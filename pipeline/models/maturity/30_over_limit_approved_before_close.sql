-- One row per quarter, region and team: won deals over what their seller may grant alone, and those of them that were
-- approved on or before the day of the close. One approved on a day that nobody recorded is no case.
create view core.over_limit_approved_before_close as
with approved as (
    select deal_id, min(decided_on) as decided_on
    from core.price_exception
    where lower(decision) = 'approved'
    group by deal_id
)

select
    fiscal_quarter,
    deal.region,
    deal.team,
    count(*) filter (approved.decided_on <= deal.closed_on)::double as hits,
    count(*) filter (is_known)::double as cases,
    count(*)::double as asked,
    count(*) filter (is_known) as n
from core.deal_over_limit over_limit
join marts.fact_deal deal using (deal_id)
join core.maturity_quarter quarter using (fiscal_quarter)
left join approved using (deal_id)
cross join lateral (select approved.deal_id is null or approved.decided_on is not null as is_known)
where deal.is_won and exists (select 1 from core.price_exception)
group by fiscal_quarter, deal.region, deal.team;
