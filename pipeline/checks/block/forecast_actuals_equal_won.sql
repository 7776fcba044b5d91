-- What forecasts are compared with is what was won in the quarter, at each lead time, once.
with won as (
    select lead.fiscal_quarter, lead.weeks_before, coalesce(sum(deal.net_amount_base), 0) as net
    from core.lead_time lead
    left join marts.fact_deal deal on deal.fiscal_quarter = lead.fiscal_quarter and deal.is_won
    where lead.has_history and lead.is_over and lead.weeks_before > 0
    group by lead.fiscal_quarter, lead.weeks_before
),

compared as (
    select fiscal_quarter, weeks_before, sum(actual_base) as net
    from marts.fact_forecast_deal
    where is_over
    group by fiscal_quarter, weeks_before
)

select fiscal_quarter, weeks_before, won.net as net_won, compared.net as net_compared
from won
left join compared using (fiscal_quarter, weeks_before)
where won.net <> coalesce(compared.net, 0)
