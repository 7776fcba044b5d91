-- One row per department and period (department, period_start): what it spent, in the reporting currency.
create table marts.fact_expense as
select
    expense.department,
    expense.period_start,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    expense.amount,
    file.path as source_file,
    expense.source_line
from core.expense expense
left join core.fiscal_day fiscal on fiscal.day = expense.period_start
left join raw.source_file file on file.source_file_id = expense.source_file_id;
