-- One row per deal with lines (deal_id): its lines' motion, or 'mixed'.
-- Apart by deal_id.
create view marts.deal_motion as
select deal_id, case when min(motion) <> max(motion) then 'mixed' else min(motion) end as motion
from marts.fact_deal_line
group by deal_id;
