-- Each deal line's deal is there.
select line.deal_line_id, line.deal_id, line.net_amount, line.source_line
from latest.deal_line line
anti join latest.deal deal using (deal_id)
limit 200
