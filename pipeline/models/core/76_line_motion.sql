-- The motion of cross-sells of which the source does not say it: a major one lands, the others expand.
update core.line_at_close line
set motion = case
    when (line.deal_id, line.product_family) in (select (deal_id, family) from core.major_cross_sell) then 'land'
    else 'expand'
end
where motion is null and deal_type = 'cross_sell';
