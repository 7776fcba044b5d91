-- The lines of bundles with what counts on them: list and net of a bundle stand once, wherever the deal writes them.
-- Apart by deal_id.
update core.line_at_close line
set
    net_amount = bundle.net,
    list_amount = bundle.list,
    list_alone = bundle.list_alone,
    list_source = bundle.list_source,
    cost_amount = bundle.cost,
    discount = bundle.discount,
    uplift = bundle.uplift,
    net_amount_base = times(bundle.net, line.base_rate),
    list_amount_base = times(bundle.list, line.base_rate),
    discount_base = times(bundle.discount, line.base_rate),
    uplift_base = times(bundle.uplift, line.base_rate),
    cost_amount_base = times(bundle.cost, line.base_rate)
from (
    select
        deal_line_id,
        net,
        case when net is not null then list end as list,
        case when net is null then list end as list_alone,
        case when list is not null then list_source end as list_source,
        cost,
        case when list is not null and net is not null then greatest(list - net, 0) end as discount,
        case when list is not null and net is not null then greatest(net - list, 0) end as uplift
    from (
        -- A bundle within a bundle is a parent and a part: what either role leaves out does not count.
        select
            deal_line_id,
            case when bool_or(role = 'parent' and price_on = 'both') then 0 else any_value(net_amount) end::decimal(18, 4) as net,
            case when count(list_amount) = count(*) then min(list_amount) end as list,
            any_value(list_source) as list_source,
            case when count(cost_amount) = count(*) then min(cost_amount) end as cost
        from core.bundle_line
        group by deal_line_id
        having bool_or(price_on <> 'each')
    )
) bundle
where line.deal_line_id = bundle.deal_line_id;
