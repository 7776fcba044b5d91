-- Each closed deal says whether it is won.
select deal_id, name, stage, amount
from core.deal
where is_won is null and coalesce(is_closed, true)
and vanished_on is null
limit 200
