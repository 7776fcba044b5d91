-- Each line of the bills is one row of the facts.
-- Discounts that stand as lines of their own are in the lines they are for. Where no lines are told, each bill is one.
with source as (
    select
        (select count(*) from latest.invoice_line)
        + (select count(*) from latest.invoice where subtotal is not null and not exists (from latest.invoice_line))
            as lines_in_sources,
        (select count(*) from core.settled_line where counted_as <> 'bill') as lines_in_others
)

select lines_in_sources, lines_in_others, (select count(*) from marts.fact_invoice_line) as lines_in_facts
from source
where lines_in_sources - lines_in_others <> lines_in_facts
or (select count(*) from latest.invoice_line semi join core.bill_to_settle using (invoice_id)) <> (select count(*) from core.settled_line)
