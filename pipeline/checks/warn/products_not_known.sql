-- Each product on a deal line is in the product list.
select product_id, count(*) as lines, sum(net_amount) as net_amount
from latest.deal_line
where product_id is not null and (select count(*) > 0 from core.product)
and product_id not in (select product_id from core.product)
group by product_id
order by net_amount desc
limit 200
