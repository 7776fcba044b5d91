-- One row per period of the income statement (period_start), in the reporting currency; profit that it does not tell is
-- what it leaves of revenue.
create table marts.fact_income as
select
    statement.period_start,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    statement.revenue,
    statement.cost_of_revenue,
    statement.operating_expense,
    coalesce(
        statement.operating_profit,
        statement.revenue - statement.cost_of_revenue - statement.operating_expense
    ) as operating_profit,
    file.path as source_file,
    statement.source_line
from core.income_statement statement
left join core.fiscal_day fiscal on fiscal.day = statement.period_start
left join raw.source_file file on file.source_file_id = statement.source_file_id;
