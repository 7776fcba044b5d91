-- What was billed is the same in the facts as in the sources' current rows, per currency, to the cent.
-- That is charges less discounts, whether these stand on the charges, on lines of their own or on the whole bill.
with line as (
    select
        upper(coalesce(line.currency, invoice.currency, (select currency from meta.build))) as currency,
        coalesce(line.net_amount, line.list_amount - coalesce(line.discount_amount, 0)) as net,
        line.in_minor_units,
        line.invoice_line_id,
        bill.unit
    from latest.invoice_line line
    left join core.invoice invoice using (invoice_id)
    left join core.bill_to_settle bill using (invoice_id)
    left join core.settled_line settled using (invoice_line_id)
    where coalesce(settled.counted_as, 'bill') = 'bill'
    -- A discount that went into other lines is off them, unless they had lost it already.
    or (settled.counted_as = 'in others' and not bill.is_reduced and coalesce(bill.known_as, 'bill') = 'bill')
),

coupon as (
    select given.invoice_line_id, sum(given.amount * case when given.in_minor_units then bill.unit else 1 end) as amount
    from core.coupon_given given
    join latest.invoice_line line on line.invoice_line_id = given.invoice_line_id
    join core.bill_to_settle bill on bill.invoice_id = line.invoice_id
    where line.discount_amount is null and line.net_amount is null
    group by given.invoice_line_id
),

source as (
    select
        line.currency,
        sum(line.net * case when line.in_minor_units then line.unit else 1 end - coalesce(coupon.amount, 0)) as net
    from line
    left join coupon using (invoice_line_id)
    group by line.currency
    union all
    select currency, -sum(spread) from core.bill_to_settle where known_as = 'bill' group by currency
    union all
    -- Where no lines of bills are told, bills stand for themselves.
    select upper(coalesce(currency, (select currency from meta.build))), sum(subtotal)
    from core.invoice
    where not exists (from latest.invoice_line)
    group by all
),

totalled as (
    select currency, sum(net) as net from source group by currency
),

fact as (select upper(currency) as currency, sum(net_amount) as net from marts.fact_invoice_line group by upper(currency))

select coalesce(totalled.currency, fact.currency) as currency, totalled.net as net_in_sources, fact.net as net_in_facts
from totalled
full join fact on fact.currency = totalled.currency
where abs(coalesce(totalled.net, 0) - coalesce(fact.net, 0)) >= 0.005
