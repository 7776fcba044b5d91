-- One row per deal, fiscal quarter and lead time at which it was open (deal_id, fiscal_quarter, weeks_before): how
-- it stood then, with its owner's place then, and what became of it. Deals are here that were due in the quarter
-- then or were won in it.
create view marts.fact_deal_week as
select
    week.deal_id,
    deal.deal_name,
    week.account_id,
    deal.account_name,
    week.fiscal_year,
    week.fiscal_quarter,
    week.weeks_before,
    week.period_start,
    week.as_of,
    week.is_over,
    week.is_due,
    week.stage,
    week.forecast_category,
    week.category_source,
    week.probability,
    week.due_on,
    week.amount_base,
    week.value_base,
    week.became,
    week.is_won,
    week.is_closed,
    week.rep_id,
    week.rep_name,
    week.manager_id,
    week.manager_name,
    week.team,
    week.region,
    week.reporting_line_id,
    week.segment,
    week.deal_type,
    deal.pushes,
    week.source_file,
    week.source_line
from marts.fact_forecast_deal week
left join marts.fact_deal deal using (deal_id)
where week.stood = 'open' and week.side <> 'close';
