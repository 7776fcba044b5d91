-- One row per row of a deal's history (deal_id, in order): how the deal stood from then on. after_place and
-- until_place say at which instants of core.lead_time it still stood so: at those numbered from after_place + 1 to
-- until_place, which is NULL for the last. What a history records as single changes is carried forward, and what
-- stood before the first change is its old value. Rows of one instant count in the order of their sequence, then
-- of the file. A deal of which its source keeps no history stands as its exports show it, at first as the first one of
-- several did; is_gone says that they no longer hold it. Only the models that follow need it.
-- Apart by deal_id.
create table passing.deal_moment as
with changed as (
    select
        deal_id,
        happened_at,
        coalesce(sequence, 0) as sequence,
        source_line,
        case lower(field) when 'owner_id' then 'owner' else lower(field) end as field,
        old_value,
        new_value
    from core.deal_event
),

-- What the first change of a field replaced had stood there since the deal was opened.
opening as (
    select
        change.deal_id,
        least(min(change.happened_at), any_value(deal.created_on)::timestamp) as happened_at,
        -1 as sequence,
        0 as source_line,
        change.field,
        arg_min(change.old_value, (change.happened_at, change.sequence, change.source_line)) as new_value
    from changed change
    join latest.deal deal using (deal_id)
    group by change.deal_id, change.field
),

recorded as (
    select deal_id from latest.deal_snapshot semi join latest.deal_first_shown using (deal_id)
    union
    select deal_id from latest.deal_event semi join latest.deal_first_shown using (deal_id)
),

-- How a deal first stood holds since it was opened, or since the export before, which did not hold it.
shown as (
    select
        first.*,
        least(first.shown_at, greatest(coalesce(deal.created_on::timestamp, first.shown_at), first.before_at)) as happened_at
    from latest.deal_first_shown first
    join latest.deal deal using (deal_id)
    anti join recorded using (deal_id)
),

told as (
    select
        deal_id,
        happened_at,
        coalesce(sequence, 0) as sequence,
        source_line,
        stage,
        amount,
        closed_on,
        forecast_category,
        probability,
        owner_id,
        null::boolean as is_gone
    from latest.deal_snapshot
    union all
    select deal_id, happened_at, -2, source_line, stage, amount, closed_on, forecast_category, probability, owner_id, null
    from shown
    union all
    select key, vanished_at, 1000, source_line, null, null, null, null, null, null, true
    from latest.vanished
    where table_name = 'deal'
    union all
    select
        deal_id,
        happened_at,
        sequence,
        source_line,
        case when field = 'stage' then new_value end,
        case when field = 'amount' then try_cast(new_value as decimal(18, 4)) end,
        case when field = 'closed_on' then try_cast(new_value as date) end,
        case when field = 'forecast_category' then new_value end,
        case when field = 'probability' then try_cast(new_value as decimal(18, 8)) end,
        case when field = 'owner' then new_value end,
        null
    from (
        select deal_id, happened_at, sequence, source_line, field, new_value from changed
        union all
        select deal_id, happened_at, sequence, source_line, field, new_value from opening
    )
),

-- How many lead times were reached when a day of UTC began, and the instant in it by which one more is: days are
-- quicker to join than instants to compare.
day as (
    select
        day.day,
        count(*) filter (lead.instant <= day.day) as reached,
        min(lead.instant) filter (lead.instant > day.day) as next_instant
    from (
        select unnest(generate_series(
            (select min(instant) from core.lead_time)::date,
            (select max(instant) from core.lead_time)::date,
            interval 1 day
        ))::date as day
    ) day
    cross join (select distinct instant from core.lead_time) lead
    group by day.day
),

placed as (
    select
        told.*,
        case
            when day.day is not null then day.reached + coalesce(told.happened_at >= day.next_instant, false)::integer
            when told.happened_at < (select min(instant) from core.lead_time) then 0
            else (select max(place) from core.lead_time)
        end::integer as after_place
    from told
    left join day on day.day = told.happened_at::date
    where (select bool_or(has_history) from core.lead_time)
)

select
    deal_id,
    happened_at,
    after_place,
    lead(after_place) over in_order as until_place,
    last_value(stage ignore nulls) over in_order as stage,
    last_value(amount ignore nulls) over in_order as amount,
    last_value(closed_on ignore nulls) over in_order as closed_on,
    last_value(closed_on ignore nulls) over earlier as closed_on_before,
    last_value(forecast_category ignore nulls) over in_order as forecast_category,
    last_value(probability ignore nulls) over in_order as probability,
    last_value(owner_id ignore nulls) over in_order as owner_id,
    coalesce(last_value(is_gone ignore nulls) over in_order, false) as is_gone
from placed
window
    in_order as (partition by deal_id order by happened_at, sequence, source_line),
    earlier as (
        partition by deal_id order by happened_at, sequence, source_line
        rows between unbounded preceding and 1 preceding
    );
