-- Each bill has lines, or an amount before tax that stands for them.
select invoice_id, currency, issued_on, total
from core.invoice
anti join core.invoice_line using (invoice_id)
where coalesce(lower(status), '') not in ('draft', 'void', 'deleted') and coalesce(total <> 0, true)
order by issued_on desc, invoice_id
limit 200
