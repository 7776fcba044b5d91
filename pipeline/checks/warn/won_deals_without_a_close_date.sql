-- Each won deal has a close date.
select deal_id, name, amount
from core.deal
where is_won and closed_on is null
limit 200
