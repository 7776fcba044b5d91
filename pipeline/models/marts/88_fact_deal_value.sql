-- One row per deal of which a value to the customer is recorded (deal_id), with its price, the price of the customer's
-- next best choice and what follows, in the reporting currency. differentiation_base is value less next best price:
-- what the customer gets from us and not from the next best. Shares are of positive amounts alone: a value of zero or
-- less says nothing, and is flagged.
-- Apart by deal_id.
create table marts.fact_deal_value as
with priced as (
    select
        deal.*,
        deal.net_amount_base as price_base,
        worth.value_source,
        worth.confirmed_base,
        worth.estimated_base,
        worth.next_best_base,
        worth.final_outcomes,
        nullif(worth.valued_on, date '0001-01-01') as valued_on,
        (deal.value_base - worth.next_best_base)::decimal(18, 4) as differentiation_base
    from marts.fact_deal deal
    join core.deal_value worth using (deal_id)
    where deal.value_base is not null
)

select
    deal_id,
    deal_name,
    price_base,
    value_base,
    confirmed_base,
    estimated_base,
    value_source,
    value_evidence,
    next_best_base,
    differentiation_base,
    value_base <= 0 as is_undefined,
    value_base > 0 and price_base > value_base as is_above_value,
    case when value_base > 0 then (value_base - price_base)::decimal(18, 4) end as value_less_price_base,
    case when value_base > 0 then price_base::double / value_base::double end as price_to_value,
    case when value_base > 0 and differentiation_base > 0 then (price_base - next_best_base)::double / differentiation_base::double end
        as captured,
    final_outcomes,
    valued_on,
    account_id,
    account_name,
    segment,
    industry,
    country,
    account_region,
    region,
    region_today,
    segment_today,
    team,
    rep_id,
    rep_name,
    manager_id,
    manager_name,
    reporting_line_id,
    deal_type,
    is_won,
    is_closed,
    closed_on,
    fiscal_year,
    fiscal_quarter,
    fiscal_month
from priced;
