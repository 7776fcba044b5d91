-- One row per closed deal (deal_id) whose discount is over what its owner could grant alone on the day of its close.
create view core.deal_over_limit as
select deal_id, rate, max_rate, max_amount
from core.over_limit
where is_closed;
