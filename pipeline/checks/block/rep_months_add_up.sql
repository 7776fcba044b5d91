-- What reps won month by month is what they won in all, each rep and month once.
with deals as (
    select count(*) as won, coalesce(sum(discount_base), 0) as discount
    from marts.fact_deal
    where is_won
    and rep_id is not null
    and fiscal_month is not null
    and closed_on <= (select data_on from meta.build)
),

months as (
    select
        coalesce(sum(won), 0) as won,
        coalesce(sum(discount_base), 0) as discount,
        count(*) - count(distinct (rep_id, fiscal_month)) as doubled
    from marts.fact_rep_month
)

select
    deals.won as won_of_deals,
    months.won as won_of_months,
    deals.discount as discount_of_deals,
    months.discount as discount_of_months,
    months.doubled
from deals, months
where deals.won <> months.won or deals.discount <> months.discount or months.doubled > 0
