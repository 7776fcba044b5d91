-- What one export changed of a line in one quarter for one cause is one row.
select deal_line_id, fiscal_quarter, exported_on, cause, count(*) as rows
from marts.fact_restatement
group by deal_line_id, fiscal_quarter, exported_on, cause
having count(*) > 1
limit 200
