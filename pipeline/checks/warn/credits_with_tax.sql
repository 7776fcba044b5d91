-- Each credit is known without its tax.
select credit_note_id, invoice_id, currency, amount
from core.credit_note_line
where includes_tax
limit 200
