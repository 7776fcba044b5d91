-- Each bill's amount before tax is the sum of its lines.
with lines as (
    select invoice_id, sum(net_amount) as net from marts.fact_invoice_line group by invoice_id
)

select invoice.invoice_id, invoice.currency, invoice.subtotal, lines.net as net_of_lines
from core.invoice invoice
join lines using (invoice_id)
where abs(invoice.subtotal - lines.net) >= 0.01
order by abs(invoice.subtotal - lines.net) desc, invoice.invoice_id
limit 200
