-- Each forecast and the bars of its bridge come to what was won, for every deal and place.
with told as (
    select
        deal_id,
        fiscal_quarter,
        weeks_before,
        side,
        actual_base,
        unnest([
            {
                'forecast': 'commit',
                'amount': commit_base,
                'bar': case when commit_bar is not null then actual_base - commit_base else 0 end,
                'others': commit_changed_base + commit_currency_base + commit_transferred_base
            },
            {
                'forecast': 'best case',
                'amount': best_case_base,
                'bar': case when best_case_bar is not null then actual_base - best_case_base else 0 end,
                'others': best_case_changed_base + best_case_currency_base + best_case_transferred_base
            }
        ]) as part
    from marts.fact_forecast_deal
    where is_over
)

select
    deal_id,
    fiscal_quarter,
    weeks_before,
    side,
    part.forecast,
    part.amount as forecast_amount,
    part.bar + part.others as bars,
    actual_base as won
from told
where part.amount + part.bar + part.others <> actual_base
limit 200
