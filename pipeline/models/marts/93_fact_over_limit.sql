-- One row per deal over a limit (deal_id), open or closed: by how much, and whether somebody who may approved it on or
-- before the day of its close, only after it, or never; NULL where it was approved on a day that nobody recorded. What was
-- approved for less than it was sold at, by more than half a point, is marked (is_beyond_approval).
create table marts.fact_over_limit as
with decided as (
    select
        deal_id,
        arg_min(exception_id, (decided_on, exception_id)) as exception_id,
        arg_min(lower(trim(criterion)), (decided_on, exception_id)) as criterion,
        arg_min(approver_id, (decided_on, exception_id)) as approver_id
    from core.price_exception
    where lower(decision) = 'approved'
    group by deal_id
),

name as (
    select person_id, any_value(name) as name from core.person group by person_id
),

any_asked as (
    select count(*) > 0 as is_known from core.price_exception
)

select
    over_limit.deal_id,
    over_limit.rate,
    over_limit.max_rate,
    over_limit.max_amount,
    over_limit.excess_base,
    case
        when not any_asked.is_known then null
        when asked.approved_on <= deal.closed_on then 'before'
        when asked.approved_on > deal.closed_on then 'after'
        when asked.is_approved then null
        else 'none'
    end::enum ('after', 'before', 'none') as approval,
    case
        when not any_asked.is_known then null
        when asked.is_approved then 'approved'
        when asked.is_pending then 'pending'
        when asked.rejected_on is not null then 'rejected'
        else 'not asked'
    end::enum ('approved', 'not asked', 'pending', 'rejected') as answer,
    asked.approved_on,
    asked.approved_rate::double as approved_rate,
    coalesce(over_limit.highest_rate > asked.approved_rate + 0.5, false) as is_beyond_approval,
    decided.criterion,
    decided.approver_id,
    case when decided.approver_id is not null then coalesce(name.name, decided.approver_id) end as approver_name,
    deal.deal_name,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.industry,
    deal.country,
    deal.deal_type,
    deal.channel,
    deal.region,
    deal.region_today,
    deal.team,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.reporting_line_id,
    deal.is_won,
    deal.is_closed,
    deal.closed_on,
    deal.fiscal_year,
    deal.fiscal_quarter,
    deal.fiscal_month,
    deal.list_amount_base,
    deal.discount_base,
    deal.net_amount_base
from core.over_limit
join marts.fact_deal deal using (deal_id)
cross join any_asked
left join core.deal_approval asked using (deal_id)
left join decided using (deal_id)
left join name on name.person_id = decided.approver_id;
