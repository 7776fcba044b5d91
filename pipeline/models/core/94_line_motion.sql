-- The motion of lines for which it takes the customer's past, where the source does not say it. A cross-sell lands
-- where it is a major one, and else expands. New sales of a capex-type offer land where the customer had bought
-- nothing before, are new where it is the customer's first of the kind, and else expand.
-- Apart by deal_id.
update core.line_at_close line
set motion = case
    when line.deal_type = 'new' then
        case
            when line.deal_line_id in (select deal_line_id from core.capex_to_customer where bought_capex) then 'expand'
            when line.deal_line_id in (select deal_line_id from core.capex_to_customer) then 'new'
            else 'land'
        end
    when (line.deal_id, line.product_family) in (select (deal_id, family) from core.major_cross_sell) then 'land'
    else 'expand'
end
where motion is null and deal_type in ('cross_sell', 'new');
