-- Each deal that is not won says whether it is lost or still open.
select deal_id, name, stage, closed_on
from core.deal
where is_closed is null and is_won is not true
limit 200
