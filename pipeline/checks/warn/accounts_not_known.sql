-- Each deal's customer is in the customer list.
select account_id, count(*) as deals
from core.deal
where account_id is not null and (select count(*) > 0 from core.account)
and account_id not in (select account_id from core.account)
group by account_id
order by deals desc
limit 200
