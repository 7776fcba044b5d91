-- One row per sales meeting (deal_id, held_on) with the place of its deal: how many people of each side came.
create table marts.fact_meeting as
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
    motion.motion,
    meeting.held_on,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    meeting.our_people,
    meeting.their_people,
    file.path as source_file,
    meeting.source_line
from core.meeting meeting
join marts.fact_deal deal using (deal_id)
left join marts.deal_motion motion using (deal_id)
left join core.fiscal_day fiscal on fiscal.day = meeting.held_on
left join raw.source_file file on file.source_file_id = meeting.source_file_id;
