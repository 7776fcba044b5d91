-- One row per line of a deal (deal_line_id), or per deal that has an amount and no lines. Which list price a
-- line gets follows the order of the definition of list amount: the line's own as first seen by the close,
-- the dated price book, the line's own seen later, the undated price book where it is allowed. deal_type falls
-- back on the deal's. ..._base is the reporting currency at the plan rate where there is one, else at the actual
-- rate of the close. Where list is unknown, list, discount and uplift are NULL, not 0; so are discount and
-- uplift, and list_amount_base, where net is.
create table core.deal_line as
with sold as (
    select
        line.deal_line_id,
        line.deal_id,
        line.product_id,
        coalesce(nullif(replace(replace(lower(line.deal_type), '-', '_'), ' ', '_'), ''), deal.deal_type) as deal_type,
        line.upsell_driver,
        line.motion,
        line.subscription_id,
        coalesce(line.quantity, 1) as quantity,
        lower(line.price_period) as price_period,
        line.term_months,
        line.first_unit_list as own_unit_list,
        line.first_list_amount as own_list_amount,
        deal.is_closed = false or line.first_seen_at::date <= deal.closed_on as is_seen_by_close,
        line.unit_net,
        line.unit_cost,
        line.net_amount,
        line.discount_percent,
        lower(line.discount_kind) as discount_kind,
        line.discount_reason,
        line.service_from,
        coalesce(line.currency, deal.currency) as currency,
        coalesce(line.price_book, deal.price_book, '') as price_book,
        deal.day,
        deal.closed_on,
        (select undated_price_book from meta.build) <> 'ignore'
        and (
            (select undated_price_book from meta.build) = 'use'
            or not (select has_line_list from core.line_list)
            or deal.is_closed = false
        ) as may_use_undated,
        line.source_file_id,
        line.source_line
    from latest.deal_line line
    left join core.deal_day deal using (deal_id)
),

priced as (
    select
        sold.*,
        price.* exclude (product_id, currency, price_book, day),
        case
            when coalesce(own_unit_list, own_list_amount) is not null and is_seen_by_close then 'line'
            when dated_unit_list is not null then 'dated price book'
            when coalesce(own_unit_list, own_list_amount) is not null then 'line, seen after the close'
            when undated_unit_list is not null and may_use_undated then 'undated price book'
        end as list_source
    from sold
    left join core.list_price_at_close price
        on price.product_id = sold.product_id
        and price.currency = sold.currency
        and price.price_book = sold.price_book
        and price.day = sold.day
),

chosen as (
    select
        *,
        case list_source
            when 'dated price book' then dated_unit_list
            when 'undated price book' then undated_unit_list
            else own_unit_list
        end as chosen_unit_list,
        case when list_source in ('line', 'line, seen after the close') then own_list_amount end as chosen_list_amount,
        coalesce(price_period, dated_price_period, undated_price_period, 'once') as period
    from priced
),

measured as (
    select
        *,
        case period
            when 'once' then 1.0000
            when 'month' then term_months
            when 'year' then (term_months / 12)::decimal(18, 4)
        end::decimal(18, 4) as periods
    from chosen
),

amounts as (
    select
        *,
        nullif(
            coalesce(
                chosen_list_amount,
                case
                    when period = 'once' then times(chosen_unit_list, quantity)
                    else times(times(chosen_unit_list, quantity), periods)
                end
            ),
            0
        ) as list
    from measured
),

line as (
    select
        deal_line_id,
        deal_id,
        product_id,
        deal_type,
        upsell_driver,
        motion,
        subscription_id,
        quantity,
        period as price_period,
        term_months,
        chosen_unit_list as unit_list,
        coalesce(unit_net, (net_amount / nullif((quantity::decimal(38, 4) * periods)::double, 0))::decimal(18, 8)) as unit_net,
        coalesce(unit_cost, dated_unit_cost, undated_unit_cost) as unit_cost,
        list as list_amount,
        coalesce(
            net_amount,
            times(times(unit_net, quantity), periods),
            times(list, (1 - discount_percent / 100)::decimal(18, 8))
        ) as net_amount,
        times(times(coalesce(unit_cost, dated_unit_cost, undated_unit_cost), quantity), periods) as cost_amount,
        coalesce(discount_kind, 'unknown') as discount_kind,
        discount_reason,
        service_from,
        currency,
        closed_on,
        case when list is not null then list_source end as list_source,
        source_file_id,
        source_line
    from amounts

    union all by name

    -- A deal without lines stands as one line without list.
    select
        deal.deal_id || ' (amount)' as deal_line_id,
        deal.deal_id,
        deal.deal_type,
        1 as quantity,
        'once' as price_period,
        deal.amount as net_amount,
        'unknown' as discount_kind,
        deal.currency,
        deal.closed_on,
        deal.source_file_id,
        deal.source_line
    from core.deal deal
    anti join latest.deal_line line on line.deal_id = deal.deal_id
    where deal.amount is not null
),

compared as (
    select
        line.*,
        -- What was agreed has to be known too: without it a line would count as sold at no discount.
        case when net_amount is not null then list_amount end as compared_list,
        case
            when line.currency = (select currency from meta.build) then 1
            else coalesce(rate.plan_rate, rate.actual_rate)
        end::decimal(18, 8) as base_rate,
        case
            when line.currency = (select currency from meta.build) then 1
            else coalesce(rate.actual_rate, rate.plan_rate)
        end::decimal(18, 8) as actual_rate
    from line
    left join core.rate_on_day rate on rate.currency = line.currency and rate.day = line.closed_on
),

discounted as (
    select
        *,
        case when compared_list > 0 then greatest(compared_list - net_amount, 0) end as discount,
        case when compared_list > 0 then greatest(net_amount - compared_list, 0) end as uplift
    from compared
)

select
    * exclude (closed_on, compared_list),
    case when base_rate = 1 then compared_list else times(compared_list, base_rate) end as list_amount_base,
    case when base_rate = 1 then net_amount else times(net_amount, base_rate) end as net_amount_base,
    case when base_rate = 1 then discount else times(discount, base_rate) end as discount_base,
    case when base_rate = 1 then uplift else times(uplift, base_rate) end as uplift_base,
    case when base_rate = 1 then cost_amount else times(cost_amount, base_rate) end as cost_amount_base
from discounted;
