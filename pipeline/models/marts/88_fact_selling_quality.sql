-- One row per deal of which the quality of selling is recorded (deal_id): see core.deal_quality.
-- Apart by deal_id.
create table marts.fact_selling_quality as
select
    quality.*,
    deal.deal_name,
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
    deal.fiscal_month,
    deal.discount_base,
    deal.list_amount_base
from core.deal_quality quality
join marts.fact_deal deal using (deal_id);
