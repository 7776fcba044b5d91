-- Each deal's amount is the sum of its lines.
select deal.deal_id, deal.name, deal.amount, sum(line.net_amount) as net_of_lines
from core.deal deal
join core.line_at_close line using (deal_id)
where deal.amount is not null and line.net_amount is not null
group by deal.deal_id, deal.name, deal.amount
having abs(deal.amount - sum(line.net_amount)) > 1
order by abs(deal.amount - sum(line.net_amount)) desc
limit 200
