-- Each amount's currency has a rate to the reporting currency on its day.
select currency, count(*) as lines, sum(net_amount) as net_amount, min(closed_on) as first_close, max(closed_on) as last_close
from marts.fact_deal_line
where base_rate is null and net_amount is not null
group by currency
