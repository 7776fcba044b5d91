-- List less discount plus uplift is net, on every priced line.
select deal_line_id, list_amount, discount, uplift, net_amount
from marts.fact_deal_line
where list_amount is not null and list_amount - discount + uplift is distinct from net_amount
limit 200
