-- One row per deal, fiscal quarter, lead time, forecast, bar and place (deal_id, fiscal_quarter, weeks_before,
-- forecast, bar, side): what the deal adds to or takes from the way from a forecast to what was won. The bars
-- 'forecast' and 'actual' are its ends: forecast plus all the others is actual, for any choice of deals.
create view marts.fact_forecast_bridge as
with told as (
    select
        * exclude (commit_base, best_case_base, actual_base),
        unnest([
            {'forecast': 'commit', 'bar': 'forecast', 'amount_base': commit_base},
            {'forecast': 'commit', 'bar': commit_bar, 'amount_base': actual_base - commit_base},
            {'forecast': 'commit', 'bar': 'changed', 'amount_base': commit_changed_base},
            {'forecast': 'commit', 'bar': 'currency', 'amount_base': commit_currency_base},
            {'forecast': 'commit', 'bar': 'transferred', 'amount_base': commit_transferred_base},
            {'forecast': 'commit', 'bar': 'actual', 'amount_base': actual_base},
            {'forecast': 'best_case', 'bar': 'forecast', 'amount_base': best_case_base},
            {'forecast': 'best_case', 'bar': best_case_bar, 'amount_base': actual_base - best_case_base},
            {'forecast': 'best_case', 'bar': 'changed', 'amount_base': best_case_changed_base},
            {'forecast': 'best_case', 'bar': 'currency', 'amount_base': best_case_currency_base},
            {'forecast': 'best_case', 'bar': 'transferred', 'amount_base': best_case_transferred_base},
            {'forecast': 'best_case', 'bar': 'actual', 'amount_base': actual_base}
        ]) as part
    from marts.fact_forecast_deal
    where is_over
)

select
    told.deal_id,
    deal.deal_name,
    told.account_id,
    deal.account_name,
    told.fiscal_year,
    told.fiscal_quarter,
    told.weeks_before,
    told.period_start,
    told.as_of,
    told.side,
    part.forecast,
    part.bar,
    part.amount_base,
    told.stood,
    told.stage,
    told.forecast_category,
    told.due_on,
    told.rep_id,
    told.rep_name,
    told.manager_id,
    told.manager_name,
    told.team,
    told.region,
    told.reporting_line_id,
    told.segment,
    told.deal_type,
    told.source_file,
    told.source_line
from told
left join marts.fact_deal deal using (deal_id)
where part.bar is not null and part.amount_base <> 0;
