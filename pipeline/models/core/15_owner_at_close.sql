-- One row per deal whose owner is known to have changed (deal_id): who owned it on its close date. The last
-- change by then counts; where the first change came later, the owner before it does.
-- Apart by deal_id.
create table core.owner_at_close as
with change as (
    select
        event.deal_id,
        event.happened_at,
        coalesce(event.sequence, 0) as sequence,
        event.old_value,
        event.new_value,
        timezone((select time_zone from meta.build), timezone('UTC', event.happened_at))::date <= deal.closed_on as is_by_close
    from core.deal_event event
    join latest.deal deal using (deal_id)
    where lower(event.field) in ('owner', 'owner_id')
)

select
    deal_id,
    coalesce(
        arg_max(new_value, (happened_at, sequence)) filter (is_by_close),
        arg_min(old_value, (happened_at, sequence)) filter (not is_by_close)
    ) as owner_id
from change
group by deal_id;
