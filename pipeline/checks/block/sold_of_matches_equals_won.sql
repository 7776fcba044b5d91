-- What is set against bills is what was won, per currency, to the cent, where there are bills.
with won as (
    select coalesce(currency, (select currency from meta.build)) as currency, sum(net_amount) as net
    from marts.fact_deal_line
    where is_won
    and exists (from marts.fact_invoice_line where is_billed and net_amount is not null)
    group by all
),

match as (
    select coalesce(currency, (select currency from meta.build)) as currency, sum(sold_amount) as net
    from marts.fact_billing_match
    where deal_line_id is not null
    group by all
)

select coalesce(won.currency, match.currency) as currency, won.net as won, match.net as matched
from won
full join match on match.currency = won.currency
where abs(coalesce(won.net, 0) - coalesce(match.net, 0)) >= 0.005
