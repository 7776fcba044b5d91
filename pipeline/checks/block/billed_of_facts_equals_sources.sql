-- What was billed is the same in the facts as in the sources' current rows, per currency, to the cent.
with source as (
    select
        coalesce(line.currency, invoice.currency, (select currency from meta.build)) as currency,
        sum(coalesce(line.net_amount, line.list_amount - coalesce(line.discount_amount, 0))) as net
    from latest.invoice_line line
    left join (select invoice_id, any_value(currency) as currency from latest.invoice group by invoice_id) invoice using (invoice_id)
    group by all
),

fact as (select currency, sum(net_amount) as net from marts.fact_invoice_line group by currency)

select coalesce(source.currency, fact.currency) as currency, source.net as net_in_sources, fact.net as net_in_facts
from source
full join fact on fact.currency = source.currency
where abs(coalesce(source.net, 0) - coalesce(fact.net, 0)) >= 0.005
