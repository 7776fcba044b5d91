-- One row per line of a deal (deal_line_id), with its amounts and every dimension as of the deal's close. Where
-- net is unknown, so is list.
create table marts.fact_deal_line as
with product as (
    select
        product_id,
        any_value(name) as name,
        any_value(family) as family,
        any_value(lower(offer_model)) as offer_model
    from core.product
    group by product_id
)

select
    line.deal_line_id,
    line.deal_id,
    deal.deal_name,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.industry,
    deal.country,
    deal.region,
    deal.team,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.reporting_line_id,
    line.product_id,
    coalesce(product.name, line.product_id) as product_name,
    product.family as product_family,
    line.deal_type,
    deal.source_type,
    coalesce(
        lower(line.motion),
        case line.deal_type
            when 'new' then case when product.offer_model = 'capex' then 'new' else 'land' end
            when 'renewal' then 'renew'
            when 'upsell' then 'expand'
            when 'cross_sell' then case when major.deal_id is not null then 'land' else 'expand' end
        end
    ) as motion,
    deal.channel,
    deal.partner_id,
    line.discount_kind,
    line.discount_reason,
    deal.account_region,
    deal.region_today,
    deal.rep_id_today,
    deal.rep_name_today,
    deal.team_today,
    deal.manager_id_today,
    deal.manager_name_today,
    deal.segment_today,
    deal.stage,
    deal.forecast_category,
    deal.is_closed,
    deal.is_won,
    deal.created_on,
    deal.closed_on,
    deal.fiscal_year,
    deal.fiscal_quarter,
    deal.fiscal_month,
    line.currency,
    line.quantity,
    line.price_period,
    line.term_months,
    line.unit_list,
    line.unit_net,
    case when line.net_amount is not null then line.list_amount end as list_amount,
    line.net_amount,
    line.discount,
    line.uplift,
    line.cost_amount,
    line.list_amount_base,
    line.net_amount_base,
    line.discount_base,
    line.uplift_base,
    line.cost_amount_base,
    line.base_rate,
    line.actual_rate,
    line.list_source,
    file.path as source_file,
    line.source_line
from core.deal_line line
left join marts.fact_deal deal using (deal_id)
left join product using (product_id)
left join core.major_cross_sell major on major.deal_id = line.deal_id and major.family = product.family
left join raw.source_file file on file.source_file_id = line.source_file_id;
