-- One row per line of a deal (deal_line_id), or per deal that has an amount and no lines, with its amounts and with
-- what is true of its deal: the one table that core.deal_line and marts.fact_deal_line look at. Which list price a
-- line gets follows the order of the definition of list amount: the line's own as first seen by the close,
-- the dated price book, the line's own seen later, the undated price book where it is allowed. deal_type falls
-- back on the deal's. ..._base is the reporting currency at the plan rate where there is one, else at the actual
-- rate of the close. Ramps and free months are summed period by period, where the line itself does not say what they
-- come to. Where list is unknown, list, discount and uplift are NULL, not 0; so are they where net is:
-- without what was agreed a line would count as sold at no discount. list_alone is the list of such a line.
-- Apart by deal_id.
create table core.line_at_close as
with given as (
    select
        deal_line_id,
        deal_id,
        product_id::core.product_id as product_id,
        deal_type_as_said(deal_type)::core.deal_type as deal_type,
        upsell_driver::core.upsell_driver as upsell_driver,
        lower(motion)::core.motion as motion,
        subscription_id,
        coalesce(quantity, 1) as quantity,
        lower(price_period)::core.price_period as price_period,
        term_months,
        first_unit_list as own_unit_list,
        coalesce(first_list_amount, period.list_amount) as own_list_amount,
        case
            when first_list_amount is null and period.list_amount is not null then greatest(first_seen_on, period.seen_on)
            else first_seen_on
        end as seen_on,
        unit_net,
        unit_cost,
        coalesce(line.net_amount, period.net_amount) as net_amount,
        discount_percent,
        lower(discount_kind)::core.discount_kind as discount_kind,
        discount_reason::core.discount_reason as discount_reason,
        service_from,
        currency::core.currency as currency,
        price_book::core.price_book as price_book,
        true as is_line,
        source_file_id,
        source_line
    from latest.deal_line line
    left join core.line_period period using (deal_line_id)

    union all by name

    -- A deal without lines stands as one line without list.
    select
        deal_id || ' (amount)' as deal_line_id,
        deal_id,
        1 as quantity,
        amount as net_amount,
        false as is_line,
        source_file_id,
        source_line
    from passing.deal_placed
    anti join latest.deal_line using (deal_id)
    where amount is not null
),

sold as (
    select
        deal.* exclude (
            deal_id, deal_type, currency, price_book, amount, probability, original_seller_id, lost_reason, vanished_on,
            source_file_id, source_file, source_line
        ),
        given.* replace (
            coalesce(given.deal_type, deal.deal_type) as deal_type,
            coalesce(given.currency, deal.currency) as currency,
            coalesce(given.price_book, deal.price_book, ''::core.price_book) as price_book
        ),
        deal.is_closed = false or given.seen_on <= deal.closed_on as is_seen_by_close,
        (select undated_price_book from meta.build) <> 'ignore'
        and (
            (select undated_price_book from meta.build) = 'use'
            or not (select has_line_list from core.line_list)
            or deal.is_closed = false
        ) as may_use_undated
    from given
    left join passing.deal_placed deal using (deal_id)
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
        end::core.list_source as chosen_source,
        case
            when sold.currency = (select currency from meta.build) then 1
            else coalesce(rate.plan_rate, rate.actual_rate)
        end::decimal(18, 8) as base_rate,
        case
            when sold.currency = (select currency from meta.build) then 1
            else coalesce(rate.actual_rate, rate.plan_rate)
        end::decimal(18, 8) as actual_rate
    from sold
    left join core.list_price_at_close price
        on price.product_id = sold.product_id
        and price.currency = sold.currency
        and price.price_book = sold.price_book
        and price.day = sold.day
    left join core.rate_on_day rate on rate.currency = sold.currency and rate.day = sold.closed_on
),

chosen as (
    select
        * replace (
            coalesce(price_period, dated_price_period, undated_price_period, 'once'::core.price_period) as price_period,
            coalesce(unit_cost, dated_unit_cost, undated_unit_cost) as unit_cost
        ),
        case chosen_source
            when 'dated price book' then dated_unit_list
            when 'undated price book' then undated_unit_list
            else own_unit_list
        end as unit_list,
        (select price_rounding from meta.build) = 'line' as rounds_lines,
        case when chosen_source in ('line', 'line, seen after the close') then own_list_amount end as chosen_list_amount
    from priced
),

-- One step of arithmetic at a time: a macro writes its arguments out as often as it names them. What the line itself
-- says is not worked out.
of_one_period as (
    select
        *,
        case when chosen_list_amount is null then times(unit_list, quantity) end as list_of_period,
        case when net_amount is null then times(unit_net, quantity) end as net_of_period,
        times(unit_cost, quantity) as cost_of_period
    from chosen
),

of_term as (
    select
        *,
        over_term(list_of_period, price_period, term_months) as list_of_term,
        over_term(net_of_period, price_period, term_months) as net_of_term,
        over_term(cost_of_period, price_period, term_months) as cost_amount
    from of_one_period
),

listed as (
    select
        *,
        -- A list of nothing is no price, and what is taken back is no sale at one.
        case
            when chosen_list_amount > 0 then chosen_list_amount
            when chosen_list_amount is null and list_of_term > 0 then as_source_rounds(list_of_term, currency, rounds_lines)
        end as list
    from of_term
),

reduced as (
    select
        *,
        coalesce(
            net_of_term,
            case when net_amount is null then times(list, (1 - discount_percent / 100)::decimal(18, 8)) end
        ) as worked_net
    from listed
),

agreed as (
    select
        * replace (
            coalesce(net_amount, as_source_rounds(worked_net, currency, rounds_lines)) as net_amount,
            case
                when unit_net is not null then unit_net
                when is_line then (
                    coalesce(net_amount, worked_net) / nullif(
                        quantity::double * case price_period when 'once' then 1 when 'month' then term_months when 'year' then term_months / 12 end,
                        0
                    )
                )::decimal(18, 8)
            end as unit_net
        )
    from reduced
),

compared as (
    select *, case when net_amount is not null then list end as list_amount
    from agreed
),

discounted as (
    select
        *,
        case when list_amount > 0 then greatest(list_amount - net_amount, 0) end as discount,
        case when list_amount > 0 then greatest(net_amount - list_amount, 0) end as uplift
    from compared
)

select
    line.* exclude (
        day, own_unit_list, own_list_amount, seen_on, discount_percent, price_book, is_line, is_seen_by_close,
        may_use_undated, dated_unit_list, dated_unit_cost, dated_price_period, undated_unit_list, undated_unit_cost,
        undated_price_period, chosen_source, chosen_list_amount, rounds_lines, list_of_period,
        net_of_period, cost_of_period, list_of_term, net_of_term, worked_net, list
    ) replace (
        coalesce(discount_kind, 'unknown'::core.discount_kind) as discount_kind,
        -- Cross-sells and new sales of capex take the customer's past: they are decided when all lines are there.
        coalesce(
            motion,
            case line.deal_type
                when 'new' then case when coalesce(product.offer_model, product_then.offer_model) = 'capex' then null else 'land' end
                when 'renewal' then 'renew'
                when 'upsell' then 'expand'
            end::core.motion
        ) as motion
    ),
    case when net_amount is null then list end as list_alone,
    case when list is not null then chosen_source end as list_source,
    coalesce(product.name, product_then.name, line.product_id::varchar::core.product_name) as product_name,
    coalesce(product.family, product_then.family) as product_family,
    file.path::core.source_file as source_file,
    case when base_rate = 1 then list_amount else times(list_amount, base_rate) end as list_amount_base,
    case when base_rate = 1 then net_amount else times(net_amount, base_rate) end as net_amount_base,
    case when base_rate = 1 then discount else times(discount, base_rate) end as discount_base,
    case when base_rate = 1 then uplift else times(uplift, base_rate) end as uplift_base,
    case when base_rate = 1 then cost_amount else times(cost_amount, base_rate) end as cost_amount_base
from discounted line
-- Two joins by equality are quicker than one that may or may not go by the day; a product is in one of them.
left join core.product_at_close product on product.product_id = line.product_id and product.day is null
left join core.product_at_close product_then
    on product_then.product_id = line.product_id
    and product_then.day = coalesce(line.day, date '9999-12-31')
left join raw.source_file file on file.source_file_id = line.source_file_id;
