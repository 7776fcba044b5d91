-- Each customer has one row a month, and each contract that came due is in one.
select (select count(*) from core.recurring_due where number > 0) as due_in_contracts, sum(due_lines) as due_in_facts,
    count(*) as rows_in_facts, count(distinct (account_id, month_starts_on)) as different_months
from marts.fact_account_month
having
    coalesce(sum(due_lines), 0) <> (select count(*) from core.recurring_due where number > 0)
    or count(distinct (account_id, month_starts_on)) <> count(*)
