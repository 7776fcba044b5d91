-- One row per deal over a limit (deal_id), open or closed: by how much, and whether somebody who may approved it
-- (core.deal_approval) on or before the day of its close, only after it, or never; NULL where it was approved on a day
-- that nobody recorded. answer is what became of the request; what was approved for less than is given away is not
-- approved, and said so.
-- Apart by deal_id.
create table marts.fact_over_limit as
with name as (
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
        when asked.is_for_less then 'approved for less'
        when asked.rejected_on is not null then 'rejected'
        else 'not asked'
    end::enum ('approved', 'approved for less', 'not asked', 'pending', 'rejected') as answer,
    asked.approved_on,
    asked.approved_rate,
    asked.first.criterion as criterion,
    asked.first.approver_id as approver_id,
    case when asked.first.approver_id is not null then coalesce(name.name, asked.first.approver_id) end as approver_name,
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
from core.over_limit over_limit
join marts.fact_deal deal using (deal_id)
cross join any_asked
left join core.deal_approval asked using (deal_id)
left join name on name.person_id = asked.first.approver_id;
