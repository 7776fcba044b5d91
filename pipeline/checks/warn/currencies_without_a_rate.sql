-- Each amount's currency has a rate to the reporting currency on its day.
-- Such rows are kept in their own currency and left out of all sums in the reporting currency.
with unrated as (
    select currency, 'deal lines' as rows_of, net_amount as amount, closed_on as day
    from marts.fact_deal_line
    where base_rate is null and net_amount is not null
    union all
    select currency, 'bill lines', net_amount, issued_on
    from marts.fact_invoice_line
    where net_amount_base is null and net_amount is not null
    union all
    select currency, 'credits and rebates', amount, given_on
    from marts.fact_concession
    where amount_base is null and amount is not null
)

select currency, rows_of, count(*) as rows, sum(amount) as amount, min(day) as first_day, max(day) as last_day
from unrated
group by currency, rows_of
order by currency, rows_of
