-- One row per line of a deal (deal_line_id), with every dimension as of the deal's close. Where list is
-- unknown, list, discount and uplift are NULL, not 0; so they are where net is. ..._base is the reporting
-- currency at the plan rate where there is one, else at the actual rate of the close; ..._actual always at the
-- actual rate.
create table marts.fact_deal_line as
with product as (
    select
        product_id,
        any_value(name) as name,
        any_value(family) as family,
        any_value(lower(offer_model)) as offer_model
    from core.product
    group by product_id
),

line as (
    select
        -- What was agreed has to be known too: without it a line would count as sold at no discount.
        line.* replace (case when line.net_amount is not null then line.list_amount end as list_amount),
        case
            when line.currency = (select currency from meta.build) then 1
            else coalesce(rate.plan_rate, rate.actual_rate)
        end::decimal(18, 8) as base_rate,
        case
            when line.currency = (select currency from meta.build) then 1
            else coalesce(rate.actual_rate, rate.plan_rate)
        end::decimal(18, 8) as actual_rate,
        greatest(line.list_amount - line.net_amount, 0) as line_discount,
        greatest(line.net_amount - line.list_amount, 0) as line_uplift
    from core.deal_line line
    left join core.deal deal using (deal_id)
    left join core.rate_on_day rate on rate.currency = line.currency and rate.day = deal.closed_on
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
    deal.reports_to,
    deal.reports_to_names,
    line.product_id,
    coalesce(product.name, line.product_id) as product_name,
    product.family as product_family,
    coalesce(nullif(replace(replace(lower(line.deal_type), '-', '_'), ' ', '_'), ''), deal.deal_type) as deal_type,
    deal.source_type,
    coalesce(
        lower(line.motion),
        case coalesce(line.deal_type, deal.deal_type)
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
    line.list_amount,
    line.net_amount,
    case when line.list_amount > 0 then line.line_discount end as discount,
    case when line.list_amount > 0 then line.line_uplift end as uplift,
    line.cost_amount,
    case when base_rate = 1 then line.list_amount else times(line.list_amount, base_rate) end as list_amount_base,
    case when base_rate = 1 then line.net_amount else times(line.net_amount, base_rate) end as net_amount_base,
    case
        when line.list_amount > 0
            then case when base_rate = 1 then line.line_discount else times(line.line_discount, base_rate) end
    end as discount_base,
    case
        when line.list_amount > 0
            then case when base_rate = 1 then line.line_uplift else times(line.line_uplift, base_rate) end
    end as uplift_base,
    case when base_rate = 1 then line.cost_amount else times(line.cost_amount, base_rate) end as cost_amount_base,
    line.base_rate,
    line.actual_rate,
    line.list_source,
    file.path as source_file,
    line.source_line
from line
left join core.deal_at_close deal using (deal_id)
left join product using (product_id)
left join core.major_cross_sell major on major.deal_id = line.deal_id and major.family = product.family
left join raw.source_file file on file.source_file_id = line.source_file_id;
