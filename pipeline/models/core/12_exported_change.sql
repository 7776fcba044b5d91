-- One row per change of a deal between two exports that its source did not record itself (deal_id, field, happened_at).
-- The source's own record goes first: a change between two exports is left out where the record has a change of that
-- field in between, or says already what the later export shows.
create table core.exported_change as
with stood as (
    select
        deal_id,
        happened_at,
        coalesce(sequence, 0) as sequence,
        source_line,
        case lower(field) when 'owner_id' then 'owner' else lower(field) end as kind,
        new_value as value,
        true as is_change
    from latest.deal_event
    semi join latest.deal_change using (deal_id)
    union all
    select
        deal_id,
        happened_at,
        sequence,
        source_line,
        one.kind,
        one.value,
        one.value is distinct from lag(one.value) over (
            partition by deal_id, one.kind order by happened_at, sequence, source_line
        ) as is_change
    from (
        select
            deal_id,
            happened_at,
            coalesce(sequence, 0) as sequence,
            source_line,
            unnest([
                {'kind': 'stage', 'value': stage},
                {'kind': 'amount', 'value': amount::varchar},
                {'kind': 'closed_on', 'value': closed_on::varchar},
                {'kind': 'forecast_category', 'value': forecast_category},
                {'kind': 'probability', 'value': probability::varchar},
                {'kind': 'owner', 'value': owner_id}
            ]) as one
        from latest.deal_snapshot
        semi join latest.deal_change using (deal_id)
    )
    where one.value is not null
),

recorded as (
    select
        shown.deal_id,
        shown.field,
        shown.happened_at,
        bool_or(stood.is_change and stood.happened_at > shown.after_at) as is_in_between,
        arg_max(stood.value, (stood.happened_at, stood.sequence, stood.source_line)) as value
    from latest.deal_change shown
    join stood on stood.deal_id = shown.deal_id and stood.kind = shown.field and stood.happened_at <= shown.happened_at
    group by shown.deal_id, shown.field, shown.happened_at
)

select shown.*
from latest.deal_change shown
left join recorded using (deal_id, field, happened_at)
where not coalesce(recorded.is_in_between, false)
and (recorded.is_in_between is null or case
    when shown.field in ('amount', 'probability')
        then try_cast(recorded.value as decimal(18, 4)) is distinct from try_cast(shown.new_value as decimal(18, 4))
    when shown.field = 'closed_on' then try_cast(recorded.value as date) is distinct from try_cast(shown.new_value as date)
    else recorded.value is distinct from shown.new_value
end);
