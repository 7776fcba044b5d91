-- The periods of a ramped line add up to what the line says of list and net.
select
    line.deal_line_id,
    line.deal_id,
    line.list_amount as list_of_line,
    period.list_amount as list_of_periods,
    line.net_amount as net_of_line,
    period.net_amount as net_of_periods
from core.line_period period
join core.line_at_close line using (deal_line_id)
where abs(line.net_amount - period.net_amount) > 0.01
or abs(line.list_amount - period.list_amount) > 0.01
limit 200
