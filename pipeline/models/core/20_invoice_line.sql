-- One row per line of a bill that charges something (invoice_line_id), tax left out: as it stands in the export, or
-- as it was settled with the bill's other lines. Where no export tells lines of bills, each bill that says what it
-- billed before tax is one, as a deal without lines is.
create view core.invoice_line as
select line.*
from latest.invoice_line line
anti join core.bill_to_settle using (invoice_id)
union all by name
select * exclude (counted_as)
from core.settled_line
where counted_as = 'bill'
union all by name
select
    invoice_id || ' (bill)' as invoice_line_id,
    invoice_id,
    currency,
    subtotal + coalesce(discount_amount, 0) as list_amount,
    coalesce(discount_amount, 0) as discount_amount,
    subtotal as net_amount,
    source_file_id,
    source_line
from core.invoice
where subtotal is not null and not exists (from latest.invoice_line);
