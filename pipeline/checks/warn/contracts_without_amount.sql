-- Each recurring line has a customer, an amount a month, a rate and a first day.
-- Without them retention does not count it.
select contract_id, account_id, started_on, currency, amount
from core.recurring_contract
where account_id is null
or started_on is null
or amount is null
or currency not in (select currency from core.recurring_rate where rate is not null)
limit 200
