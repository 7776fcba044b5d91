-- The revenue splits of a deal add up to 100.
select deal_id, sum(split_share) as total
from core.deal_team
where is_revenue_split
group by deal_id
having abs(sum(split_share) - 100) > 0.01
limit 200
