-- One unit of the reporting currency is one unit of it; a rate in another currency says so in to_currency.
select currency, on_date, rate_set, rate_to_base
from core.fx_rate
where currency = coalesce(to_currency, (select currency from meta.build)) and rate_to_base <> 1
limit 200
