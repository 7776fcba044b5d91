-- The parts of each customer's month add up, and it starts where the month before ended.
-- A customer without a row pays nothing.
select account_id, month_starts_on, start_base, end_base, ended_at_base
from (
    select
        *,
        new_base + expansion_base + contraction_base + churn_base + price_base + currency_base as parts_base,
        coalesce(
            case
                when lag(read_on) over of_account = month_starts_on - 1 then lag(end_base) over of_account
                when month_starts_on = (select starts_on from core.recurring_month where number = 1) then start_base
            end,
            0
        ) as ended_at_base
    from marts.fact_account_month
    window of_account as (partition by account_id order by month_starts_on)
)
where end_base - start_base <> parts_base or start_base <> ended_at_base
limit 200
