-- One row per deal (deal_id), with or without lines: its dimensions as of the close and the sums of its
-- lines in the reporting currency. Its deal type is its lines' or 'mixed'.
-- Apart by deal_id.
create table marts.fact_deal as
with lines as (
    -- A sum has 38 digits, which are slow to read; a deal's fits into a line's 18.
    select
        deal_id,
        count(*) as lines,
        sum(list_amount_base)::decimal(18, 4) as list_amount_base,
        sum(net_amount_base)::decimal(18, 4) as net_amount_base,
        sum(discount_base)::decimal(18, 4) as discount_base,
        sum(uplift_base)::decimal(18, 4) as uplift_base,
        sum(cost_amount_base)::decimal(18, 4) as cost_amount_base,
        (sum(net_amount_base) filter (list_amount_base is null))::decimal(18, 4) as unpriced_net_base,
        (sum(net_amount_base) filter (cost_amount is not null))::decimal(18, 4) as costed_net_base,
        -- What the rate of the close moves, of the lines of other currencies alone.
        sum(case when actual_rate <> base_rate then times(net_amount, actual_rate) - net_amount_base end)::decimal(18, 4) as net_variance_base,
        sum(case when actual_rate <> base_rate then times(cost_amount, actual_rate) - cost_amount_base end)::decimal(18, 4) as cost_variance_base,
        sum(net_amount)::decimal(18, 4) as net_amount,
        min(deal_type) as first_type,
        max(deal_type) as last_type
    from core.line_at_close
    group by deal_id
)

select
    deal.* exclude (deal_type, source_file_id, source_file, day, price_book),
    case when lines.first_type <> lines.last_type then 'mixed'::core.deal_type else coalesce(lines.first_type, deal.deal_type) end as deal_type,
    coalesce(lines.lines, 0) as lines,
    lines.* exclude (deal_id, lines, first_type, last_type),
    case when deal.is_won then date_diff('day', deal.created_on, deal.closed_on) end as cycle_days,
    push.pushes,
    push.days_pushed,
    worth.value_base,
    worth.confirmed_on is not null as is_value_confirmed,
    coalesce(worth.value_evidence, 'none') as value_evidence,
    selling.rfp_engagement,
    selling.selling_model,
    selling.purchase,
    selling.model_fit,
    deal.source_file
from passing.deal_placed deal
left join lines using (deal_id)
left join core.deal_push push using (deal_id)
left join core.deal_value worth using (deal_id)
left join core.deal_selling selling using (deal_id);
