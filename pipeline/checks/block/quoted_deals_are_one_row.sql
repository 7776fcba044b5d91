-- A deal is set against one offer.
select deal_id, count(*) as rows
from marts.fact_quoted_deal
group by deal_id
having count(*) > 1
limit 200
