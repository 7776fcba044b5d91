-- One row per deal (deal_id): core.deal_at_close, worked out once for the facts of lines and of deals.
-- Apart by deal_id.
create table passing.deal_placed as
select * from core.deal_at_close;
