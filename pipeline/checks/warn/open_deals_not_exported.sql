-- Each open deal is in the last export of its kind, unless that one was taken for a part or does not seem to reach it.
with last_day as (
    select recognised_as, max(exported_on) as exported_on
    from latest.export_day
    where table_name = 'deal'
    group by recognised_as
),

-- Only where several exports tell of the same deals can one lack any.
last_seen as (
    select shown.deal_id, arg_max(export.recognised_as, export.exported_at) as recognised_as, max(export.exported_on) as exported_on
    from raw.deal_row shown
    join latest.export export using (source_file_id)
    where (select count(*) from last_day) > 0
    group by shown.deal_id
)

select deal.deal_id, deal.name, deal.stage, deal.amount, deal.closed_on, last_seen.exported_on as last_seen_on, day.exported_on as last_export_on,
    day.taken_as, day.out_of_reach_why
from core.deal deal
join last_seen using (deal_id)
join last_day using (recognised_as)
join latest.export_day day
    on day.table_name = 'deal' and day.recognised_as = last_day.recognised_as and day.exported_on = last_day.exported_on
where not deal.is_closed and last_seen.exported_on < last_day.exported_on
limit 200
