-- Each deal says whether it is won.
select deal_id, name, stage, amount
from core.deal
where is_won is null
limit 200
