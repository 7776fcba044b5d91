-- Every bill is one row, and together they charge what their lines do, per currency, to the cent.
with bill as (
    select currency, count(*) as bills, count(distinct invoice_id) as ids, sum(net_amount) as net
    from marts.fact_bill
    group by currency
),

line as (
    select currency, sum(net_amount) as net from marts.fact_invoice_line group by currency
)

select coalesce(bill.currency, line.currency) as currency, bill.bills, bill.ids, bill.net as net_of_bills, line.net as net_of_lines
from bill
full join line on line.currency = bill.currency
where bill.bills is distinct from bill.ids
or abs(coalesce(bill.net, 0) - coalesce(line.net, 0)) >= 0.005
