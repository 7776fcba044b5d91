-- Where a source rounds only the deal's total, what that moves falls to the deal's largest line: of deals all of whose
-- nets are worked out from prices, since an export that gives a line's net has rounded already.
-- Apart by deal_id.
update core.line_at_close line
set
    net_amount = rounded.net,
    discount = rounded.discount,
    uplift = rounded.uplift,
    net_amount_base = times(rounded.net, line.base_rate),
    discount_base = times(rounded.discount, line.base_rate),
    uplift_base = times(rounded.uplift, line.base_rate)
from (
    select
        deal_line_id,
        net,
        case when list is not null then greatest(list - net, 0) end as discount,
        case when list is not null then greatest(net - list, 0) end as uplift
    from (
        select
            max_by(deal_line_id, (abs(net_amount), deal_line_id)) as deal_line_id,
            max_by(list_amount, (abs(net_amount), deal_line_id)) as list,
            max_by(net_amount, (abs(net_amount), deal_line_id)) as largest,
            sum(net_amount)::decimal(18, 4) as total,
            (largest + as_source_rounds(total, any_value(currency)::varchar, true) - total)::decimal(18, 4) as net
        from core.line_at_close
        where (select price_rounding from meta.build) = 'total'
        and deal_id not in (select deal_id from latest.deal_line where net_amount is not null)
        and deal_line_id in (select deal_line_id from latest.deal_line)
        group by deal_id
        having count(*) = count(net_amount) and min(currency) = max(currency)
    )
    where net <> largest
) rounded
where line.deal_line_id = rounded.deal_line_id;
