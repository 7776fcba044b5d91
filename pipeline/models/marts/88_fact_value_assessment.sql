-- One row per assessment of what an outcome is worth to a persona on a known deal (deal_id, outcome_id, persona), with
-- its evidence; counted_base is the part of the deal's recorded value that it is, 0 where it is a step on the way or is
-- told by another row already.
-- Apart by deal_id.
create table marts.fact_value_assessment as
select
    assessed.deal_id,
    deal.deal_name,
    assessed.outcome_id,
    place.name as outcome_name,
    assessed.persona,
    assessed.evidence as value_evidence,
    assessed.assessed_by,
    assessed.assessed_on,
    assessed.is_final,
    assessed.is_counted,
    assessed.value_base::decimal(18, 4) as value_base,
    case when assessed.is_counted then assessed.value_base else 0 end::decimal(18, 4) as counted_base,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.industry,
    deal.country,
    deal.account_region,
    deal.region,
    deal.region_today,
    deal.segment_today,
    deal.team,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.reporting_line_id,
    deal.deal_type,
    deal.is_won,
    deal.is_closed,
    deal.closed_on,
    deal.fiscal_year,
    deal.fiscal_quarter,
    deal.fiscal_month
from core.value_assessed assessed
join core.value_place place using (outcome_id)
join marts.fact_deal deal using (deal_id);
