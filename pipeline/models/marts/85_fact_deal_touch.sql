-- One row per deal and step of it (deal_id, step): whether a person had to act, with the deal's place as of its close.
-- Apart by deal_id.
create table marts.fact_deal_touch as
select
    deal.deal_id,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.industry,
    deal.country,
    deal.region,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.is_closed,
    deal.is_won,
    deal.closed_on,
    deal.fiscal_year,
    deal.fiscal_quarter,
    deal.fiscal_month,
    motion.motion,
    lower(touch.step) as step,
    touch.touched,
    file.path as source_file,
    touch.source_line
from core.deal_touch touch
join marts.fact_deal deal using (deal_id)
left join marts.deal_motion motion using (deal_id)
left join raw.source_file file on file.source_file_id = touch.source_file_id;
