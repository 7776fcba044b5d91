-- Each line of the bills is one row of the facts.
select (select count(*) from latest.invoice_line) as lines_in_sources, count(*) as lines_in_facts
from marts.fact_invoice_line
having count(*) <> (select count(*) from latest.invoice_line)
