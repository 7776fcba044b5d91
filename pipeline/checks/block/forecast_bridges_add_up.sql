-- Each forecast and the bars of its bridge come to what was won, by person and place, to the cent.
select
    fiscal_quarter,
    weeks_before,
    forecast,
    rep_id,
    region,
    sum(amount_base) filter (bar = 'forecast') as forecast_amount,
    sum(amount_base) filter (bar not in ('forecast', 'actual')) as bars,
    sum(amount_base) filter (bar = 'actual') as won
from marts.fact_forecast_bridge
group by fiscal_quarter, weeks_before, forecast, rep_id, manager_id, team, region
having coalesce(sum(amount_base) filter (bar <> 'actual'), 0) <> coalesce(sum(amount_base) filter (bar = 'actual'), 0)
limit 200
