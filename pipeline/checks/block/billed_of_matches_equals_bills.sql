-- What is set against sales is what was billed, per currency, to the cent.
with bill as (
    select currency, sum(net_amount) as net
    from marts.fact_invoice_line
    where is_billed
    group by currency
),

match as (
    select billed_currency as currency, sum(billed_amount) as net
    from marts.fact_billing_match
    where invoice_line_id is not null and credit_note_id is null
    group by billed_currency
)

select coalesce(bill.currency, match.currency) as currency, bill.net as billed, match.net as matched
from bill
full join match on match.currency = bill.currency
where abs(coalesce(bill.net, 0) - coalesce(match.net, 0)) >= 0.005
