-- One row: whether any line of the load carries a list price of its own. Where one does, an undated price
-- book says nothing about past closes.
create table core.line_list as
select
    coalesce(bool_or(unit_list is not null or list_amount is not null), false)
    or exists (from latest.deal_line_period where list_amount is not null) as has_line_list
from latest.deal_line;
