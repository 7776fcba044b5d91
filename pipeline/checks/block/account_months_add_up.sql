-- The parts of each customer's month add up, and it starts where the month before ended.
-- A customer without a row pays nothing; what was paid before the first month is not told.
select
    month.account_id,
    month.month_starts_on,
    month.start_base,
    month.end_base,
    coalesce(before.end_base, 0) as ended_at_base
from marts.fact_account_month month
left join (select account_id, read_on + 1 as day, end_base from marts.fact_account_month) before
    on before.account_id = month.account_id and before.day = month.month_starts_on
where
    month.end_base - month.start_base
    <> month.new_base + month.expansion_base + month.contraction_base + month.churn_base + month.price_base + month.currency_base
    or (
        month.start_base <> coalesce(before.end_base, 0)
        and month.month_starts_on <> (select starts_on from core.recurring_month where number = 1)
    )
limit 200
