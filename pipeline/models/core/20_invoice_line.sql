-- One row per line of a bill that charges something (invoice_line_id), tax left out: as it stands in the export, or
-- as it was settled with the bill's other lines.
create view core.invoice_line as
select line.*
from latest.invoice_line line
anti join core.bill_to_settle using (invoice_id)
union all by name
select * exclude (counted_as)
from core.settled_line
where counted_as = 'bill';
