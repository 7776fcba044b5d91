-- One row per line with periods of its own (deal_line_id), as ramps and free months have: list and net summed over
-- them, each where every period says it. List is what stood there first (seen_on: when the last of it did).
create table core.line_period as
with first_list as (
    select
        row.deal_line_id,
        row.period_start,
        arg_min(row.list_amount, export.exported_on) as list_amount,
        min(export.exported_on) as seen_on
    from raw.deal_line_period_row row
    join latest.export export using (source_file_id)
    where row.list_amount is not null
    group by row.deal_line_id, row.period_start
)

select
    deal_line_id,
    count(*) as periods,
    case when count(first_list.list_amount) = count(*) then sum(first_list.list_amount)::decimal(18, 4) end as list_amount,
    max(first_list.seen_on) as seen_on,
    case when count(period.net_amount) = count(*) then sum(period.net_amount)::decimal(18, 4) end as net_amount,
    min(period.period_start) as first_day,
    max(period.period_end) as end_day
from latest.deal_line_period period
left join first_list using (deal_line_id, period_start)
group by deal_line_id;
