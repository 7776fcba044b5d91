-- Each deal line's deal is there.
select deal_line_id, deal_id, net_amount, source_line
from core.deal_line
where deal_id not in (select deal_id from core.deal)
limit 200
